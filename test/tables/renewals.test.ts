// Polar tells six different facts as one: a paid order of a cycle. What came before says which of them it is.

import { describe, expect, test } from 'vitest'
import { arrivals, body, kindsOf, orderTold, play, subscriptionTold } from './build.ts'

const NOVEMBER = '2026-11-04T10:12:45.120934Z'
const DECEMBER = '2026-12-04T10:12:45.120934Z'

const renewal = (paidAt: string, data = {}) => orderTold('order.paid', paidAt, data)

const november = renewal('2026-11-04T10:13:02Z')

const inDecember = {
  id: '0b3e9c53-7b3a-4f27-9c1e-7d51b3a4d3f0',
  created_at: '2026-12-04T10:12:48Z',
  subscription: { current_period_start: DECEMBER },
}
const december = renewal('2026-12-04T10:13:02Z', inDecember)

describe('a paid cycle', () => {
  test.each([
    ['by itself is a renewal', november, 'subscription_cycled'],
    [
      'that begins where the trial ended is its conversion',
      renewal('2026-11-04T10:13:02Z', { subscription: { trial_end: NOVEMBER } }),
      'subscription_cycled_after_trial',
    ],
    [
      'that begins where the trial ended, spelled otherwise, is its conversion too',
      renewal('2026-11-04T10:13:02Z', {
        subscription: { trial_end: '2026-11-04T10:12:45.120Z' },
      }),
      'subscription_cycled_after_trial',
    ],
    [
      'of a subscription whose trial is long over is a renewal',
      renewal('2026-11-04T10:13:02Z', {
        subscription: { trial_end: '2026-10-04T10:12:45.120934Z' },
      }),
      'subscription_cycled',
    ],
    [
      'of an ended subscription is its final invoice',
      renewal('2026-11-04T10:13:02Z', { subscription: { ended_at: NOVEMBER } }),
      'subscription_final_invoice',
    ],
    [
      'of a subscription that ended with its trial is its final invoice',
      renewal('2026-11-04T10:13:02Z', {
        subscription: { ended_at: NOVEMBER, trial_end: NOVEMBER },
      }),
      'subscription_final_invoice',
    ],
  ])('%s', (_, raw, expected) => {
    expect(play([raw]).last).toBe(expected)
  })
})

describe('a pause', () => {
  const paused = subscriptionTold('subscription.paused', '2026-11-20T00:00:00Z', {
    status: 'paused',
  })
  const resumed = subscriptionTold('subscription.resumed', '2026-12-04T10:12:46Z', {
    status: 'active',
    current_period_start: DECEMBER,
  })
  const AFTER_PAUSE = 'subscription_resumed'
  const later = '2027-01-04T10:12:45.120934Z'
  const january = renewal('2027-01-04T10:13:02Z', {
    id: '7b0a2f6e-40a5-4f7c-8a38-8e2a4a5f1a11',
    created_at: '2027-01-04T10:12:48Z',
    subscription: { current_period_start: later },
  })

  test('makes no renewal of the charge that ends it', () => {
    expect(play([paused, resumed, december]).last).toBe(AFTER_PAUSE)
  })

  test('makes none of it when the charge is told first', () => {
    expect(play([paused, december]).last).toBe(AFTER_PAUSE)
  })

  test('makes none of it when its own beginning was never told', () => {
    expect(play([resumed, december]).last).toBe(AFTER_PAUSE)
  })

  test('makes none of it when its beginning is told late', () => {
    expect(play([resumed, paused, december]).last).toBe(AFTER_PAUSE)
  })

  test('makes none of it when only updates tell of the pause and of its end', () => {
    const updates = [
      subscriptionTold('subscription.updated', '2026-11-20T00:00:00Z', { status: 'paused' }),
      subscriptionTold('subscription.updated', '2026-12-04T10:12:46Z', {
        status: 'active',
        current_period_start: DECEMBER,
      }),
    ]
    expect(play([...updates, december]).last).toBe(AFTER_PAUSE)
  })

  test('leaves the renewal after it a renewal', () => {
    expect(play([paused, resumed, december, january]).last).toBe('subscription_cycled')
  })

  test('leaves the renewal before it a renewal, even one that is told during the pause', () => {
    expect(play([paused, november]).last).toBe('subscription_cycled')
  })

  test('is remembered for more than one period', () => {
    const over = { current_period_start: later }
    const again = subscriptionTold('subscription.resumed', '2027-01-04T10:12:46Z', over)
    expect(play([resumed, again, december, january]).outcomes.slice(2)).toEqual([
      AFTER_PAUSE,
      AFTER_PAUSE,
    ])
  })
})

describe('a failed charge that is mended', () => {
  const opened = orderTold('order.created', '2026-11-04T10:12:48.310555Z', { status: 'pending' })
  const pastDue = body('subscription.past_due')
  const active = subscriptionTold('subscription.active', '2026-11-06T10:14:00Z')
  const mended = renewal('2026-11-06T10:14:01Z')
  const MENDED = 'payment_recovered'

  test.each([
    ['in the order in which it happens', [opened, pastDue, active, mended]],
    ['when the state is active again before the payment is told', [pastDue, active, mended]],
    ['when the payment is told before the state is active again', [pastDue, mended]],
    ['when the failure is told last but for the payment', [active, opened, pastDue, mended]],
    ['when only the update told of the failure', [body('subscription.updated.past-due'), mended]],
  ])('is no renewal, %s', (_, events) => {
    expect(play(events).last).toBe(MENDED)
  })

  test('leaves the renewal of the next period a renewal', () => {
    expect(play([opened, pastDue, active, mended, december]).last).toBe('subscription_cycled')
  })

  test('leaves the renewal of the next period a renewal, even one that is told first', () => {
    expect(play([pastDue, december, active, mended]).outcomes).toEqual([
      'subscription_past_due',
      'subscription_cycled',
      'not_mapped: subscription.active',
      MENDED,
    ])
  })

  test('leaves the renewal of the period before it a renewal, even one that is told late', () => {
    const october = renewal('2026-10-04T10:13:02Z', {
      id: '9c2b0b6e-0a38-4a2c-9a53-9a1b2c3d4e5f',
      created_at: '2026-10-04T10:12:48Z',
      subscription: { current_period_start: '2026-10-04T10:12:45.120934Z' },
    })
    expect(play([pastDue, active, mended, october]).last).toBe('subscription_cycled')
  })

  test('is no renewal either when the next failure is told before its payment', () => {
    const failsAgain = body(
      'subscription.past_due',
      {
        modified_at: '2026-12-04T10:13:01.950000Z',
        past_due_at: '2026-12-04T10:13:01.900000Z',
        current_period_start: DECEMBER,
      },
      { timestamp: '2026-12-04T10:13:02Z' },
    )
    const { outcomes } = play([pastDue, active, failsAgain, mended, december])
    expect(outcomes.slice(3)).toEqual([MENDED, MENDED])
  })

  test('leaves an order a renewal that was opened after the failure', () => {
    const data = { ...inDecember, subscription: { current_period_start: NOVEMBER } }
    expect(play([pastDue, active, renewal('2026-12-04T10:13:02Z', data)]).last).toBe(
      'subscription_cycled',
    )
  })

  test('says "failed", then "mended", and never "renewed", whatever order the rest comes in once the failure is told', () => {
    for (const rest of arrivals([opened, active, mended])) {
      expect(kindsOf([pastDue, ...rest])).toEqual(['payment_recovered', 'subscription_past_due'])
    }
  })
})

describe('a renewal of a plan that costs nothing', () => {
  const prices = (...types: string[]) =>
    subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', {
      prices: types.map((amount_type) => ({ amount_type })),
    })
  const nothing = { subtotal_amount: 0, total_amount: 0, due_amount: 0, items: [] }
  const ofNothing = renewal('2026-11-04T10:13:02Z', nothing)
  const byCredit = renewal('2026-11-04T10:13:02Z', { ...nothing, applied_balance_amount: -2900 })
  const byDiscount = renewal('2026-11-04T10:13:02Z', {
    ...nothing,
    subtotal_amount: 2900,
    discount_amount: 2900,
    discount: { name: 'Friends', code: 'FRIENDS100' },
  })
  const FREE = 'free_renewal: the renewal of a free plan'

  test.each([
    ['is not mailed, by its prices', [prices('free'), ofNothing], FREE],
    ['is not mailed by its prices, whatever credit there is', [prices('free'), byCredit], FREE],
    [
      'is not mailed when all of several prices are free',
      [prices('free', 'free'), ofNothing],
      FREE,
    ],
    ['is not mailed where no prices are known', [ofNothing], FREE],
    ['is not mailed where the prices are told as none', [prices(), ofNothing], FREE],
    [
      'is mailed if one price is not free',
      [prices('free', 'metered_unit'), ofNothing],
      'subscription_cycled',
    ],
    [
      'is mailed if a price is of an unknown type',
      [prices('free', 'barter'), ofNothing],
      'subscription_cycled',
    ],
    ['is mailed if a discount took it all off', [byDiscount], 'subscription_cycled'],
    [
      'is mailed if a discount took it all off a plan with prices',
      [prices('fixed'), byDiscount],
      'subscription_cycled',
    ],
    [
      'is mailed if credit paid for it',
      [renewal('2026-11-04T10:13:02Z', { applied_balance_amount: -2900 })],
      'subscription_cycled',
    ],
    [
      'is mailed if it did cost something and the plan became free only later',
      [prices('free'), november],
      'subscription_cycled',
    ],
  ])('%s', (_, events, expected) => {
    expect(play(events).last).toBe(expected)
  })

  test('goes by the newest prices, not by those that came last', () => {
    const older = subscriptionTold('subscription.updated', '2026-10-04T10:12:46Z', {
      prices: [{ amount_type: 'fixed' }],
    })
    expect(play([prices('free'), older, ofNothing]).last).toBe(FREE)
  })
})
