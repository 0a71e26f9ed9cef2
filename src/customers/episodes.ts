// The episodes of a subscription: each is one failed period, named by the day since which the subscription was past due. Polar
// goes on billing meanwhile, so several orders may be open in one episode. It is over once the last of them is paid.

import type { Order, SubscriptionCore } from '../polar/payloads.ts'
import { stepNamed } from './dunning.ts'
import { type Episode, isRecovered } from './paid-orders.ts'
import {
  type AsOf,
  type CustomerState,
  changedAt,
  isOver,
  type SubscriptionState,
  subscriptionIn,
} from './state.ts'

/** Episodes that are remembered: orders of older ones no longer come. */
const MAX_EPISODES = 4

/** By when an episode was over, as a snapshot of the subscription shows it; infinite where it does not. */
const overBy = (
  { pastDueAt }: Episode,
  { status, past_due_at }: Pick<SubscriptionCore, 'status' | 'past_due_at'>,
  { changedAt }: AsOf,
): number => {
  const isOngoing = status === 'past_due' && past_due_at === pastDueAt
  return isOngoing || status === null || changedAt <= Date.parse(pastDueAt)
    ? Number.POSITIVE_INFINITY
    : changedAt
}

const earliest = (...times: (number | null)[]): number | null => {
  const first = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY))
  return Number.isFinite(first) ? first : null
}

/** Notes the episode that a snapshot names, and those that it shows to be over. Snapshots come in any order. */
export const applyEpisodes = (
  before: SubscriptionState,
  core: SubscriptionCore | null | undefined,
  asOf: AsOf,
): SubscriptionState => {
  if (!core) return before
  const { past_due_at: pastDueAt } = core
  const isKnown = before.episodes.some((one) => one.pastDueAt === pastDueAt)
  const { snapshot } = before
  // The status of the newest snapshot is known without its episode.
  const since = (one: Episode) =>
    snapshot && snapshot.status !== 'past_due'
      ? overBy(one, { status: snapshot.status, past_due_at: null }, snapshot.asOf)
      : null
  const added: Episode[] = pastDueAt === null || isKnown ? [] : [{ pastDueAt, overAt: null }]
  const known = [
    ...before.episodes,
    ...added.map((one) => ({ ...one, overAt: earliest(since(one)) })),
  ]
  const episodes = known
    .map((one) => {
      const overAt = earliest(one.overAt, overBy(one, core, asOf))
      return overAt === one.overAt ? one : { ...one, overAt }
    })
    .slice(-MAX_EPISODES)
  const isSame = added.length === 0 && episodes.every((one, at) => one === before.episodes[at])
  return isSame ? before : { ...before, episodes }
}

/**
 * Whether an order was open during an episode: it was made before the failure and paid after it, or made while the
 * subscription was past due.
 */
const isOf = ({ pastDueAt, overAt }: Episode, order: Order, paidAt: number): boolean => {
  const [failedAt, madeAt] = [Date.parse(pastDueAt), Date.parse(order.created_at)]
  if (madeAt <= failedAt) return paidAt > failedAt
  const { subscription } = order
  if (subscription === null || subscription === undefined) return false
  if (overAt !== null && overAt <= madeAt) return false
  return subscription.status === 'past_due'
    ? subscription.past_due_at === pastDueAt
    : changedAt(subscription, 0) > madeAt // Polar bills an active subscription after its last change
}

/** @param paidAt milliseconds. */
export const episodeOf = (
  order: Order,
  { episodes }: Pick<SubscriptionState, 'episodes'>,
  paidAt: number,
): Episode | null =>
  order.billing_reason === 'subscription_cycle'
    ? (episodes.findLast((one) => isOf(one, order, paidAt)) ?? null)
    : null

/**
 * The episode that a paid order ends; `null` if it ends none. While other orders are open, the order's own copy of the
 * subscription is still past due.
 */
export const recoveredBy = (
  order: Order,
  state: SubscriptionState,
  paidAt: number,
): string | null => {
  const episode = episodeOf(order, state, paidAt)
  if (!episode || isRecovered(state, episode.pastDueAt)) return null
  const { pastDueAt } = episode
  const wasOver = episode.overAt !== null && episode.overAt <= paidAt
  const { subscription } = order
  const isOngoing = subscription?.status === 'past_due' && subscription.past_due_at === pastDueAt
  return wasOver || !isOngoing ? pastDueAt : null
}

/** Notes a paid order of an episode, which somebody is to be credited with. An order that balance paid for brought nothing. */
export const withUncredited = (
  state: SubscriptionState,
  order: Order,
  paidAt: number,
): SubscriptionState => {
  const episode = episodeOf(order, state, paidAt)
  const amount = order.total_amount + order.applied_balance_amount
  if (!episode || amount <= 0) return state
  const { pastDueAt } = episode
  const last = stepNamed(state.reminded)
  const added = {
    ...{ orderId: order.id, pastDueAt, amount, currency: order.currency, paidAt },
    lastStep: last && last.pastDueAt === pastDueAt ? last.step : 0,
  }
  return { ...state, uncredited: [...state.uncredited, added] }
}

/** The outcome of a failed charge: all that was open is paid, the subscription is over, or neither (`null`). */
export const outcomeOfFailedCharge = (
  state: CustomerState,
  subscriptionId: string,
  pastDueAt: string,
): 'recovered' | 'ended' | null => {
  const subscription = subscriptionIn(state, subscriptionId)
  if (!subscription) return null
  if (isRecovered(subscription, pastDueAt)) return 'recovered'
  const { episodes, status, asOf } = subscription
  const episode = episodes.find((one) => one.pastDueAt === pastDueAt)
  const isOngoing = episode // a subscription whose details were forgotten has none
    ? episode.overAt === null
    : status === 'past_due' || asOf.changedAt <= Date.parse(pastDueAt)
  if (isOngoing) return null
  return isOver(subscription) ? 'ended' : 'recovered'
}
