// Lists what falls due next at the simulated Polar. It reads the world and changes nothing; play-time.ts makes it happen.

import { HOUR } from '../../runtime/clock.ts'
import { isRetryable } from './cards.ts'
import { chargedAt } from './dunning.ts'
import type { Order, Subscription } from './shapes/rows.ts'
import type { World } from './world.ts'

export type Due = {
  /** Milliseconds since the epoch. */
  at: number
  /** `renew` also converts a trial. `retry` charges a failed order again. `deliver` tries a webhook again. */
  what: 'renew' | 'end' | 'pause' | 'resume' | 'retry' | 'deliver'
  /** The subscription's id, the order's for `retry`, or the webhook's for `deliver`. */
  id: string
}

type DueOf<T> = (row: T) => Due | undefined

const dueOfSubscription: DueOf<Subscription> = (of) => {
  const due = (what: Due['what'], at: string) => ({ at: Date.parse(at), what, id: of.id })
  switch (of.status) {
    case 'paused':
      return of.resumes_at === null ? undefined : due('resume', of.resumes_at)
    case 'active':
    case 'trialing':
    case 'past_due':
      if (of.cancel_at_period_end) return due('end', of.current_period_end)
      if (of.pause_at_period_end) return due('pause', of.current_period_end)
      // A raw event may say anything; periods without length would renew for ever.
      return of.recurring_interval_count > 0 ? due('renew', of.current_period_end) : undefined
    default:
      return undefined
  }
}

/** The open orders of a past-due subscription, and invoices of usage, which leave the subscription active. */
const dueOfOrder =
  (world: World): DueOf<Order> =>
  (order) => {
    const of = world.subscriptions.get(order.subscription_id ?? '')
    const isCollected =
      of?.status === 'past_due' || order.billing_reason === 'subscription_meter_cycle'
    if (!isCollected || !isRetryable(order)) return undefined
    return { at: chargedAt(order.next_payment_attempt_at ?? ''), what: 'retry', id: order.id }
  }

/** Something that could not happen in time happens at once, and a retry at the next full hour. */
const catchUp = (due: Due, done: number): Due => {
  if (due.at >= done) return due
  return { ...due, at: due.what === 'retry' ? Math.ceil(done / HOUR) * HOUR : done }
}

type Reach = {
  /** Things that fell due earlier are the past of a raw event, and are left alone. */
  started: number
  /** Time has passed up to here. */
  done: number
}

/**
 * The next thing that falls due; `undefined` if nothing will. While an organization lacks the capability to renew, nothing is due, and
 * Polar tells nobody. Times are milliseconds since the epoch.
 */
export const nextDue = (world: World, { started, done }: Reach): Due | undefined => {
  if (world.organization.capabilities?.subscription_renewals === false) return undefined
  let next: Due | undefined
  const consider = (found: Due | undefined) => {
    if (found === undefined || !(found.at >= started)) return
    const due = catchUp(found, done)
    if (next === undefined || due.at < next.at) next = due
  }
  for (const of of world.subscriptions.values()) consider(dueOfSubscription(of))
  const ofOrder = dueOfOrder(world)
  for (const order of world.orders.values()) consider(ofOrder(order))
  return next
}
