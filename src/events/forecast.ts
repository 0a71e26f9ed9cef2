// Says what an event would lead to: it decides as decide.ts does, and writes nothing.

import type { Kind } from '../../emails/index.ts'
import { applyEvent } from '../customers/apply-event.ts'
import { subscriptionIdIn } from '../customers/forget.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { MessageStore, Withheld } from '../messages/store.ts'
import type { Event } from '../polar/event.ts'
import type { Clock } from '../runtime/clock.ts'
import { freshSince } from './fresh.ts'
import { type Policy, plan } from './plan.ts'
import type { Ignored } from './row.ts'

type ForecastParts = {
  customers: Pick<CustomerStore, 'load'>
  messages: Pick<MessageStore, 'decided'>
  policy: Policy
  clock: Pick<Clock, 'now'>
}

/** One message of an event: `decided` was decided before, and a withheld one would be recorded and not sent. */
export type Expected = { kind: Kind; fact: string; result: 'sends' | 'decided' | Withheld }

export type Forecast = { messages: readonly Expected[] } | { ignored: Ignored; because: string }

export const createForecast =
  ({ customers, messages, policy, clock }: ForecastParts) =>
  async (event: Event, isBackfilled: boolean): Promise<Forecast> => {
    const customerId = event.customer.id
    const { state } = await customers.load(customerId, subscriptionIdIn(event))
    // Nothing is learned about a deleted customer, and a found event is not kept.
    if (isBackfilled && state.deletedAt) return { ignored: 'customer_deleted', because: event.type }
    const fresh = isBackfilled && { freshSince: freshSince(clock.now()) }
    const decision = plan(event, applyEvent(state, event), { ...policy, ...fresh })
    if ('ignored' in decision && !('withheld' in decision)) return decision
    const result = 'withheld' in decision ? decision.ignored : 'sends'
    const planned =
      'withheld' in decision ? [decision.withheld] : [decision.message, ...(decision.also ?? [])]
    return {
      messages: await Promise.all(
        planned.map(async ({ kind, fact }) => {
          const isDecided = await messages.decided({ customerId, kind, fact })
          return { kind, fact, result: isDecided ? ('decided' as const) : result }
        }),
      ),
    }
  }

export type ForecastOf = ReturnType<typeof createForecast>
