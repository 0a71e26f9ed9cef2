// Quiet hours where the customer lives, by the country of the billing address.

import { describe, expect, test } from 'vitest'
import { awakeAt } from '../../src/schedule/time-zones.ts'

const NIGHT = { from: 20, until: 8 }

const awake = (at: string, country: string | null, quiet = NIGHT) =>
  new Date(awakeAt(Date.parse(at), country, quiet)).toISOString()

describe('from 20:00 to 8:00', () => {
  test.each([
    ['at noon in Berlin', '2026-12-01T11:00:00Z', 'DE', '2026-12-01T11:00:00.000Z'],
    ['at night in Berlin', '2026-12-01T02:10:00Z', 'DE', '2026-12-01T07:00:00.000Z'],
    ['in the evening in Berlin', '2026-12-01T19:00:00Z', 'DE', '2026-12-02T07:00:00.000Z'],
    ['at the first minute that is quiet', '2026-12-01T18:59:59Z', 'DE', '2026-12-01T18:59:59.000Z'],
    ['at night in Berlin in summer', '2026-07-01T02:10:00Z', 'DE', '2026-07-01T06:00:00.000Z'],
    ['on the day the clocks go forward', '2026-03-29T01:30:00Z', 'DE', '2026-03-29T06:00:00.000Z'],
    ['in Tokyo', '2026-12-01T12:00:00Z', 'JP', '2026-12-01T23:00:00.000Z'],
    ['in Nepal, three quarters past', '2026-12-01T00:00:00Z', 'NP', '2026-12-01T02:15:00.000Z'],
    ['in Kiribati, furthest east', '2026-12-01T10:00:00Z', 'KI', '2026-12-01T20:00:00.000Z'],
    ['in Samoa', '2026-12-01T08:00:00Z', 'WS', '2026-12-01T19:00:00.000Z'],
    ['in American Samoa, furthest west', '2026-12-01T08:00:00Z', 'AS', '2026-12-01T19:00:00.000Z'],
  ])('%s: a reminder waits for the morning', (_, at, country, expected) => {
    expect(awake(at, country)).toBe(expected)
  })

  test('in a wide country it waits until all of it is awake', () => {
    // 8:00 in Honolulu and Adak is 13:00 in New York.
    expect(awake('2026-12-01T12:00:00Z', 'US')).toBe('2026-12-01T18:00:00.000Z')
  })

  test('in a country that is never all awake it goes when most of it is', () => {
    const narrow = { from: 14, until: 8 }
    const at = awake('2026-12-01T12:00:00Z', 'RU', narrow)
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.parse('2026-12-02T12:00:00Z'))
    expect(awake(at, 'RU', narrow)).toBe(at) // nothing better follows within a day
  })

  test.each([null, '', 'XX', 'de', 'U', 'USA', 'AQ-1'])(
    'where the country is %j, both Europe and America are awake',
    (country) => {
      expect(awake('2026-12-01T12:00:00Z', country)).toBe('2026-12-01T16:00:00.000Z')
    },
  )
})

test('hours within a day can be quiet too', () => {
  expect(awake('2026-12-01T12:00:00Z', 'GB', { from: 9, until: 17 })).toBe(
    '2026-12-01T17:00:00.000Z',
  )
})

test('no hours are quiet', () => {
  expect(awake('2026-12-01T02:00:00Z', 'DE', { from: 0, until: 0 })).toBe(
    '2026-12-01T02:00:00.000Z',
  )
})
