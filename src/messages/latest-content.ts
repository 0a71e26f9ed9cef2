// Brings the content of a message up to date when its email is composed. One event decided it; later events may have newer
// snapshots of the subscription, and a date that has passed is no longer announced.

import type { Kind, Plan } from '../../emails/index.ts'
import {
  type Change,
  isOver,
  type Snapshot,
  type SubscriptionState,
  subscriptionIn,
} from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Clock } from '../runtime/clock.ts'
import { changeFact } from './facts.ts'
import type { Message } from './message.ts'

/** These kinds are about a subscription that does not renew, whatever its snapshot says. */
const ENDS = new Set<Kind>([
  'subscription_cancellation',
  'subscription_revoked',
  'subscription_paused',
  'subscription_final_invoice',
])

/** The snapshot that came after the message was decided; `null` if none did. */
const newerThan = ({ asOf = 0 }: Message, state: SubscriptionState | undefined): Snapshot | null =>
  state?.snapshot && state.snapshot.asOf.changedAt > asOf ? state.snapshot : null

/** The change that a message is about, once an event besides its order has confirmed it. */
const changeOf = (message: Message, state: SubscriptionState | undefined): Change | undefined =>
  state?.changes.find(
    (one) => !one.isGuess && changeFact(message.subscriptionId ?? '', one) === message.fact,
  )

const orderDateOf = ({ content }: Message): number | null =>
  'order' in content ? Date.parse(content.order.date) : null

/** The plan that an order paid for. A receipt does not show a change that came after its order. */
const boughtThen = (
  plan: Plan,
  message: Message,
  newer: Snapshot,
  changes: readonly Change[],
): Plan => {
  const at = orderDateOf(message) ?? Number.POSITIVE_INFINITY
  const later = changes.toSorted((one, other) => one.at - other.at).find((one) => one.at > at)
  const terms = later ? later.from : newer
  if (!terms || terms.productId !== message.productId) return plan
  return { ...plan, name: plan.name || terms.name || '', quantity: terms.quantity }
}

const planNow = (plan: Plan, message: Message, state: SubscriptionState | undefined): Plan => {
  const newer = newerThan(message, state)
  if (message.kind === 'subscription_updated') {
    const change = changeOf(message, state)
    const payload = change
      ? { ...plan, name: change.to.name || plan.name, quantity: change.to.quantity }
      : plan
    return newer ? inRhythm(payload, message, newer) : payload
  }
  if (!newer) return plan
  const isReceipt = orderDateOf(message) !== null
  if (isReceipt)
    return inRhythm(boughtThen(plan, message, newer, state?.changes ?? []), message, newer)
  const { name, quantity, interval, intervalCount, renewsAt } = newer
  return {
    name: name ?? plan.name,
    interval: interval ?? plan.interval,
    intervalCount: intervalCount ?? plan.intervalCount,
    quantity,
    renewsAt,
  }
}

/** The interval and the next renewal, from a newer snapshot if that is still of the same plan. */
const inRhythm = (plan: Plan, { productId }: Message, newer: Snapshot): Plan => {
  if (newer.productId !== productId) return { ...plan, renewsAt: null }
  const interval = newer.interval ?? plan.interval
  const intervalCount = newer.intervalCount ?? plan.intervalCount
  return { ...plan, interval, intervalCount, renewsAt: newer.renewsAt }
}

/** Drops a renewal date that has passed, that lies before the order, or whose subscription is over. */
const aheadOf = (
  plan: Plan,
  message: Message,
  state: SubscriptionState | undefined,
  now: number,
): Plan => {
  const from = Math.max(now, orderDateOf(message) ?? 0)
  const isAhead =
    plan.renewsAt !== null && Date.parse(plan.renewsAt) > from && !(state && isOver(state))
  return isAhead && !ENDS.has(message.kind) ? plan : { ...plan, renewsAt: null }
}

/** Other fields of a kind's content that a newer snapshot replaces. */
const restOf = (
  message: Message,
  state: SubscriptionState | undefined,
): Partial<Message['content']> => {
  const newer = newerThan(message, state)
  switch (message.kind) {
    case 'subscription_updated': {
      const from = changeOf(message, state)?.from
      const { before, change } = message.content
      if (!from) return {}
      return {
        before: {
          name: change === 'plan' ? from.name || before.name : null,
          quantity: from.quantity,
        },
      }
    }
    case 'trial_started':
      if (!newer) return {}
      return { trialEndsAt: newer.trialEndsAt ?? message.content.trialEndsAt, price: newer.price }
    case 'subscription_cancellation':
      return newer ? { endsAt: newer.endsAt ?? newer.periodEndsAt ?? message.content.endsAt } : {}
    case 'subscription_paused': {
      if (!newer) return {}
      const { state, pausesAt } = message.content
      return {
        pausesAt: state === 'scheduled' ? (newer.periodEndsAt ?? pausesAt) : null,
        resumesAt: newer.resumesAt,
      }
    }
    default:
      return {}
  }
}

/** @param now milliseconds. */
export const withLatestContent = (
  message: Message,
  state: SubscriptionState | undefined,
  now: number,
): Message => {
  const { content } = message
  if (!('plan' in content)) return message
  const plan = aheadOf(planNow(content.plan, message, state), message, state, now)
  // A kind and its content fit each other; the union of all kinds can't say so of a part.
  return { ...message, content: { ...content, ...restOf(message, state), plan } } as Message
}

export const createLatestContent =
  (customers: Pick<CustomerStore, 'load'>, clock: Pick<Clock, 'now'>) =>
  /** Loads the customer state, and returns the message with the latest content. */
  async (message: Message): Promise<Message> => {
    const { customerId } = message.recipient
    const { state } = await customers.load(customerId, message.subscriptionId)
    return withLatestContent(message, subscriptionIn(state, message.subscriptionId), clock.now())
  }
