// Reminds customers of a card that expires. No event tells when, and card networks change cards silently: so once a month the
// customer of every live subscription is scheduled, and the card is read when that falls due.

import { freeOf, renewalOf } from '../customers/snapshot.ts'
import type { Decide, Decided } from '../events/decide.ts'
import { reminderType } from '../events/rows/reminders.ts'
import type { PolarClient } from '../polar/client.ts'
import { customerEvent, readSubscription } from '../polar/event.ts'
import type { Subscription } from '../polar/payloads.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { CARD_SWEEP_KEY } from '../redis/keys.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { CARD_SWEEP, cardEntryOf } from './entries.ts'
import { awakeAt, type QuietHours } from './time-zones.ts'

const KIND = 'payment_method_expiration_reminder'

/** The customers of a sweep are spread over so long, so that reading their cards leaves room for other calls to Polar. */
const SPREAD = DAY

type CardParts = {
  redis: Pick<RedisClient, 'get' | 'set' | 'del'>
  due: Pick<Due, 'at' | 'scoreOf'>
  decide: Decide
  polar: Pick<PolarClient, 'liveSubscriptions' | 'defaultCard'>
  /** Milliseconds before the first day on which the card no longer works. */
  lead: number
  isOff: boolean
  quietHours: QuietHours
  nudge: (messages: readonly Decided[]) => Promise<void>
  random: () => number
  clock: Pick<Clock, 'now'>
  log: Log
}

/** The first time after `now` that is `lead` before the first of a month, in milliseconds. */
export const nextSweep = (now: number, lead: number): number => {
  const ahead = new Date(now + lead)
  return Date.UTC(ahead.getUTCFullYear(), ahead.getUTCMonth() + 1, 1) - lead
}

/** The first moment at which a card no longer works. */
const endOf = ({ month, year }: { month: number; year: number }) => Date.UTC(year, month, 1)

/** Whether a card will be charged for it. */
const isPaid = (subscription: Subscription): boolean =>
  renewalOf(subscription) !== null && freeOf(subscription) !== true

const paidIn = (items: readonly unknown[]): Subscription[] =>
  items
    .map(readSubscription)
    .filter((one): one is Subscription => !('unreadable' in one) && isPaid(one))

export const createCards = (parts: CardParts) => {
  const { redis, due, decide, polar, lead, isOff, quietHours, nudge, random, clock, log } = parts

  return {
    /** Schedules the next sweep, unless one is scheduled. */
    begin: async (): Promise<void> => {
      if ((await due.scoreOf(CARD_SWEEP)) === 0)
        await due.at(CARD_SWEEP, nextSweep(clock.now(), lead))
    },

    /** Schedules the customers of one page, and resolves with when the next page is due (ms). */
    sweep: async (): Promise<number> => {
      const page = Number((await redis.get(CARD_SWEEP_KEY)) ?? 1)
      const { items, isLast } = isOff
        ? { items: [], isLast: true }
        : await polar.liveSubscriptions({ page })
      const now = clock.now()
      const customers = new Map(paidIn(items).map(({ customer }) => [customer.id, customer]))
      for (const { id, billing_address } of customers.values()) {
        const at = awakeAt(now + random() * SPREAD, billing_address?.country ?? null, quietHours)
        await due.at(cardEntryOf(id), at)
      }
      log.info({ page, customers: customers.size }, 'cards scheduled')
      if (isLast) await redis.del(CARD_SWEEP_KEY)
      else await redis.set(CARD_SWEEP_KEY, page + 1)
      return isLast ? nextSweep(now, lead) : now
    },

    /** Reads a customer's card, and decides a reminder if it is about to expire. */
    remind: async (customerId: string): Promise<null> => {
      const card = await polar.defaultCard(customerId)
      const end = card ? endOf(card) : 0
      if (!card || end <= clock.now() || end - lead > clock.now()) return null
      const { items } = await polar.liveSubscriptions({ customerId })
      const paid = paidIn(items)
      const [first] = paid
      if (!first || first.customer.id !== customerId) return null
      const plans = [...new Set(paid.flatMap(({ product }) => product?.name ?? []))]
      const event = customerEvent(first.customer, reminderType(KIND), clock.now())
      const reminder = { ...event, expiring: { card, plans } }
      const { outcome, decided } = await decide(reminder, {
        id: null,
        receivedAt: event.receivedAt,
      })
      await nudge(decided)
      log.info({ customer: customerId, kind: KIND, ...outcome }, 'reminder fell due')
      return null
    },
  }
}
