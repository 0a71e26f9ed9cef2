// The schedule as an operator reads it: what falls due, when, and why.

import { pastDueSince, stepNamed } from '../customers/dunning.ts'
import { type SubscriptionState, subscriptionIn } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Due, DueEntry, DuePlace } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Appointment, ReminderKind, ReminderPolicy } from '../schedule/appointment.ts'
import { type Entry, nextIn, readEntry } from '../schedule/entries.ts'

/** A reminder of a subscription. Days are in ISO 8601. */
export type Reminder = {
  kind: ReminderKind
  /** Names it, so that an operator cancels the one that they saw. */
  name: string
  /** The name of the product, where it is known. */
  plan: string | null
  /** The day that it announces: the renewal, the end of the trial, or the end for want of payment. */
  until: string
  /** Set where it is about a failed payment. */
  pastDue: { since: string; step: number } | null
}

export type Upcoming = {
  /** The entry in the due set. */
  id: string
  /** Milliseconds. */
  at: number
  entry: Entry
  /** `null` where the entry is no reminder, or nothing is left to be reminded of. */
  reminder: Reminder | null
}

type UpcomingParts = {
  due: Pick<Due, 'soonest'>
  customers: Pick<CustomerStore, 'load'>
  policy: ReminderPolicy
  clock: Pick<Clock, 'now'>
}

const reminderOf = (subscription: SubscriptionState, next: Appointment): Reminder => {
  const { kind, name, until } = next
  const since = pastDueSince(subscription)
  const step = stepNamed(name)
  return {
    ...{ kind, name, until },
    plan: subscription.snapshot?.name ?? null,
    pastDue: since !== null && step ? { since, step: step.step } : null,
  }
}

/** @param limit entries of a page. */
export const createUpcoming = ({ due, customers, policy, clock }: UpcomingParts, limit: number) => {
  const reminderFor = async (entry: Entry): Promise<Reminder | null> => {
    if (entry.what !== 'subscription') return null
    const { customerId, subscriptionId } = entry.ref
    const { state } = await customers.load(customerId, subscriptionId)
    const subscription = subscriptionIn(state, subscriptionId)
    const next = nextIn(state, subscriptionId, policy, clock.now())
    return subscription && next ? reminderOf(subscription, next) : null
  }

  const upcomingOf = async ({ id, time }: DueEntry): Promise<Upcoming> => {
    const entry = readEntry(id)
    return { id, at: time, entry, reminder: await reminderFor(entry) }
  }

  /** A page, soonest first. */
  return async (
    after: DuePlace | null,
  ): Promise<{ upcoming: Upcoming[]; next: DuePlace | null }> => {
    const { entries, next } = await due.soonest(limit, after)
    return { upcoming: await Promise.all(entries.map(upcomingOf)), next }
  }
}

export type ReadUpcoming = ReturnType<typeof createUpcoming>
