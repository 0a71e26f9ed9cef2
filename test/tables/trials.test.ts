// Trials, usage and final invoices: paid orders that are neither a purchase nor a renewal.

import { describe, expect, test } from 'vitest'
import {
  arrivals,
  body,
  type Fields,
  facts,
  kindsOf,
  orderTold,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const SUB = 'sub/4462ebfc-5f91-4ef0-9cfb-ac6e7687a66e'
const STARTED = '2026-11-10T08:00:00.000Z'
const TRIAL_END = '2026-11-24T08:00:00.000Z'
const STARTED_FACT = `trial_started ${SUB}/trial/${STARTED}`
const CONVERTED_FACT = `subscription_cycled_after_trial ${SUB}/trial-converted/${TRIAL_END}`

const started = [
  body('subscription.created'),
  body('subscription.active'),
  body('subscription.updated.trialing'),
  body('order.paid.trial-start'),
]
const CONVERTED_AT = { modified_at: '2026-11-24T08:00:01Z' }
const cycled = body('subscription.cycled.after-trial', CONVERTED_AT)
const converted = body('order.paid.trial-converted')
const opened = body(
  'order.paid.trial-converted',
  { status: 'pending', modified_at: null },
  { type: 'order.created', timestamp: '2026-11-24T08:00:04Z' },
)

describe('a trial', () => {
  test('that starts is told in four events and is one fact, in whatever order they come', () => {
    for (const events of arrivals(started)) expect(facts(events)).toEqual([STARTED_FACT])
  })

  test('says when it ends and what it costs then', () => {
    expect(play([body('order.paid.trial-start')]).messages[0]).toMatchObject({
      content: {
        plan: { name: 'Studio Plan' },
        trialEndsAt: TRIAL_END,
        price: { value: 2900, currency: 'usd' },
      },
      target: 'subscription:4462ebfc-5f91-4ef0-9cfb-ac6e7687a66e',
    })
  })

  test('names no price where that depends on usage', () => {
    const { messages } = play([body('order.paid.trial-start', { subscription: { amount: 0 } })])
    expect(messages[0]?.content).toMatchObject({ price: null })
  })

  test('without an end of its own ends with its period', () => {
    const { messages } = play([
      body('order.paid.trial-start', { subscription: { trial_end: null } }),
    ])
    expect(messages[0]?.content).toMatchObject({ trialEndsAt: TRIAL_END })
  })

  test('that turns into a paid subscription is one fact, whichever of its events comes first', () => {
    for (const events of arrivals([cycled, opened, converted]))
      expect(facts([...started, ...events])).toEqual([CONVERTED_FACT, STARTED_FACT])
  })

  test('that turns into one whose first charge fails is mended, and neither renewed nor begun', () => {
    const pastDueAt = '2026-11-24T08:00:10.000Z'
    const inPeriod = { current_period_start: TRIAL_END, past_due_at: pastDueAt }
    const failed = body(
      'subscription.cycled.after-trial',
      { ...inPeriod, status: 'past_due', modified_at: pastDueAt },
      { type: 'subscription.past_due', timestamp: pastDueAt },
    )
    const paid = body(
      'order.paid.trial-converted',
      { modified_at: '2026-11-26T08:00:00Z' },
      { timestamp: '2026-11-26T08:00:00Z' },
    )
    for (const rest of permutations([cycled, opened, paid]))
      expect(facts([...started, failed, ...rest])).toEqual([
        `payment_recovered ${SUB}/recovered/${pastDueAt}`,
        `subscription_past_due ${SUB}/past-due/${pastDueAt}`,
        STARTED_FACT,
      ])
  })

  test('that is moved is converted at its new end', () => {
    const later = '2026-12-01T08:00:00.000Z'
    const moved = body('order.paid.trial-converted', {
      subscription: { trial_end: later, current_period_start: later },
    })
    expect(facts([...started, moved])).toEqual([
      `subscription_cycled_after_trial ${SUB}/trial-converted/${later}`,
      STARTED_FACT,
    ])
  })

  test('leaves the renewal after its conversion a renewal', () => {
    const next = body('order.paid.trial-converted', {
      id: 'december',
      created_at: '2026-12-24T08:00:04Z',
      subscription: { current_period_start: '2026-12-24T08:00:00Z' },
    })
    expect(kindsOf([...started, converted, next])).toEqual([
      'subscription_cycled',
      'subscription_cycled_after_trial',
      'trial_started',
    ])
  })
})

const invoice = (data: Fields) => orderTold('order.paid', '2026-11-20T10:00:00Z', data)

describe('an invoice', () => {
  test('of usage within a period is a fact of its own for each order', () => {
    const usage = (id: string) => invoice({ id, billing_reason: 'subscription_meter_cycle' })
    expect(facts([usage('one'), usage('two'), usage('one')])).toEqual([
      'subscription_usage_invoice order/one/usage',
      'subscription_usage_invoice order/two/usage',
    ])
  })

  test('of usage leads to its order and shows it', () => {
    const { messages } = play([invoice({ id: 'one', billing_reason: 'subscription_meter_cycle' })])
    expect(messages[0]).toMatchObject({ target: 'order:one', content: { order: { paid: 2900 } } })
  })

  test('of usage says nothing of the failed charge of its period', () => {
    const usage = invoice({ id: 'one', billing_reason: 'subscription_meter_cycle' })
    expect(kindsOf([body('subscription.past_due'), usage])).toEqual([
      'subscription_past_due',
      'subscription_usage_invoice',
    ])
  })

  test('that comes after the end is the last one, beside the email of the end, in either order', () => {
    const endedAt = '2026-12-04T10:12:51.000Z'
    const over = { status: 'canceled', ended_at: endedAt }
    const last = invoice({ id: 'last', created_at: '2026-12-04T10:12:54Z', subscription: over })
    const payload = [
      subscriptionTold('subscription.updated', endedAt, over),
      subscriptionTold('subscription.revoked', endedAt, over),
      last,
    ]
    for (const events of arrivals(payload))
      expect(facts(events)).toEqual([
        'subscription_final_invoice order/last/final',
        `subscription_revoked sub/df219833-d97b-401b-b581-437a489229e0/ended/${endedAt}`,
      ])
    expect(play([last]).messages[0]?.content).toMatchObject({ endedAt, order: { id: 'last' } })
  })

  const over = { status: 'canceled', ended_at: '2026-12-04T10:12:51Z' }

  test.each([
    [
      'before the end is a renewal',
      '2026-12-04T10:11:50Z',
      'subscription_cycled order/one/renewed',
    ],
    [
      'with the end is the last one',
      '2026-12-04T10:12:49Z',
      'subscription_final_invoice order/one/final',
    ],
  ])('that was made %s, though it is found after it', (_, created_at, fact) => {
    const found = invoice({ id: 'one', created_at, subscription: over })
    const ended = subscriptionTold('subscription.revoked', '2026-12-04T10:12:51Z', over)
    for (const events of arrivals([ended, found])) expect(facts(events)).toContain(fact)
  })

  test('that came before the end and is found again after it is one renewal', () => {
    const made = { id: 'one', created_at: '2026-12-01T10:12:48Z' }
    expect(facts([invoice(made), invoice({ ...made, subscription: over })])).toEqual([
      'subscription_cycled order/one/renewed',
    ])
  })
})

describe('a paid order whose failure is told late', () => {
  const failedAt = '2026-11-24T08:00:10.000Z'
  const trialFailed = body(
    'subscription.cycled.after-trial',
    { status: 'past_due', past_due_at: failedAt, modified_at: failedAt },
    { type: 'subscription.past_due', timestamp: failedAt },
  )
  const paid = orderTold('order.paid', '2026-11-06T10:14:01Z')
  const failed = body('subscription.past_due')

  test.each([
    ['a renewal', paid, failed],
    ['the end of a trial', converted, trialFailed],
  ])('is one email about its payment, however often it is told: %s', (_, order, failure) => {
    const aboutPayment = facts([order, failure, order]).filter((fact) => !/past_due/.test(fact))
    expect(aboutPayment).toHaveLength(1)
  })

  test.each([
    ['a renewal', paid, failed],
    ['the end of a trial', converted, trialFailed],
  ])('says the same when it is understood again after that: %s', (_, order, failure) => {
    const { plans, again } = play([order, failure])
    expect(again('in the end')).toEqual(plans)
  })

  test('is one email where usage was paid for in between', () => {
    const usage = invoice({ id: 'usage', billing_reason: 'subscription_meter_cycle' })
    expect(kindsOf([failed, usage, paid, paid])).toEqual([
      'payment_recovered',
      'subscription_past_due',
      'subscription_usage_invoice',
    ])
  })
})
