// Who is credited with a recovered payment.

import { describe, expect, test } from 'vitest'
import { type Credit, creditOf, type Email } from '../../src/recoveries/credit.ts'

const NOTICE: Email = 'subscription_past_due'
const FIRST: Email = 'payment_reminder_1'
const SECOND: Email = 'payment_reminder_2'
const FINAL: Email = 'payment_final_notice'

describe('a recovered payment is credited', () => {
  const rows: [trigger: string | null, followed: Email[], credit: Credit][] = [
    ['retry_dunning', [], 'polar'],
    ['retry_dunning', [NOTICE, SECOND], 'polar'],
    ['subscription_cycle', [SECOND], 'polar'],
    ['retry_customer', [], 'customer'],
    ['retry_customer', [NOTICE], NOTICE],
    ['retry_customer', [NOTICE, FIRST, SECOND], SECOND],
    ['retry_customer', [FIRST, FINAL], FINAL],
    ['retry_payment_method_update', [], 'customer'],
    ['retry_payment_method_update', [FIRST], FIRST],
    ['retry_admin', [], 'customer'],
    ['retry_admin', [SECOND], SECOND],
    ['a_trigger_of_tomorrow', [], 'customer'],
    ['a_trigger_of_tomorrow', [FINAL], FINAL],
    [null, [], 'unknown'],
    [null, [NOTICE, FINAL], 'unknown'],
  ]
  test.each(rows)('started by %s, after the links of %j were followed: to %s', (...row) => {
    const [trigger, followed, credit] = row
    expect(creditOf(trigger, followed)).toBe(credit)
  })
})
