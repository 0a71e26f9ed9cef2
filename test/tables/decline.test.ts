// The reason that an email names for a declined charge.

import { describe, expect, test } from 'vitest'
import { declineOf, isHardDecline } from '../../src/messages/decline.ts'

const HARD = [
  ...['card_not_supported', 'do_not_honor', 'expired_card', 'fraudulent', 'incorrect_cvc'],
  ...['incorrect_number', 'invalid_account', 'invalid_cvc', 'invalid_expiry_year'],
  ...['invalid_pin', 'live_mode_test_card', 'lost_card', 'merchant_blacklist', 'not_permitted'],
  ...['pickup_card', 'previously_declined_do_not_retry', 'restricted_card'],
  ...['revocation_of_all_authorizations', 'revocation_of_authorization', 'security_violation'],
  ...['stolen_card', 'stop_payment_order', 'blocklist'],
]

describe('a decline', () => {
  test('is for good for the twenty-three reasons after which Polar does not charge again', () => {
    expect(new Set(HARD).size).toBe(23)
    expect(HARD.filter((reason) => !isHardDecline(reason))).toEqual([])
  })

  test.each([
    ...['insufficient_funds', 'generic_decline', 'authentication_required', 'card_declined'],
    ...['highest_risk_level', 'a_code_of_next_year', 'toString', '', null, undefined],
  ])('may be overcome by another attempt where the reason is %j', (reason) => {
    expect(isHardDecline(reason)).toBe(false)
  })
})

describe('a reason for a declined charge', () => {
  test.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['expired_card', 'expired_card'],
    ['invalid_expiry_month', 'incorrect_details'],
    ['invalid_expiry_year', 'incorrect_details'],
    ['incorrect_number', 'incorrect_details'],
    ['invalid_number', 'incorrect_details'],
    ['incorrect_cvc', 'incorrect_details'],
    ['invalid_cvc', 'incorrect_details'],
    ['incorrect_zip', 'incorrect_details'],
    ['incorrect_address', 'incorrect_details'],
    ['authentication_required', 'authentication_required'],
    ['card_velocity_exceeded', 'limit_exceeded'],
    ['withdrawal_count_limit_exceeded', 'limit_exceeded'],
    ['card_not_supported', 'not_supported'],
    ['currency_not_supported', 'not_supported'],
    ['invalid_account', 'lost_or_blocked'],
    ['new_account_information_available', 'lost_or_blocked'],
    ['restricted_card', 'lost_or_blocked'],
    ['pickup_card', 'lost_or_blocked'],
    ['revocation_of_authorization', 'lost_or_blocked'],
    ['revocation_of_all_authorizations', 'lost_or_blocked'],
    ['stop_payment_order', 'lost_or_blocked'],
    ['generic_decline', 'declined'],
    ['do_not_honor', 'declined'],
    ['a_code_of_next_year', 'declined'],
    ['toString', 'declined'],
    ['__proto__', 'declined'],
    ['constructor', 'declined'],
  ])('%s is told as %s', (reason, decline) => {
    expect(declineOf(reason)).toBe(decline)
  })

  test.each(['fraudulent', 'merchant_blacklist', 'lost_card', 'stolen_card', 'highest_risk_level'])(
    'of suspected fraud is told as any other: %s',
    (reason) => {
      expect(declineOf(reason)).toBe('declined')
    },
  )

  test.each([null, undefined, ''])('is not told where there is none: %j', (reason) => {
    expect(declineOf(reason)).toBeNull()
  })
})
