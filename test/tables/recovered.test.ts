// The days that a request for the totals names.

import { describe, expect, test } from 'vitest'
import { createRecovered, readDays } from '../../src/api/recovered.ts'
import type { Total } from '../../src/recoveries/store.ts'

const TODAY = '2026-12-31'

describe('the days of a request', () => {
  test.each([
    ['all', {}, null],
    ['a month', { since: '2026-11-01', until: '2026-11-30' }, ['2026-11-01', '2026-11-30']],
    ['a day', { since: '2026-11-01', until: '2026-11-01' }, ['2026-11-01', '2026-11-01']],
    ['until today', { since: '2026-11-01' }, ['2026-11-01', TODAY]],
    ['from the beginning', { until: '2026-11-30' }, ['2026-01-01', '2026-11-30']],
    ['of all time', { since: '0001-01-01', until: '9999-12-31' }, ['2026-01-01', TODAY]],
    ['that are still to come', { since: '2027-02-01' }, ['2027-02-01', TODAY]],
  ])('are read: %s', (_, query, days) => {
    expect(readDays(query, TODAY)).toEqual(days && { since: days[0], until: days[1] })
  })

  test.each(['', 'today', '2026-11', '2026-11-31', '2026-11-01T00:00:00Z', '20261101', '+002026'])(
    'are refused where one is no day: %j',
    (day) => {
      for (const name of ['since', 'until'])
        expect(readDays({ [name]: day }, TODAY)).toEqual({
          problem: `${name} is not a day: write it as YYYY-MM-DD, such as 2026-12-31`,
        })
    },
  )

  test('are refused where they end before they begin', () => {
    expect(readDays({ since: '2026-12-02', until: '2026-12-01' }, TODAY)).toHaveProperty('problem')
  })
})

test('amounts of different currencies are never added up', async () => {
  const totals: Total[] = [
    { currency: 'eur', by: 'customer', amount: 100, payments: 1 },
    { currency: 'eur', by: 'payment_reminder_2', amount: 300, payments: 2 },
    { currency: 'jpy', by: 'polar', amount: 5000, payments: 1 },
  ]
  const recovered = createRecovered({
    recoveries: { totals: async () => totals },
    clock: { now: () => 0 },
  })
  expect(await recovered({})).toMatchObject({
    recovered: [
      {
        ...{ currency: 'eur', amount: 400, payments: 3 },
        by: {
          customer: { amount: 100, payments: 1 },
          payment_reminder_2: { amount: 300, payments: 2 },
        },
      },
      { currency: 'jpy', amount: 5000, payments: 1, by: { polar: { amount: 5000, payments: 1 } } },
    ],
  })
})
