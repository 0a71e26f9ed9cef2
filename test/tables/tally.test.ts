// An event that happens very often is reported at once, and then once in a while with its number.

import { expect, test } from 'vitest'
import { createMovableClock, MINUTE } from '../../src/runtime/clock.ts'
import { createTally } from '../../src/runtime/tally.ts'

test('a report has all that happened since the one before, and the latest of it', () => {
  const reports: [count: number, latest: string][] = []
  const clock = createMovableClock()
  const count = createTally<string>(MINUTE, clock, (...report) => reports.push(report))
  count('503', 500)
  count('503')
  clock.advance(MINUTE)
  count('ECONNREFUSED', 20)
  expect(reports).toEqual([
    [500, '503'],
    [21, 'ECONNREFUSED'],
  ])
})
