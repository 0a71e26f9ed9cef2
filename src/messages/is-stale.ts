// Whether a message that was decided on is still true by the time it is sent.

import {
  type CustomerState,
  isOver,
  outcomeOfFailedCharge,
  type SubscriptionState,
  subscriptionIn,
} from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { NotSent } from '../deliveries/delivery.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import { changeFact } from './facts.ts'
import type { Message } from './message.ts'

/** It may have been taken back and made anew since: then that is told by another message. */
const isStillCancelled = ({ fact }: Message, { canceledAt }: SubscriptionState) =>
  canceledAt !== null && (canceledAt === 'unknown' || fact.endsWith(`/${canceledAt}`))

/** The renewal that brought it names the plan in its receipt. */
const hasTakenEffect = (appliesAt: string, { changes }: SubscriptionState) =>
  changes.some(({ wasScheduled, at }) => wasScheduled && at >= Date.parse(appliesAt) - HOUR)

/** The email of what became of it says more. */
const isTrialOver = ({ asOf = 0 }: Message, { snapshot }: SubscriptionState) =>
  snapshot?.status != null && snapshot.asOf.changedAt > asOf && snapshot.status !== 'trialing'

/** What a message announces has come by now, so it would name a day in the past. */
const isBehind = ({ kind, content }: Message, now: number): boolean => {
  const day =
    kind === 'subscription_past_due'
      ? content.deadline
      : kind === 'subscription_change_scheduled'
        ? content.appliesAt
        : kind === 'trial_started'
          ? content.trialEndsAt
          : null
  return day !== null && Date.parse(day) <= now
}

/** A change that waited for its order until the subscription was over; one that was paid for is told. */
const isHeldInVain = (message: Message, subscription: SubscriptionState): NotSent | null => {
  const { changes } = subscription
  const change = changes.find(
    (one) => message.fact === changeFact(message.subscriptionId ?? '', one),
  )
  if (!change || change.order) return null
  return isOver(subscription) ? 'ended' : null
}

const ofSubscription = (
  message: Message,
  state: CustomerState,
  subscription: SubscriptionState,
): NotSent | null => {
  switch (message.kind) {
    case 'subscription_past_due':
      return outcomeOfFailedCharge(state, message.subscriptionId ?? '', message.content.pastDueAt)
    case 'subscription_cancellation':
      if (isOver(subscription)) return 'ended'
      return isStillCancelled(message, subscription) ? null : 'taken_back'
    case 'subscription_updated':
      return isHeldInVain(message, subscription)
    case 'subscription_uncanceled':
      if (isOver(subscription)) return 'ended'
      return subscription.canceledAt === null ? null : 'taken_back'
    case 'subscription_paused':
      if (isOver(subscription)) return 'ended'
      if (subscription.pausedSince !== null) return null
      return message.content.state === 'scheduled' && subscription.pauseRequested
        ? null
        : 'taken_back'
    case 'subscription_change_scheduled':
      if (isOver(subscription)) return 'ended'
      if (message.fact === `pending/${subscription.pending?.what}`) return null
      return hasTakenEffect(message.content.appliesAt, subscription) ? 'stale' : 'taken_back'
    case 'trial_started':
      if (isOver(subscription)) return 'ended'
      return isTrialOver(message, subscription) ? 'stale' : null
    default:
      return null
  }
}

export const createStaleCheck = (
  customers: Pick<CustomerStore, 'load'>,
  clock: Pick<Clock, 'now'>,
) => {
  /** Why a message is no longer wanted; `null` if it is. */
  return async (message: Message): Promise<NotSent | null> => {
    const { state } = await customers.load(message.recipient.customerId)
    if (state.deletedAt) return 'customer_deleted'
    const subscription = subscriptionIn(state, message.subscriptionId)
    const because = subscription ? ofSubscription(message, state, subscription) : null
    return because ?? (isBehind(message, clock.now()) ? 'stale' : null)
  }
}
