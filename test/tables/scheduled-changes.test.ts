// A change that is announced for the next period: mailed when it is announced, silent when it takes effect.

import { describe, expect, test } from 'vitest'
import {
  arrivals,
  type Fields,
  facts,
  kindsOf,
  orderTold,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const A: Fields = { product_id: 'plan-a', product: { id: 'plan-a', name: 'Plan A' } }
const B: Fields = { product_id: 'plan-b', product: { id: 'plan-b', name: 'Plan B' } }
const APPLIES = '2026-12-04T10:12:45.120Z'
const ANNOUNCED = '2026-11-10T12:00:00.000Z'
const RENEWED = '2026-12-04T10:12:46.000Z'
const NEXT = { current_period_start: APPLIES, current_period_end: '2027-01-04T10:12:45.120Z' }

const updated = (at: string, data: Fields) => subscriptionTold('subscription.updated', at, data)
const cycled = (at: string, data: Fields) => subscriptionTold('subscription.cycled', at, data)

const pending = (change: Fields = { product_id: 'plan-b' }, id = 'pending-1') => ({
  pending_update: { id, created_at: ANNOUNCED, applies_at: APPLIES, ...change },
})

const state = cycled('2026-11-04T10:12:46Z', A)
const announced = updated(ANNOUNCED, { ...A, ...pending() })
const renewal = orderTold('order.paid', '2026-12-04T10:13:02Z', {
  id: 'december',
  created_at: '2026-12-04T10:12:48Z',
  product: B.product,
  subscription: { ...NEXT, product_id: 'plan-b' },
})
const takesEffect = [
  cycled(RENEWED, { ...B, ...NEXT, pending_update: null }),
  updated('2026-12-04T10:12:47Z', { ...B, ...NEXT, pending_update: null }),
  renewal,
]
const FACT = 'pending/pending-1/plan-b///2026-12-04T10:12:45.120Z'
const SCHEDULED = `subscription_change_scheduled ${FACT}`

describe('a change announced for the next period', () => {
  test('is mailed with what it will be, and when', () => {
    expect(play([state, announced]).messages[0]).toMatchObject({
      kind: 'subscription_change_scheduled',
      fact: FACT,
      content: {
        plan: { name: 'Plan A' },
        appliesAt: APPLIES,
        nextProductId: 'plan-b',
        nextQuantity: null,
      },
      target: 'subscription:df219833-d97b-401b-b581-437a489229e0',
    })
  })

  test.each([
    ['of seats', { seats: 9 }, { count: 9, of: 'seat' }],
    ['of units', { units: 90 }, { count: 90, of: 'unit' }],
    ['of seats, which names the plan that it is', { seats: 9, product_id: 'plan-a' }, { count: 9 }],
  ])('%s names no other plan', (_, change, quantity) => {
    const { messages } = play([state, updated(ANNOUNCED, { ...A, ...pending(change) })])
    expect(messages[0]?.content).toMatchObject({ nextProductId: null, nextQuantity: quantity })
  })

  test('is one fact, however often it is told and whatever else changes', () => {
    const usage = updated('2026-11-11T00:00:00Z', { ...A, ...pending(), amount: 4000 })
    for (const events of arrivals([announced, usage]))
      expect(facts([state, ...events])).toEqual([SCHEDULED])
  })

  test('says nothing when it takes effect with the renewal, in whatever order that is told', () => {
    for (const events of arrivals(takesEffect))
      expect(facts([state, announced, ...events])).toEqual([
        SCHEDULED,
        'subscription_cycled order/december/renewed',
      ])
  })

  test('says why it is silent when it takes effect', () => {
    const { outcomes } = play([state, announced, ...takesEffect])
    expect(outcomes[2]).toBe('folded: a change that was announced')
  })

  test('says nothing when it takes effect though its announcement was never told', () => {
    expect(play([state, ...takesEffect.slice(0, 1)]).last).toBe(
      'folded: a change that comes with a renewal, whose receipt names it',
    )
  })

  test('that nobody announced is told by the receipt of its renewal alone, whatever comes first', () => {
    for (const events of arrivals(takesEffect))
      expect(facts([state, ...events])).toEqual(['subscription_cycled order/december/renewed'])
  })

  test('is recorded as stale where it is told only after the renewal that brought it', () => {
    const STALE = 'stale: a change announced for later, which has come or was taken back by now'
    expect(play([state, ...takesEffect, announced]).last).toBe(STALE)
    expect(play([state, updated('2026-11-12T00:00:00Z', A), announced]).last).toBe(STALE)
  })

  test('of seats says nothing either when it takes effect', () => {
    const ask = updated(ANNOUNCED, { ...A, seats: 5, ...pending({ seats: 9 }) })
    const done = [
      cycled(RENEWED, { ...A, ...NEXT, seats: 9 }),
      updated('2026-12-04T10:12:47Z', { ...A, ...NEXT, seats: 9 }),
    ]
    for (const events of permutations(done))
      expect(kindsOf([ask, ...events])).toEqual(['subscription_change_scheduled'])
  })

  test('that is replaced by another is mailed again', () => {
    const other = updated('2026-11-11T00:00:00Z', {
      ...A,
      ...pending({ product_id: 'plan-c' }, 'pending-2'),
    })
    expect(facts([state, announced, other])).toEqual([
      SCHEDULED,
      'subscription_change_scheduled pending/pending-2/plan-c///2026-12-04T10:12:45.120Z',
    ])
  })

  test('that another joins is mailed again, under whatever id', () => {
    const joined = updated('2026-11-11T00:00:00Z', { ...A, ...pending({ seats: 9 }) })
    expect(facts([state, announced, joined])).toHaveLength(2)
  })

  test('that is taken back and announced anew is mailed again', () => {
    const anew = updated('2026-11-12T00:00:00Z', { ...A, ...pending(undefined, 'pending-2') })
    expect(facts([state, announced, updated('2026-11-11T00:00:00Z', A), anew])).toHaveLength(2)
  })

  test('is mailed once more when it is brought forward, which is news', () => {
    const now = updated('2026-11-12T00:00:00Z', { ...B, pending_update: null })
    expect(kindsOf([state, announced, now])).toEqual([
      'subscription_change_scheduled',
      'subscription_updated',
    ])
  })

  test.each([
    ['another plan', { product_id: 'plan-c', product: { id: 'plan-c', name: 'Plan C' } }],
    ['the plan in another number', { ...B, seats: 3 }],
  ])('leaves a change told to what was not announced: %s', (_, change) => {
    const ask = updated(ANNOUNCED, { ...A, ...pending({ product_id: 'plan-b', seats: 9 }) })
    const now = updated('2026-11-12T00:00:00Z', { ...change, pending_update: null })
    expect(kindsOf([state, ask, now])).toEqual([
      'subscription_change_scheduled',
      'subscription_updated',
    ])
  })

  test.each([
    ['another plan', { product_id: 'plan-c', product: { id: 'plan-c', name: 'Plan C' } }],
    ['the plan in another number', { ...B, seats: 3 }],
  ])('leaves a change told that comes in its time and is another: %s', (_, change) => {
    const seats = 'seats' in change ? 9 : null
    const ask = updated(ANNOUNCED, { ...A, ...pending({ product_id: 'plan-b', seats }) })
    const then = updated('2026-12-04T10:12:46Z', { ...change, pending_update: null })
    expect(kindsOf([state, ask, then])).toEqual([
      'subscription_change_scheduled',
      'subscription_updated',
    ])
  })

  test('is told by its update, though another event shows it first', () => {
    const snapshot = subscriptionTold('subscription.active', ANNOUNCED, { ...A, ...pending() })
    for (const events of permutations([snapshot, announced]))
      expect(facts([state, ...events])).toEqual([SCHEDULED])
  })

  test('is not taken for the change of an order that follows its renewal at once', () => {
    const soon = '2026-12-04T10:15:00.000Z'
    const C: Fields = { product_id: 'plan-c', product: { id: 'plan-c', name: 'Plan C' } }
    const order = orderTold('order.paid', soon, {
      ...{ id: 'soon', created_at: soon, billing_reason: 'subscription_update' },
      product: C.product,
      subscription: { product_id: 'plan-c', modified_at: soon },
    })
    for (const events of permutations([order, updated(soon, { ...C, ...NEXT })]))
      expect(kindsOf([state, announced, ...takesEffect, ...events])).toEqual([
        'subscription_change_scheduled',
        'subscription_cycled',
        'subscription_updated',
      ])
  })

  test('is not mailed where it was announced before we went live and is only seen now', () => {
    const usage = updated('2026-11-20T00:00:00Z', { ...A, ...pending() })
    const { messages } = play([usage], { liveSince: Date.parse('2026-11-15T00:00:00Z') })
    expect(messages).toEqual([])
  })

  test('leaves a change of quantity told that was told before it came', () => {
    const ask = updated(ANNOUNCED, { ...A, seats: 5, ...pending() })
    const seven = updated('2026-11-11T00:00:00Z', { ...A, seats: 7, ...pending() })
    const five = cycled('2026-11-04T10:12:46Z', { ...A, seats: 5 })
    for (const events of permutations([ask, seven]))
      expect(kindsOf([five, ...events])).toEqual([
        'subscription_change_scheduled',
        'subscription_updated',
      ])
  })
})

describe('an announcement of an odd shape', () => {
  test.each([
    ['without an id', { id: null }],
    ['with an id of nothing', { id: '' }],
    ['without a date', { applies_at: null }],
    ['with a date that is none', { applies_at: 'soon' }],
    ['of seats below none', { seats: -4, product_id: null }],
  ])('%s neither throws nor says what is not so', (_, change) => {
    const odd = updated(ANNOUNCED, { ...A, ...pending(change) })
    for (const { content } of play([state, odd]).messages)
      expect(content).toMatchObject({ nextQuantity: null, appliesAt: APPLIES })
  })

  test.each([
    ['text', 'next'],
    ['a list', []],
    ['a number', 7],
  ])('may be %s', (_, odd) => {
    expect(kindsOf([state, updated(ANNOUNCED, { ...A, pending_update: odd })])).toEqual([])
  })
})
