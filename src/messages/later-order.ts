// Finds the order that belongs into an email but comes a little after its event: the order of a change, or the first charge
// after a pause.

import type { OrderSummary } from '../../emails/index.ts'
import { periodOf } from '../customers/period.ts'
import { type SubscriptionState, subscriptionIn, WAIT_FOR_ORDER } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { PolarClient } from '../polar/client.ts'
import { readOrder } from '../polar/event.ts'
import type { Order } from '../polar/payloads.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { orderContent } from './content.ts'
import { changeFact, resumeFact } from './facts.ts'
import type { Message, NotYet } from './message.ts'

/** Polar makes the order of a resumption within moments, and charges it within minutes. */
const RESUME_MOMENT = 3 * SECOND
const RESUME_LOOK = 10 * SECOND

type Parts = {
  customers: Pick<CustomerStore, 'load'>
  /** The order in a stored event; `null` where there is none. */
  orderIn: (eventId: string) => Promise<Order | null>
  polar: Pick<PolarClient, 'newestOrder'>
  clock: Clock
}

const isResumeOrder = (order: Order, message: Message, state: SubscriptionState | undefined) =>
  order.billing_reason === 'subscription_cycle' &&
  order.subscription != null &&
  resumeFact(order.subscription.id, periodOf(order, state?.resumed)) === message.fact

export const createLaterOrder = ({ customers, orderIn, polar, clock }: Parts) => {
  const stateOf = async (message: Message): Promise<SubscriptionState | undefined> => {
    const { state } = await customers.load(message.recipient.customerId, message.subscriptionId)
    return subscriptionIn(state, message.subscriptionId)
  }

  const summaryOf = async (eventId: string): Promise<OrderSummary | null> => {
    const order = await orderIn(eventId)
    return order && orderContent(order)
  }

  const ofChange = async (message: Message, state: SubscriptionState | undefined) => {
    const change = state?.changes.find(
      (one) => message.subscriptionId && changeFact(message.subscriptionId, one) === message.fact,
    )
    if (change?.order) return summaryOf(change.order.eventId)
    if (!change) return null
    const until = message.plannedAt + WAIT_FOR_ORDER.change
    return clock.now() < until ? { retryAt: until } : null
  }

  const ofResumption = async (message: Message, state: SubscriptionState | undefined) => {
    const eventId = state?.resumed.find(({ period }) =>
      message.fact.endsWith(`/${period}`),
    )?.orderEventId
    if (eventId) return summaryOf(eventId)
    if (!message.subscriptionId) return null
    const now = clock.now()
    const found = readOrder(await polar.newestOrder(message.subscriptionId), now)
    const order = 'unreadable' in found || !isResumeOrder(found, message, state) ? null : found
    if (order?.status === 'paid') return orderContent(order)
    const until =
      message.plannedAt + (order?.status === 'pending' ? WAIT_FOR_ORDER.resumption : RESUME_MOMENT)
    return now < until ? { retryAt: Math.min(until, now + RESUME_LOOK) } : null
  }

  return {
    /**
     * @returns the order, when to try again, or `null` where there is none.
     * @throws {PolarUnavailableError}
     */
    find: async (message: Message): Promise<OrderSummary | NotYet | null> => {
      if (message.kind === 'subscription_updated') return ofChange(message, await stateOf(message))
      if (message.kind === 'subscription_resumed')
        return ofResumption(message, await stateOf(message))
      return null
    },
  }
}
