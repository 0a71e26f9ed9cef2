// Changes of plan and quantity: told by an update, sometimes with an order of their own, in any order and more than once.

import { describe, expect, test } from 'vitest'
import {
  arrivals,
  type Fields,
  facts,
  orderTold,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const SUB = 'sub/df219833-d97b-401b-b581-437a489229e0'
const UNCHANGED = 'unchanged: an update that changes nothing to write about'
const CHANGED_AT = '2026-11-10T12:00:00.000Z'

const A: Fields = { product_id: 'plan-a', product: { id: 'plan-a', name: 'Plan A' } }
const B: Fields = { product_id: 'plan-b', product: { id: 'plan-b', name: 'Plan B' } }

const updated = (at: string, data: Fields) => subscriptionTold('subscription.updated', at, data)
const cycled = (at: string, data: Fields) => subscriptionTold('subscription.cycled', at, data)

const state = cycled('2026-11-04T10:12:46Z', A)
const changed = updated(CHANGED_AT, B)

/** The order that a change brings; it is made in the same moment. */
const orderOf = (type: string, terms: Fields, { at = CHANGED_AT, id = 'change-order' } = {}) => {
  const { product, ...core } = terms
  return orderTold(type, at, {
    id,
    created_at: at,
    billing_reason: 'subscription_update',
    status: type === 'order.created' ? 'pending' : 'paid',
    product,
    product_id: core.product_id,
    subscription: { ...core, modified_at: at },
  })
}

describe('two changes of quantity within minutes', () => {
  const seats = (count: number) => ({ ...A, seats: count })
  const at = ['2026-11-10T12:00:00.000Z', '2026-11-10T12:04:00.000Z'] as const
  const payload = [
    updated(at[0], seats(7)),
    updated(at[1], seats(9)),
    orderOf('order.paid', seats(7), { at: at[0], id: 'order-7' }),
    orderOf('order.paid', seats(9), { at: at[1], id: 'order-9' }),
  ]

  test('each have their own order, in whatever order the orders come', () => {
    const five = cycled('2026-11-04T10:12:46Z', seats(5))
    for (const orders of permutations(payload.slice(2))) {
      const { state: all } = play([five, ...payload.slice(0, 2), ...orders])
      const [subscription] = Object.values(all.subscriptions)
      expect(subscription?.changes.map(({ to, order }) => [to.quantity?.count, order?.id])).toEqual(
        [
          [7, 'order-7'],
          [9, 'order-9'],
        ],
      )
    }
  })
})

describe('a change of plan', () => {
  const invoiced = [orderOf('order.created', B), changed, orderOf('order.paid', B)]
  const PLAN = [`subscription_updated ${SUB}/plan/1`]

  test('is mailed with what it was and what it is', () => {
    expect(play([state, changed]).messages[0]).toMatchObject({
      kind: 'subscription_updated',
      fact: `${SUB}/plan/1`,
      content: {
        plan: { name: 'Plan B' },
        before: { name: 'Plan A', quantity: null },
        change: 'plan',
      },
      productId: 'plan-b',
      target: 'subscription:df219833-d97b-401b-b581-437a489229e0',
    })
  })

  test('that is prorated later is one fact, however often it is told', () => {
    expect(facts([state, changed, changed, changed])).toEqual(PLAN)
  })

  test('with its order is one fact, whichever comes first and however often', () => {
    for (const events of arrivals(invoiced)) expect(facts([state, ...events])).toEqual(PLAN)
  })

  test('with its order is one fact of a subscription that nobody knew', () => {
    for (const events of arrivals(invoiced)) expect(facts(events)).toEqual(PLAN)
  })

  test('that only its order tells is mailed', () => {
    expect(play([state, orderOf('order.paid', B)]).messages[0]).toMatchObject({
      fact: `${SUB}/plan/1`,
      content: { plan: { name: 'Plan B' }, before: { name: 'Plan A' }, change: 'plan' },
    })
  })

  test('of a subscription with seats is one of plan too where its order comes first', () => {
    const seats = { seats: 5 }
    const { messages } = play([
      cycled('2026-11-04T10:12:46Z', { ...A, ...seats }),
      orderOf('order.paid', { ...B, ...seats }),
    ])
    expect(messages[0]?.content).toMatchObject({ plan: { name: 'Plan B' }, change: 'plan' })
  })

  test('is one fact where its update is late, and usage is told in between', () => {
    const usage = updated('2026-11-10T12:30:00Z', { ...B, amount: 4000 })
    for (const events of permutations([changed, usage, orderOf('order.paid', B)]))
      expect(facts([state, ...events])).toEqual(PLAN)
  })

  test('back and forth is a fact each time', () => {
    const at = (day: number) => `2026-11-${day}T12:00:00Z`
    const all = [updated(at(10), B), updated(at(11), A), updated(at(12), B)]
    const expected = [1, 2, 3].map((n) => `subscription_updated ${SUB}/plan/${n}`)
    expect(facts([state, ...all])).toEqual(expected)
    expect(facts([state, ...all, ...all, ...all.toReversed()])).toEqual(expected)
  })

  test('back and forth with an order each time is a fact each time', () => {
    const steps = [B, A, B].flatMap((terms, n) => {
      const at = `2026-11-${10 + n}T12:00:00.000Z`
      return [updated(at, terms), orderOf('order.paid', terms, { at, id: `order-${n}` })]
    })
    expect(facts([state, ...steps])).toHaveLength(3)
    expect(facts([state, ...steps, ...steps])).toHaveLength(3)
  })

  test('is not seen in the first that is heard of a subscription', () => {
    expect(play([changed]).last).toBe(UNCHANGED)
  })

  test.each([
    ['usage', updated('2026-11-09T00:00:00Z', { ...A, amount: 100 })],
    ['a creation', subscriptionTold('subscription.created', '2026-11-03T00:00:00Z', A)],
  ])('is not undone by %s that comes late', (_, late) => {
    expect(facts([state, changed, late, updated('2026-11-12T00:00:00Z', B)])).toEqual(PLAN)
  })

  test.each([
    [
      'an order',
      orderTold('order.paid', '2026-12-04T10:13:02Z', {
        created_at: '2026-12-04T10:12:48Z',
        product: B.product,
        subscription: { product_id: 'plan-b', modified_at: '2026-12-04T10:12:47Z' },
      }),
    ],
    ['an end', subscriptionTold('subscription.revoked', '2026-12-04T10:12:47Z', B)],
  ])('is not made up by what comes late, where all that was known is %s', (_, first) => {
    const late = updated('2026-11-05T00:00:00Z', A)
    expect(play([first, late]).last).toBe(UNCHANGED)
  })

  test('that only its order told is not taken for the one of a week later', () => {
    const C: Fields = { product_id: 'plan-c', product: { id: 'plan-c', name: 'Plan C' } }
    const later = updated('2026-11-17T12:00:00Z', C)
    expect(facts([state, orderOf('order.paid', B), later])).toHaveLength(2)
  })

  test('that ends a trial at once is mailed, whichever of its events comes first', () => {
    const trial = { ...A, status: 'trialing', trial_end: '2026-11-24T08:00:00Z' }
    const over = { ...B, trial_end: CHANGED_AT, current_period_start: CHANGED_AT }
    const started = subscriptionTold('subscription.created', '2026-11-03T00:00:00Z', trial)
    for (const events of permutations([cycled(CHANGED_AT, over), updated(CHANGED_AT, over)]))
      expect(facts([started, ...events])).toEqual(PLAN)
  })

  test('that is a week old is not taken for the order of another', () => {
    const week = '2026-11-17T12:00:00.000Z'
    const seats = orderOf('order.paid', { ...B, seats: 5 }, { at: week, id: 'a-week-later' })
    expect(facts([state, changed, seats])).toHaveLength(2)
  })
})

describe('a change of quantity', () => {
  const of = (seats: number) => ({ ...A, seats })
  const five = cycled('2026-11-04T10:12:46Z', of(5))
  const seven = updated(CHANGED_AT, of(7))

  test('is mailed with how many there were and are', () => {
    expect(play([five, seven]).messages[0]).toMatchObject({
      fact: `${SUB}/qty/1`,
      content: {
        plan: { quantity: { count: 7, of: 'seat' } },
        before: { name: null, quantity: { count: 5, of: 'seat' } },
        change: 'quantity',
      },
    })
  })

  test('counts units like seats', () => {
    const before = cycled('2026-11-04T10:12:46Z', { ...A, units: 10 })
    expect(play([before, updated(CHANGED_AT, { ...A, units: 20 })]).messages[0]).toMatchObject({
      fact: `${SUB}/qty/1`,
      content: { plan: { quantity: { count: 20, of: 'unit' } } },
    })
  })

  test('with its order is one fact, whichever comes first and however often', () => {
    const all = [orderOf('order.created', of(7)), seven, orderOf('order.paid', of(7))]
    for (const events of arrivals(all))
      expect(facts([five, ...events])).toEqual([`subscription_updated ${SUB}/qty/1`])
  })

  test('that follows another within minutes is a fact of its own, with or without orders', () => {
    const soon = '2026-11-10T12:05:00.000Z'
    const all = [
      seven,
      orderOf('order.paid', of(7)),
      updated(soon, of(9)),
      orderOf('order.paid', of(9), { at: soon, id: 'soon-order' }),
    ]
    expect(facts([five, ...all])).toHaveLength(2)
    expect(facts([five, ...all, ...all])).toHaveLength(2)
    expect(facts([five, seven, updated(soon, of(9))])).toHaveLength(2)
  })

  test('that follows another within the hour is a fact of its own, though its order comes first', () => {
    const later = '2026-11-10T13:00:00.000Z'
    const order = orderOf('order.paid', of(9), { at: later, id: 'later-order' })
    for (const events of permutations([order, updated(later, of(9))]))
      expect(facts([five, seven, ...events])).toHaveLength(2)
    expect(play([five, seven, order]).messages.at(-1)?.fact).toBe(`${SUB}/qty/2`)
  })

  test('told together with one of plan is one of plan', () => {
    const { messages } = play([five, updated(CHANGED_AT, { ...B, seats: 7 })])
    expect(messages[0]?.content).toMatchObject({
      change: 'plan',
      before: { name: 'Plan A', quantity: { count: 5, of: 'seat' } },
    })
  })
})

describe('an update that is no change', () => {
  test('is not mailed about, however chatty usage is', () => {
    const usage = Array.from({ length: 20 }, (_, n) =>
      updated(`2026-11-10T12:00:${n + 10}Z`, { ...A, amount: n, meters: [{ consumed_units: n }] }),
    )
    const { outcomes } = play([state, ...usage])
    expect(new Set(outcomes.slice(1))).toEqual(new Set([UNCHANGED]))
  })
})
