// The days that an email names are those where the customer lives, and a last day is in time for all of it.

import { describe, expect, test } from 'vitest'
import { dayOf, lastDayBefore } from '../../emails/_kit/time-zones.ts'
import { mailOf, preheaderOf } from './mail.ts'

const LONG_BEFORE = '2026-01-01T00:00:00Z'

/** The last day before an instant by the clock of a zone that is so many minutes ahead of UTC. */
const lastBy = (iso: string, minutes: number) =>
  new Date(Date.parse(iso) + minutes * 60_000 - 86_400_000).toISOString().slice(0, 10)

describe('the last day to pay', () => {
  test.each([
    ['in Pago Pago, furthest west', 'AS', '2026-11-25T10:14:00Z', '2026-11-23'],
    ['in Pago Pago, just after its midnight', 'AS', '2026-11-25T11:00:00Z', '2026-11-24'],
    ['in Pago Pago, just before its midnight', 'AS', '2026-11-25T10:59:59Z', '2026-11-23'],
    ['in Kiritimati and the rest of Kiribati', 'KI', '2026-11-25T10:14:00Z', '2026-11-24'],
    ['in Kiribati, where the day differs', 'KI', '2026-11-25T11:00:00Z', '2026-11-24'],
    ['in Kiribati, where all have the next day', 'KI', '2026-11-25T12:00:00Z', '2026-11-25'],
    ['in Tokyo, already the next day', 'JP', '2026-11-25T15:00:00Z', '2026-11-25'],
    ['in Tokyo, still the same day', 'JP', '2026-11-25T14:59:59Z', '2026-11-24'],
    ['in India, half an hour past', 'IN', '2026-11-25T18:30:00Z', '2026-11-25'],
    ['in India, a minute before that', 'IN', '2026-11-25T18:29:59Z', '2026-11-24'],
    ['in Nepal, a quarter past', 'NP', '2026-11-25T18:15:00Z', '2026-11-25'],
    ['in Berlin in winter', 'DE', '2026-11-25T23:00:00Z', '2026-11-25'],
    ['in Berlin in winter, an hour earlier', 'DE', '2026-11-25T22:00:00Z', '2026-11-24'],
    ['in Berlin in summer', 'DE', '2026-07-25T22:00:00Z', '2026-07-25'],
    ['in Berlin at midnight as summer time begins', 'DE', '2026-03-28T23:00:00Z', '2026-03-28'],
    ['in the United States, by Hawaii', 'US', '2026-11-25T09:59:59Z', '2026-11-23'],
    ['in the United States, once Hawaii has the day', 'US', '2026-11-25T10:00:00Z', '2026-11-24'],
    ['nobody knows where', null, '2026-11-25T10:59:59Z', '2026-11-23'],
    ['nobody knows where, an hour later', null, '2026-11-25T11:00:00Z', '2026-11-24'],
    ['in no known country', 'XX', '2026-11-25T10:59:59Z', '2026-11-23'],
    ['in a malformed country', 'de', '2026-11-25T10:59:59Z', '2026-11-23'],
  ])('%s', (_, country, deadline, expected) => {
    expect(lastDayBefore(deadline, country, LONG_BEFORE)).toBe(expected)
  })

  test('is whole everywhere where the country is unknown', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const deadline = new Date(Date.parse('2026-11-25T00:14:00Z') + hour * 3_600_000).toISOString()
      const last = lastDayBefore(deadline, null, LONG_BEFORE) ?? ''
      for (let offset = -11 * 60; offset <= 14 * 60; offset += 15)
        expect(last <= lastBy(deadline, offset)).toBe(true)
    }
  })

  test.each([
    ['on that day', 'DE', '2026-11-24T22:59:59Z', '2026-11-24'],
    ['on the day after', 'DE', '2026-11-24T23:00:00Z', null],
    ['on that day in New York', 'US', '2026-11-25T04:59:00Z', '2026-11-24'],
    ['on the day after in New York', 'US', '2026-11-25T05:00:00Z', null],
    ['on that day wherever it may be', null, '2026-11-23T09:59:00Z', '2026-11-23'],
    ['on the day after furthest east', null, '2026-11-23T10:00:00Z', null],
  ])('is not named once it may be over: %s', (_, country, now, expected) => {
    expect(lastDayBefore('2026-11-25T10:14:00Z', country, now)).toBe(expected)
  })
})

describe('the day on which something happens', () => {
  test.each([
    ['in Pago Pago', 'AS', '2026-11-25T10:14:00Z', '2026-11-24'],
    ['in Tokyo', 'JP', '2026-11-25T15:00:00Z', '2026-11-26'],
    ['in India', 'IN', '2026-11-25T18:30:00Z', '2026-11-26'],
    [
      'in Berlin, a country with two zones of the same time',
      'DE',
      '2026-11-25T23:00:00Z',
      '2026-11-26',
    ],
    ['all over the United States', 'US', '2026-11-25T03:00:00Z', '2026-11-24'],
    ['in the United States, where the day differs', 'US', '2026-11-25T07:00:00Z', '2026-11-25'],
    ['nobody knows where', null, '2026-11-25T23:59:59Z', '2026-11-25'],
  ])('%s', (_, country, iso, expected) => {
    expect(dayOf(iso, country)).toBe(expected)
  })
})

describe('an email to Tokyo', () => {
  const evening = '2026-11-24T16:00:00Z' // the 25th, at one in the morning there

  test('says on which day the subscription renews, by its clock', () => {
    const { subject, text } = mailOf('subscription_renewal_reminder', {
      country: 'JP',
      renewsAt: evening,
    })
    expect(subject).toContain('renews on November 25, 2026')
    expect(text).toContain('please do so by November 24, 2026.')
  })

  test('says until when a cancelled subscription may be used all day', () => {
    const { text } = mailOf('subscription_cancellation', { country: 'JP', endsAt: evening })
    expect(text).toContain('You have access until November 24, 2026.')
  })

  test('names no day of access that is over', () => {
    const now = '2026-11-24T15:30:00Z'
    const { html, text } = mailOf('subscription_cancellation', {
      ...{ country: 'JP', endsAt: evening, now },
    })
    expect(text).not.toMatch(/access|2026|Until then/)
    expect(preheaderOf(html)).toBe('It won’t renew.')
  })

  test('has the day of the order as on the invoice', () => {
    const { text } = mailOf('order_confirmation', { country: 'JP', now: evening })
    expect(text).toContain('November 4, 2026') // 16:59 in UTC
  })
})
