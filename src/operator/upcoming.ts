// The schedule as an operator reads it: what falls due, when, and why.

import { createHash } from 'node:crypto'
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
  /** Names the reminder for an operator who types it: the subscription, and a mark that changes with its day or step. */
  reminderId: string | null
}

/** Entries that are read at a time where only some are wanted. */
const READ = 1_000

const DIGITS = 6

const markOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, DIGITS)

/** The customer of an entry; `null` where it is Postern's own task. */
export const customerOf = (entry: Entry): string | null => {
  if ('ref' in entry) return entry.ref.customerId
  return 'customerId' in entry ? entry.customerId : null
}

/** The subscription or the order of an entry. */
export const subjectOf = (entry: Entry): string | null => {
  if ('ref' in entry) return entry.ref.subscriptionId
  return 'orderId' in entry ? entry.orderId : null
}

const isAbout = (entry: Entry, id: string) => customerOf(entry) === id || subjectOf(entry) === id

type UpcomingParts = {
  due: Pick<Due, 'soonest' | 'size'>
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
    const reminder = await reminderFor(entry)
    const reminderId = reminder && `${subjectOf(entry)}:${markOf(reminder.name)}`
    return { id, at: time, entry, reminder, reminderId }
  }

  return {
    /** A page, soonest first, and how many entries there are in all. */
    page: async (
      after: DuePlace | null,
    ): Promise<{ upcoming: Upcoming[]; next: DuePlace | null; total: number }> => {
      const [{ entries, next }, total] = await Promise.all([due.soonest(limit, after), due.size()])
      return { upcoming: await Promise.all(entries.map(upcomingOf)), next, total }
    },

    /** The entries of a customer, a subscription or an order, soonest first. */
    about: async (id: string): Promise<Upcoming[]> => {
      const found: DueEntry[] = []
      let place: DuePlace | null = null
      do {
        const page: Awaited<ReturnType<Due['soonest']>> = await due.soonest(READ, place)
        found.push(...page.entries.filter((one) => isAbout(readEntry(one.id), id)))
        place = page.next
      } while (place !== null)
      return Promise.all(found.map(upcomingOf))
    },
  }
}

export type ReadUpcoming = ReturnType<typeof createUpcoming>
