// The bound of the next page of a list by time.

import { expect, test } from 'vitest'
import { boundAfter } from '../../src/polar/pages.ts'

const AT = '2026-11-20T12:00:00.123456Z'
const full = (last = AT) => [...Array<string>(99).fill('2026-11-20T12:00:00Z'), last]

test.each([
  ['older', 'descending', '2026-11-20T12:00:00.124Z'],
  ['newer', 'ascending', '2026-11-20T12:00:00.122Z'],
] as const)('%s rows: includes those at the instant of the last one', (_, order, bound) => {
  expect(boundAfter(full(), order, undefined)).toBe(bound)
})

test.each([
  ['descending', '2026-11-20T12:00:00.124Z'],
  ['ascending', '2026-11-20T12:00:00.122Z'],
] as const)('%s: goes on past a page whose rows share one instant', (order, bound) => {
  expect(boundAfter(full(), order, bound)).toBe(AT)
})

test.each([
  ['nothing', []],
  ['fewer rows than asked for', [AT]],
])('is missing after %s', (_, times) => {
  expect(boundAfter(times, 'descending', undefined)).toBeNull()
})
