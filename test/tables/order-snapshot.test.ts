// The subscription inside an order is a snapshot that may be older than the order, and older than what other events told.

import { describe, expect, test } from 'vitest'
import { productOf } from '../../src/events/content.ts'
import { readOrder } from '../../src/events/event.ts'
import { fixture } from '../support/events.ts'
import { orderTold, play, subscriptionTold } from './build.ts'

const NOVEMBER = '2026-11-04T10:12:45.120Z'
const DECEMBER = '2026-12-04T10:12:45.120Z'
const JANUARY = '2027-01-04T10:12:45.120Z'

const PAID_AT = '2026-12-04T10:13:02Z'

/** A renewal that is paid in December. */
const renewal = (subscription: object = {}) =>
  orderTold('order.paid', PAID_AT, {
    id: '0b3e9c53-7b3a-4f27-9c1e-7d51b3a4d3f0',
    created_at: '2026-12-04T10:12:48Z',
    subscription: {
      current_period_start: DECEMBER,
      current_period_end: JANUARY,
      modified_at: '2026-12-04T10:12:47Z',
      ...subscription,
    },
  })

/** The same, with the subscription as it was before the new period began. */
const STALE = {
  current_period_start: NOVEMBER,
  current_period_end: DECEMBER,
  modified_at: '2026-11-04T10:12:47Z',
}

const cycled = (change: object = {}) =>
  subscriptionTold('subscription.cycled', '2026-12-04T10:12:46Z', {
    current_period_start: DECEMBER,
    current_period_end: JANUARY,
    ...change,
  })

const messageOf = (...events: string[]) => {
  const plan = play(events).plans.at(-1)
  if (!plan || !('message' in plan)) throw new Error('no message')
  return plan.message
}

const renewsAt = (...events: string[]) =>
  (messageOf(...events).content as { plan: { renewsAt: string | null } }).plan.renewsAt

describe('the next renewal in a receipt', () => {
  test('is that of the order where nothing newer was told', () => {
    expect(renewsAt(renewal())).toBe(JANUARY)
  })

  test('is left out where the snapshot is older than the order and nothing newer was told', () => {
    expect(renewsAt(renewal(STALE))).toBeNull()
  })

  test('is what a newer event told', () => {
    expect(renewsAt(cycled(), renewal(STALE))).toBe(JANUARY)
  })

  test('is never that of an older event', () => {
    expect(
      renewsAt(
        subscriptionTold('subscription.updated', '2026-11-20T00:00:00Z', {
          current_period_start: NOVEMBER,
          current_period_end: DECEMBER,
        }),
        renewal(),
      ),
    ).toBe(JANUARY)
  })

  test.each([
    ['cancelled', { cancel_at_period_end: true, canceled_at: PAID_AT }],
    ['over', { status: 'canceled', ended_at: PAID_AT }],
    ['paused', { status: 'paused', paused_at: PAID_AT }],
  ])('is left out where a newer event told that the subscription is %s', (_, change) => {
    const newer = subscriptionTold('subscription.updated', '2026-12-04T10:14:00Z', {
      current_period_start: DECEMBER,
      current_period_end: JANUARY,
      ...change,
    })
    expect(renewsAt(newer, renewal())).toBeNull()
  })
})

describe('what a paid cycle is taken for, by an older snapshot', () => {
  test('the order of a trial that ended is its conversion', () => {
    const trial = { ...STALE, status: 'trialing', trial_start: NOVEMBER, trial_end: DECEMBER }
    expect(play([renewal(trial)]).last).toBe('subscription_cycled_after_trial')
  })

  test('the order that pays a failed charge is its recovery', () => {
    const pastDue = subscriptionTold('subscription.past_due', '2026-12-04T10:12:50Z', {
      status: 'past_due',
      past_due_at: '2026-12-04T10:12:50Z',
      current_period_start: DECEMBER,
      current_period_end: JANUARY,
    })
    expect(play([pastDue, renewal(STALE)]).last).toBe('payment_recovered')
  })

  test('the first charge after a pause is told with its resumption', () => {
    const resumed = subscriptionTold('subscription.resumed', '2026-12-04T10:12:46Z', {
      status: 'active',
      current_period_start: DECEMBER,
      current_period_end: JANUARY,
    })
    const { plans } = play([resumed, renewal({ ...STALE, status: 'active' })])
    const facts = plans.map((plan) => 'message' in plan && plan.message.fact)
    expect(facts[1]).toBe(facts[0])
  })
})

describe('an order without a product', () => {
  const named = (change: object) => {
    const order = readOrder(
      { ...fixture('order.created.purchase').data, product: null, ...change },
      0,
    )
    if ('unreadable' in order) throw new Error(order.unreadable)
    return productOf(order)
  }

  test.each([
    ['its description', { description: 'Wallet top-up' }, 'Wallet top-up'],
    [
      'its first item that has a label',
      {
        description: null,
        items: [
          { label: '', amount: 1 },
          { label: 'Credits', amount: 2 },
        ],
      },
      'Credits',
    ],
    ['its number', { description: null, items: [], invoice_number: 'LARK-7' }, 'LARK-7'],
  ])('is named by %s', (_, change, name) => {
    expect(named(change)).toBe(name)
  })
})
