// Polar's events arrive late, twice and in any order.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { type Arrival, type Email, emailsOf, type Polar, type Told, toldIn } from './arrivals.ts'

const MONTH = 30 * DAY

const begin = ({ script, play }: Polar, input = {}) => play(script.subscribe(input)).subscriptionId

const histories: Record<string, (polar: Polar) => void> = {
  'a renewal': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(MONTH)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a failed payment that Polar recovers': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(MONTH)
    const { orderId } = polar.play(polar.script.failRenewal({ subscriptionId }))
    polar.pass(2 * DAY)
    polar.play(polar.script.recover(orderId))
    polar.pass(28 * DAY)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a failed payment without a card, and a new card': (polar) => {
    const { subscriptionId, customerId } = polar.play(polar.script.subscribe())
    polar.pass(MONTH)
    polar.play(polar.script.failRenewal({ subscriptionId, noCard: true }))
    polar.pass(DAY)
    polar.play(polar.script.changeCard(customerId))
  },
  'a failed payment to the end': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(MONTH)
    const { orderId } = polar.play(polar.script.failRenewal({ subscriptionId }))
    polar.pass(21 * DAY + MINUTE)
    polar.play(polar.script.giveUp(orderId))
  },
  'a failed payment, and a cancellation at once': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(MONTH)
    polar.play(polar.script.failRenewal({ subscriptionId }))
    polar.pass(3 * DAY)
    polar.play(polar.script.cancelPastDue(subscriptionId))
  },
  'two open orders': (polar) => {
    const subscriptionId = begin(polar, { product: { recurring_interval: 'week' } })
    polar.pass(7 * DAY)
    const older = polar.play(polar.script.failRenewal({ subscriptionId }))
    polar.pass(7 * DAY)
    const newer = polar.play(polar.script.failRenewal({ subscriptionId }))
    polar.pass(DAY)
    polar.play(polar.script.recover(newer.orderId))
    polar.pass(DAY)
    polar.play(polar.script.recover(older.orderId))
  },
  'a trial that is cancelled, kept and paid': (polar) => {
    const product = { recurring_interval: 'month', trialDays: 14 }
    const subscriptionId = begin(polar, { product })
    polar.pass(5 * DAY)
    polar.play(polar.script.cancel(subscriptionId))
    polar.pass(2 * DAY)
    polar.play(polar.script.uncancel(subscriptionId))
    polar.pass(7 * DAY)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a change of plan that is charged': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(5 * DAY)
    const product = { name: 'Team', amount: 9_900 }
    polar.play(polar.script.changePlan(subscriptionId, { product, proration: 'invoice' }))
    polar.pass(25 * DAY)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a change of plan for the next period': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(5 * DAY)
    const product = { name: 'Team', amount: 9_900 }
    polar.play(polar.script.changePlan(subscriptionId, { product, proration: 'next_period' }))
    polar.pass(25 * DAY)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a pause that is asked for, begins and ends': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(5 * DAY)
    polar.play(polar.script.schedulePause(subscriptionId))
    polar.pass(25 * DAY)
    polar.play(polar.script.pause(subscriptionId))
    polar.pass(60 * DAY)
    polar.play(polar.script.resume(subscriptionId))
    polar.pass(30 * DAY)
    polar.play(polar.script.renew({ subscriptionId }))
  },
  'a cancellation, and the end with a final invoice': (polar) => {
    const subscriptionId = begin(polar)
    polar.pass(5 * DAY)
    polar.play(polar.script.cancel(subscriptionId))
    polar.pass(25 * DAY)
    polar.play(polar.script.end(subscriptionId, { usage: 450 }))
  },
}

/** Polar's order, at once. */
const asTold = (told: readonly Told[]): Arrival[] =>
  told.map((one, n) => ({ told: one, at: one.at, id: `event-${n}` }))

/** Delays of each event, in milliseconds: of its first delivery, and of another one if there is one. */
const delays = (count: number, most: number) => {
  const delay = fc.integer({ min: 0, max: most })
  const again = fc.option(fc.record({ after: delay, isOther: fc.boolean() }))
  return fc.array(fc.record({ delay, again }), { minLength: count, maxLength: count })
}

type Delays = { delay: number; again: { after: number; isOther: boolean } | null }[]

/** Another endpoint's delivery has an id of its own. */
const delayed = (told: readonly Told[], by: Delays): Arrival[] =>
  told.flatMap((one, n) => {
    const { delay = 0, again = null } = by[n] ?? {}
    const id = `event-${n}`
    const first = { told: one, at: one.at + delay, id }
    return again
      ? [first, { told: one, at: one.at + again.after, id: again.isOther ? `${id}-again` : id }]
      : [first]
  })

const SEED = 20_261_126

/** In this time events may change places: an order that comes later is not waited for. */
const HOLD = 100 * SECOND

const factsOf = (emails: readonly Email[]) =>
  emails.map(({ kind, fact }) => `${kind} ${fact}`).toSorted()

describe('the same emails, in whatever order the events of a moment arrive, once or twice', () => {
  test.each(Object.entries(histories))('%s', async (_, history) => {
    const told = toldIn(history)
    const expected = factsOf(await emailsOf(asTold(told)))
    expect(expected.length).toBeGreaterThan(1)
    await fc.assert(
      fc.asyncProperty(delays(told.length, HOLD), async (by) => {
        expect(factsOf(await emailsOf(delayed(told, by)))).toEqual(expected)
      }),
      { numRuns: 75, seed: SEED },
    )
  })
})

/** Delays of some minutes, as between Polar's attempts, or of days, as after a redelivery. */
const lateBy = (count: number) =>
  fc.constantFrom(40 * MINUTE, 6 * DAY).chain((most) => delays(count, most))

/** The order of a recovered payment is told as a renewal where the failure is told later. */
const kindsOf = (emails: readonly Email[]) =>
  emails.map(({ kind }) => (kind === 'payment_recovered' ? 'subscription_cycled' : kind)).toSorted()

/** The order of a change has an email of its own once the email of the change has gone without it. */
const isLateOrder = ({ kind, fact }: Email) =>
  kind === 'order_confirmation' && fact.endsWith('/update')

/** The facts that an email must not follow, and why it is recorded as not sent then. */
const OUTDATED: Record<string, { by: string[]; because: string[] }> = {
  subscription_past_due: {
    by: ['payment_recovered', 'subscription_revoked'],
    because: ['recovered', 'ended'],
  },
  subscription_cancellation: { by: ['subscription_uncanceled'], because: ['taken_back'] },
}

const isOutdated = ({ kind }: Email, earlier: readonly Email[]) =>
  earlier.some((one) => OUTDATED[kind]?.by.includes(one.kind))

describe('no email is lost, none comes twice, and none contradicts another, however late an event arrives', () => {
  test.each(Object.entries(histories))('%s', async (_, history) => {
    const told = toldIn(history)
    const expected = await emailsOf(asTold(told))
    await fc.assert(
      fc.asyncProperty(lateBy(told.length), async (by) => {
        const emails = await emailsOf(delayed(told, by))
        expect(kindsOf(emails.filter((one) => !isLateOrder(one)))).toEqual(kindsOf(expected))
        for (const [n, email] of emails.entries()) {
          if (isOutdated(email, emails.slice(0, n))) expect(email.notSent).not.toBeNull()
          if (email.notSent !== null) expect(OUTDATED[email.kind]?.because).toContain(email.notSent)
        }
      }),
      { numRuns: 75, seed: SEED },
    )
  })
})
