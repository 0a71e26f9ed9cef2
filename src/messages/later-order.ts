// What has been told since a message was decided, for an email that says it too: the order that a change or the end of a
// pause brings a little later.

import type { OrderSummary } from '../../emails/index.ts'
import type { Later, Message } from './message.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { orderContent } from './content.ts'
import { readEvent, readOrder } from '../polar/event.ts'
import { HOLD, type KnownSubscription, subscriptionIn } from '../customers/state.ts'
import { periodOf } from '../customers/period.ts'
import { changeFact } from '../events/rows/changes.ts'
import { resumeFact } from '../events/rows/pauses.ts'
import type { Order } from '../polar/payloads.ts'
import type { EventStore } from '../events/store.ts'

/** Polar makes the order of a resumption within moments, and charges it within minutes. */
const RESUME_MOMENT = 3 * SECOND
const RESUME_LOOK = 10 * SECOND

type Parts = {
  events: Pick<EventStore, 'known' | 'load'>
  polar: Pick<PolarClient, 'newestOrder'>
  clock: Clock
}

const isResumeOrder = (order: Order, message: Message, known: KnownSubscription | undefined) =>
  order.billing_reason === 'subscription_cycle' &&
  order.subscription != null &&
  resumeFact(order.subscription.id, periodOf(order, known?.resumed)) === message.fact

export const createSince = ({ events, polar, clock }: Parts) => {
  const knownOf = async (message: Message): Promise<KnownSubscription | undefined> => {
    const { known } = await events.known(message.recipient.customerId)
    return subscriptionIn(known, message.subscriptionId)
  }

  const toldBy = async (eventId: string): Promise<OrderSummary | null> => {
    const stored = await events.load(eventId)
    const told = stored && readEvent(stored)
    return told && 'about' in told && told.about === 'order' ? orderContent(told.order) : null
  }

  const ofChange = async (message: Message, known: KnownSubscription | undefined) => {
    const change = known?.changes.find(
      (one) => message.subscriptionId && changeFact(message.subscriptionId, one) === message.fact,
    )
    if (change?.order) return toldBy(change.order.by)
    if (!change) return null
    const until = message.plannedAt + HOLD.change
    return clock.now() < until ? { lookAgainAt: until } : null
  }

  const ofResumption = async (message: Message, known: KnownSubscription | undefined) => {
    const by = known?.resumed.find(({ period }) => message.fact.endsWith(`/${period}`))?.orderBy
    if (by) return toldBy(by)
    if (!message.subscriptionId) return null
    const now = clock.now()
    const found = readOrder(await polar.newestOrder(message.subscriptionId), now)
    const order = 'unreadable' in found || !isResumeOrder(found, message, known) ? null : found
    if (order?.status === 'paid') return orderContent(order)
    const until =
      message.plannedAt + (order?.status === 'pending' ? HOLD.resumption : RESUME_MOMENT)
    return now < until ? { lookAgainAt: Math.min(until, now + RESUME_LOOK) } : null
  }

  return {
    /**
     * The order that belongs into the email: told by now, to be looked for again, or none.
     * @throws {PolarUnavailable}
     */
    order: async (message: Message): Promise<OrderSummary | Later | null> => {
      if (message.kind === 'subscription_updated') return ofChange(message, await knownOf(message))
      if (message.kind === 'subscription_resumed')
        return ofResumption(message, await knownOf(message))
      return null
    },
    /** What is due for a subscription by the events alone. */
    due: async (message: Message) => {
      const open = (await knownOf(message))?.openOrder
      return open ? { value: open.due, currency: open.currency } : null
    },
  }
}

export type Since = ReturnType<typeof createSince>
