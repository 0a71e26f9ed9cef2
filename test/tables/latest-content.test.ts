// The content of an email follows the newest snapshot by Polar's dates, though its own event shows an older one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentOf } from '../../emails/index.ts'
import { subscriptionIn } from '../../src/customers/state.ts'
import { withLatestContent } from '../../src/messages/latest-content.ts'
import type { Message } from '../../src/messages/message.ts'
import { body, type Fields, orderTold, play, subscriptionTold } from './build.ts'
import { decidedBy } from './decided.ts'

const ID = 'df219833-d97b-401b-b581-437a489229e0'
const NOVEMBER = '2026-11-04T10:12:45.120Z'
const DECEMBER = '2026-12-04T10:12:45.120Z'
const JANUARY = '2027-01-04T10:12:45.120Z'
const RENEWED = '2026-12-04T10:12:46.000Z'
const NOW = Date.parse('2026-12-04T10:14:00Z')

const inNovember: Fields = {
  ...{ current_period_start: NOVEMBER, current_period_end: DECEMBER },
  ...{ seats: 5, modified_at: '2026-11-04T10:12:46.000Z' },
}
const inDecember: Fields = {
  ...{ current_period_start: DECEMBER, current_period_end: JANUARY },
  ...{ seats: 7, modified_at: RENEWED },
}

/** A renewal of December whose subscription is shown as it was in November. */
const stale = (data: Fields = {}) =>
  orderTold('order.paid', '2026-12-04T10:13:02Z', {
    ...{ id: 'december', created_at: '2026-12-04T10:12:48.000Z' },
    subscription: inNovember,
    ...data,
  })
const cycled = subscriptionTold('subscription.cycled', RENEWED, inDecember)
const updated = (at: string, data: Fields) =>
  subscriptionTold('subscription.updated', at, { ...inDecember, ...data, modified_at: at })

/** The last message that these bodies lead to, as it is once `after` is known too. */
const said = (bodies: readonly string[], after: readonly string[] = [], now = NOW) => {
  const { state } = play([...bodies, ...after])
  return withLatestContent(decidedBy(bodies), subscriptionIn(state, ID), now)
}
const planSaid = (...given: Parameters<typeof said>) =>
  (said(...given).content as ContentOf['subscription_cycled']).plan

describe('a receipt whose order shows an old subscription', () => {
  test('names no renewal that is not after its order', () => {
    expect(planSaid([stale()])).toMatchObject({ name: 'Studio Plan', renewsAt: null })
  })

  test.each([
    ['before it', [cycled, stale()], []],
    ['after it', [stale()], [cycled]],
  ])('says what the newer event shows that comes %s', (_, before, after) => {
    expect(planSaid(before, after)).toEqual({
      name: 'Studio Plan',
      ...{ interval: 'month', intervalCount: 1 },
      quantity: { count: 7, of: 'seat' },
      renewsAt: JANUARY,
    })
  })

  test('names no renewal once a newer event has cancelled it', () => {
    const cancelled = updated('2026-12-04T10:13:30Z', { cancel_at_period_end: true })
    expect(planSaid([stale()], [cancelled])).toMatchObject({ renewsAt: null })
  })

  test('keeps the seats that it was for, whatever was changed after it', () => {
    const nine = updated('2026-12-04T10:13:30Z', { seats: 9 })
    expect(planSaid([cycled, stale()], [nine])).toMatchObject({
      quantity: { count: 7, of: 'seat' },
      renewsAt: JANUARY,
    })
  })

  test('keeps the plan that it was for, and names no renewal of another', () => {
    const other = { product_id: 'plan-b', product: { id: 'plan-b', name: 'Plan B' } }
    const changed = updated('2026-12-04T10:13:30Z', other)
    expect(planSaid([cycled, stale()], [changed])).toMatchObject({
      name: 'Studio Plan',
      renewsAt: null,
    })
  })

  test('of another plan says nothing of the seats and the rhythm of the old one', () => {
    const bought = { id: 'plan-b', name: 'Plan B', recurring_interval: 'year' }
    expect(planSaid([stale({ product: bought })])).toEqual({
      ...{ name: 'Plan B', interval: 'year', intervalCount: 1 },
      ...{ quantity: null, renewsAt: null },
    })
  })
})

describe('a message that waits', () => {
  test('names no renewal that has passed meanwhile', () => {
    expect(planSaid([cycled, stale()], [], Date.parse(JANUARY) - 1).renewsAt).toBe(JANUARY)
    expect(planSaid([cycled, stale()], [], Date.parse(JANUARY)).renewsAt).toBeNull()
  })

  test('of a trial says when it ends and what it costs by now', () => {
    const later = '2026-12-24T08:00:00.000Z'
    const trial = { status: 'trialing', trial_end: later, current_period_end: later }
    const moved = body(
      'subscription.updated.trialing',
      { ...trial, amount: 3900, modified_at: '2026-11-12T08:00:00Z' },
      { timestamp: '2026-11-12T08:00:00Z' },
    )
    const started = [body('order.paid.trial-start')]
    const { state } = play([...started, moved])
    const [subscription] = Object.values(state.subscriptions)
    expect(withLatestContent(decidedBy(started), subscription, NOW).content).toMatchObject({
      trialEndsAt: later,
      price: { value: 3900, currency: 'usd' },
    })
  })

  test('of a cancellation and of a pause goes by the dates that stand now', () => {
    const later = '2027-02-04T10:12:45.120Z'
    const ending = { cancel_at_period_end: true, canceled_at: RENEWED, ends_at: JANUARY }
    const cancelled = subscriptionTold('subscription.canceled', RENEWED, {
      ...inDecember,
      ...ending,
    })
    const moved = updated('2026-12-05T00:00:00Z', { ...ending, ends_at: later })
    expect(said([cancelled], [moved]).content).toMatchObject({ endsAt: later })
    const paused = subscriptionTold('subscription.paused', RENEWED, {
      ...{ ...inDecember, status: 'paused', resumes_at: JANUARY },
    })
    const postponed = updated('2026-12-05T00:00:00Z', { status: 'paused', resumes_at: later })
    expect(said([paused], [postponed]).content).toMatchObject({
      resumesAt: later,
      plan: { renewsAt: null },
    })
  })

  test('of a change that only an old order has told says what its update tells', () => {
    const at = '2026-12-10T12:00:00.000Z'
    const order = orderTold('order.paid', at, {
      ...{ id: 'seats', created_at: at, billing_reason: 'subscription_update' },
      subscription: inDecember,
    })
    const nine = updated(at, { seats: 9 })
    const message = said([cycled, order], [nine], Date.parse(at))
    expect(message).toMatchObject({
      kind: 'subscription_updated',
      content: {
        plan: { quantity: { count: 9, of: 'seat' } },
        before: { quantity: { count: 7, of: 'seat' } },
      },
    })
  })

  test('is as it was decided where nothing newer is known, but for what has passed', () => {
    const message = decidedBy([cycled, stale({ subscription: inDecember })])
    expect(withLatestContent(message, undefined, NOW)).toEqual(message)
    const { state } = play([cycled])
    expect(withLatestContent(message, subscriptionIn(state, ID), NOW)).toEqual(message)
  })
})

describe('the emails of a history', () => {
  const history = [
    subscriptionTold('subscription.created', '2026-11-04T10:12:46.000Z', inNovember),
    updated('2026-12-04T10:12:47.000Z', {}),
    cycled,
    orderTold('order.created', '2026-12-04T10:12:48.000Z', {
      ...{ id: 'december', created_at: '2026-12-04T10:12:48.000Z', status: 'pending' },
      subscription: inNovember,
    }),
    stale(),
    subscriptionTold('subscription.canceled', '2026-12-04T10:13:30.000Z', {
      ...{ ...inDecember, cancel_at_period_end: true, modified_at: '2026-12-04T10:13:30.000Z' },
      ...{ canceled_at: '2026-12-04T10:13:30.000Z', ends_at: JANUARY },
    }),
  ]

  const emailsOf = (bodies: readonly string[]) => {
    const { messages, state } = play(bodies)
    const emails = messages.map((planned) => {
      const { kind, fact, content } = withLatestContent(
        planned as unknown as Message,
        subscriptionIn(state, ID),
        NOW,
      )
      return [`${kind} ${fact}`, content] as const
    })
    return Object.fromEntries(emails.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }

  test('say the same in whatever order its events come, and however often', () => {
    const expected = emailsOf(history)
    expect(Object.keys(expected)).toHaveLength(2)
    const twice = [...history.keys(), ...history.keys()]
    const arrival = fc.shuffledSubarray(twice, { minLength: twice.length })
    fc.assert(
      fc.property(arrival, (order) => {
        expect(emailsOf(order.map((at) => history[at] ?? ''))).toEqual(expected)
      }),
    )
  })
})
