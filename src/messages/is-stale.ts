// Decides whether a message is stale when its email is composed: what has happened since may make it wrong or pointless.

import { pastDueSince } from '../customers/dunning.ts'
import { outcomeOfFailedCharge } from '../customers/episodes.ts'
import { paidOrderIn } from '../customers/paid-orders.ts'
import {
  type CustomerState,
  isOver,
  type SubscriptionState,
  subscriptionIn,
} from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { NotSent } from '../deliveries/composed.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import { changeFact } from './facts.ts'
import { type Message, usageOrderOf } from './message.ts'

/** A cancellation may have been taken back and made again since: then another message is about that one. */
const isStillCancelled = ({ fact }: Message, { canceledAt }: SubscriptionState) =>
  canceledAt !== null && (canceledAt === 'unknown' || fact.endsWith(`/${canceledAt}`))

/** The receipt of the renewal that brought the change names the new plan. */
const hasTakenEffect = (appliesAt: string, { changes }: SubscriptionState) =>
  changes.some(({ wasScheduled, at }) => wasScheduled && at >= Date.parse(appliesAt) - HOUR)

/** The email about the end of the trial says more. */
const isTrialOver = ({ asOf = 0 }: Message, { snapshot }: SubscriptionState) =>
  snapshot?.status != null && snapshot.asOf.changedAt > asOf && snapshot.status !== 'trialing'

/** The day that a message announces; `null` if it announces none. */
const dayOf = ({ kind, content }: Message): string | null => {
  switch (kind) {
    case 'subscription_past_due':
    case 'payment_reminder':
    case 'payment_final_notice':
      return content.deadline
    case 'subscription_change_scheduled':
      return content.appliesAt
    case 'trial_started':
    case 'subscription_trial_conversion_reminder':
      return content.trialEndsAt
    case 'subscription_renewal_reminder':
      return content.renewsAt
    default:
      return null
  }
}

const hasPassed = (message: Message, now: number): boolean => {
  const day = dayOf(message)
  return day !== null && Date.parse(day) <= now
}

/** A reminder is for the day on which the subscription renews by now. */
const staleReminder = (
  message: Message,
  { snapshot, canceledAt }: SubscriptionState,
): NotSent | null => {
  if (snapshot?.renewsAt === dayOf(message)) return null
  return canceledAt === null ? 'stale' : 'taken_back'
}

/** A change without an order is not worth an email once the subscription is over; a change that was paid for is. */
const staleChange = (message: Message, subscription: SubscriptionState): NotSent | null => {
  const { changes, forgottenAt } = subscription
  if (forgottenAt !== null && message.plannedAt <= forgottenAt) return 'stale'
  const change = changes.find(
    (one) => message.fact === changeFact(message.subscriptionId ?? '', one),
  )
  if (!change || change.order) return null
  return isOver(subscription) ? 'ended' : null
}

const isUsagePaid = (message: Message, subscription: SubscriptionState): NotSent | null =>
  paidOrderIn(subscription, usageOrderOf(message) ?? '') ? 'recovered' : null

const ofSubscription = (
  message: Message,
  state: CustomerState,
  subscription: SubscriptionState,
): NotSent | null => {
  switch (message.kind) {
    case 'subscription_past_due':
      return outcomeOfFailedCharge(state, message.subscriptionId ?? '', message.content.pastDueAt)
    case 'payment_reminder':
    case 'payment_final_notice':
      if (isOver(subscription)) return 'ended'
      if (message.content.deadline === null) return isUsagePaid(message, subscription)
      if (pastDueSince(subscription) === message.content.pastDueAt) return null
      return subscription.canceledAt === null ? 'recovered' : 'taken_back'
    case 'subscription_cancellation':
      if (isOver(subscription)) return 'ended'
      return isStillCancelled(message, subscription) ? null : 'taken_back'
    case 'subscription_updated':
      return staleChange(message, subscription)
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
    case 'subscription_renewal_reminder':
    case 'subscription_trial_conversion_reminder':
      return isOver(subscription) ? 'ended' : staleReminder(message, subscription)
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
    const { state } = await customers.load(message.recipient.customerId, message.subscriptionId)
    if (state.deletedAt) return 'customer_deleted'
    const subscription = subscriptionIn(state, message.subscriptionId)
    const because = subscription ? ofSubscription(message, state, subscription) : null
    return because ?? (hasPassed(message, clock.now()) ? 'stale' : null)
  }
}
