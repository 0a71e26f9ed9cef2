// The next attempt that a customer may be promised after a failed charge: the four courses that Polar takes.

import { describe, expect, test } from 'vitest'
import { type FailedCharge, nextChargeOf } from '../../src/messages/next-charge.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'

const FAILED = Date.parse('2026-11-04T10:13:01.900Z')
const atFailurePlus = (ms: number) => new Date(FAILED + ms).toISOString()
const deadline = atFailurePlus(21 * DAY + MINUTE)

const charge = (change: Partial<FailedCharge> = {}): FailedCharge => ({
  ...{
    nextAttemptAt: atFailurePlus(2 * DAY),
    deadline,
    isHard: false,
    wasCharged: true,
    renews: true,
  },
  ...change,
})

describe('the next attempt', () => {
  test.each([2, 7, 14])('on day %i is promised after a soft decline', (days) => {
    const nextAttemptAt = atFailurePlus(days * DAY)
    expect(nextChargeOf(charge({ nextAttemptAt }), FAILED)).toBe(nextAttemptAt)
  })

  test.each([
    ['Polar has written none', { nextAttemptAt: null }],
    ['it is the last, on the deadline’s day', { nextAttemptAt: atFailurePlus(21 * DAY) }],
    ['no card was charged, and none will be', { wasCharged: false }],
    [
      'no card was charged, and Polar wrote a day after the deadline',
      { nextAttemptAt: atFailurePlus(23 * DAY) },
    ],
    ['renewals are suspended', { renews: false }],
    ['it lies in the past', { nextAttemptAt: atFailurePlus(-1) }],
    ['it is now', { nextAttemptAt: atFailurePlus(0) }],
    ['it is no date', { nextAttemptAt: 'soon' }],
  ])('is promised to nobody where %s', (_, change) => {
    expect(nextChargeOf(charge(change), FAILED)).toBeNull()
  })

  test.each([
    ['wrote that as well', deadline],
    ['wrote a day before it', atFailurePlus(2 * DAY)],
  ])('is the deadline where the bank said no for good, though Polar %s', (_, nextAttemptAt) => {
    expect(nextChargeOf(charge({ nextAttemptAt, isHard: true }), FAILED)).toBe(deadline)
  })

  test('is none once the deadline has passed', () => {
    const at = Date.parse(deadline)
    expect(nextChargeOf(charge({ isHard: true }), at - 1)).toBe(deadline)
    expect(nextChargeOf(charge({ isHard: true }), at)).toBeNull()
  })
})
