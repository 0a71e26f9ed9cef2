// Decides the reminder of a subscription when it falls due. The subscription is read from Polar again: only if the same day is
// still ahead, a message is decided, as if Polar had sent an event about it.

import { applyEvent } from '../customers/apply-event.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Decide, Decided, SubscriptionRef } from '../events/decide.ts'
import { reminderType } from '../events/rows/reminders.ts'
import type { PolarClient } from '../polar/client.ts'
import { subscriptionEvent } from '../polar/event.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Appointment, ReminderKind, ReminderPolicy } from './appointment.ts'
import { nextIn } from './entries.ts'
import { awakeAt, type QuietHours } from './time-zones.ts'

/** While Polar has suspended the merchant's renewals, no reminder goes. */
const SUSPENDED = HOUR

/** The type of an event that only says how a subscription is. */
const READ = 'schedule.read'

const DUNNING = new Set<ReminderKind>(['payment_reminder', 'payment_final_notice'])

type RemindParts = {
  customers: Pick<CustomerStore, 'load'>
  decide: Decide
  polar: Pick<PolarClient, 'subscription' | 'organization' | 'openOrders'>
  policy: ReminderPolicy
  quietHours: QuietHours
  nudge: (messages: readonly Decided[]) => Promise<void>
  clock: Pick<Clock, 'now'>
  log: Log
}

export const createRemind = (parts: RemindParts) => {
  const { customers, decide, polar, policy, quietHours, nudge, clock, log } = parts

  /** Whether an order is open, as far as orders may be read. */
  const isOpen = async (subscriptionId: string): Promise<boolean> =>
    (await polar.openOrders(subscriptionId))?.length !== 0

  const readAgain = async (
    { customerId, subscriptionId }: SubscriptionRef,
    { kind, until, name }: Appointment,
  ): Promise<number | null> => {
    if ((await polar.organization())?.renews === false) return clock.now() + SUSPENDED
    const about = { subscription: subscriptionId, kind }
    const read = await polar.subscription(subscriptionId)
    const event = read === null ? null : subscriptionEvent(read, READ, clock.now())
    if (event === null || 'unreadable' in event || event.customer.id !== customerId) {
      const because = event && 'unreadable' in event ? event.unreadable : 'unknown at Polar'
      log.warn({ ...about, because }, 'reminder not sent')
      return null
    }
    const { state } = await customers.load(customerId, subscriptionId)
    const now = clock.now()
    const isStillDue = nextIn(applyEvent(state, event), subscriptionId, policy, now)?.name === name
    if (isStillDue) {
      const country = event.customer.billing_address?.country ?? null
      const awake = awakeAt(clock.now(), country, quietHours)
      if (awake > clock.now() && awake < Date.parse(until)) return awake
    }
    const isOwed = !isStillDue || !DUNNING.has(kind) || (await isOpen(subscriptionId))
    // Without a reminder the event only brings the state up to date, which moves the entry.
    const type = isStillDue && isOwed ? reminderType(kind) : READ
    const reminder = { ...event, type, ...(isStillDue && { remindsOf: name }) }
    const { outcome, decided } = await decide(reminder, { id: null, receivedAt: event.receivedAt })
    await nudge(decided)
    const notDue = { because: isStillDue ? 'nothing is owed' : 'no longer due' }
    log.info({ ...about, ...(type === READ ? notDue : outcome) }, 'reminder fell due')
    return null
  }

  /** Resolves with when to come back (ms); `null` where nothing is left to do. */
  return async (ref: SubscriptionRef): Promise<number | null> => {
    const { state } = await customers.load(ref.customerId, ref.subscriptionId)
    const next = nextIn(state, ref.subscriptionId, policy, clock.now())
    if (next && next.at > clock.now()) return next.at
    const isAhead = next !== null && Date.parse(next.until) > clock.now()
    return isAhead ? readAgain(ref, next) : null
  }
}
