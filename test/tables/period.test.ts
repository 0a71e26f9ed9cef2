// Which period an order pays for, and that what depends on it holds though the subscription inside the order is out of date.

import { describe, expect, test } from 'vitest'
import { periodOf } from '../../src/customers/period.ts'
import {
  body,
  type Fields,
  kindsOf,
  orderTold,
  permutations,
  play,
  read,
  subscriptionTold,
} from './build.ts'

const NOVEMBER = '2026-11-04T10:12:45.120Z'
const DECEMBER = '2026-12-04T10:12:45.120Z'
const PAUSE_END = '2026-12-20T12:00:00.000Z'

const orderOf = (created_at: string, subscription: Fields | null) => {
  const event = read(orderTold('order.paid', created_at, { created_at, subscription }))
  if (event?.about !== 'order') throw new Error('not an order')
  return event.order
}
const november = { current_period_start: NOVEMBER, current_period_end: DECEMBER }

describe('the period of an order', () => {
  test.each([
    ['that is shown', '2026-11-04T10:12:48.000Z', november, [], NOVEMBER],
    ['that follows the one shown', '2026-12-04T10:12:48.000Z', november, [], DECEMBER],
    ['that followed a pause', '2026-12-20T12:00:02.000Z', november, [PAUSE_END], PAUSE_END],
    ['shown, whatever followed later', '2026-11-04T10:12:48.000Z', november, [PAUSE_END], NOVEMBER],
    [
      'that followed the pause shown',
      '2026-12-20T12:00:02.000Z',
      { ...november, status: 'paused' },
      [PAUSE_END],
      PAUSE_END,
    ],
    [
      'shown, where its end makes no sense',
      '2027-01-04T10:12:48.000Z',
      { current_period_start: '2027-01-04T10:12:45.000Z', current_period_end: DECEMBER },
      [],
      '2027-01-04T10:12:45.000Z',
    ],
  ])('is the one %s', (_, created, subscription, resumed, expected) => {
    const order = orderOf(created, subscription)
    expect(
      periodOf(
        order,
        resumed.map((period) => ({ period })),
      ),
    ).toBe(expected)
  })

  test('is unknown without a subscription', () => {
    expect(periodOf(orderOf(DECEMBER, null))).toBeNull()
  })
})

describe('an order whose subscription is out of date', () => {
  test('is the conversion of the trial that it still shows', () => {
    const trial = {
      status: 'trialing',
      ...{
        current_period_start: '2026-11-10T08:00:00Z',
        current_period_end: '2026-11-24T08:00:00Z',
      },
    }
    const { messages } = play([body('order.paid.trial-converted', { subscription: trial })])
    expect(messages[0]).toMatchObject({
      kind: 'subscription_cycled_after_trial',
      fact: expect.stringMatching(/\/trial-converted\/2026-11-24T08:00:00.000Z$/),
    })
  })

  test('is the recovery of the charge that failed', () => {
    const october = { current_period_start: '2026-10-04T10:12:45Z', current_period_end: NOVEMBER }
    const paid = orderTold('order.paid', '2026-11-06T10:14:01Z', { subscription: october })
    expect(play([body('subscription.past_due'), paid]).last).toBe('payment_recovered')
  })

  test('belongs to the resumption though it still shows the pause', () => {
    const resumed = { current_period_start: PAUSE_END, current_period_end: '2027-01-20T12:00:00Z' }
    const paused = { ...november, status: 'paused' }
    const events = [
      subscriptionTold('subscription.paused', DECEMBER, paused),
      subscriptionTold('subscription.resumed', PAUSE_END, resumed),
    ]
    const paid = orderTold('order.paid', '2026-12-20T12:00:09Z', {
      ...{ id: 'after-pause', created_at: '2026-12-20T12:00:02Z', subscription: paused },
    })
    for (const before of permutations(events))
      expect(kindsOf([...before, paid])).toEqual(['subscription_paused', 'subscription_resumed'])
  })
})
