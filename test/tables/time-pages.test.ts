// The bound of the next page of a list by time.

import { expect, test } from 'vitest'
import { PAGE_SIZE } from '../../src/polar/answers.ts'
import { askedBy, boundAfter } from '../../src/polar/pages.ts'

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
] as const)('%s: goes on by page numbers while the rows share one instant', (order, bound) => {
  expect(boundAfter(full(), order, bound)).toBe(`${bound} 2`)
  expect(boundAfter(full(), order, `${bound} 2`)).toBe(`${bound} 3`)
})

test.each([
  ['nothing', []],
  ['fewer rows than asked for', [AT]],
])('is missing after %s', (_, times) => {
  expect(boundAfter(times, 'descending', undefined)).toBeNull()
})

/** Rows of these times in a list like Polar's, which compares instants exactly; read page by page. */
const walk = (times: readonly string[], order: 'ascending' | 'descending') => {
  const micros = (time: string) => Date.parse(time) * 1_000 + Number(time.slice(23, -1) || 0)
  const sign = order === 'ascending' ? 1 : -1
  const rows = times.map((time, id) => ({ id, at: micros(time), time }))
  const sorted = rows.toSorted((one, other) => (one.at - other.at) * sign)
  const seen = new Set<number>()
  let [pages, bound]: [number, string | null] = [0, order === 'ascending' ? FIRST : LAST]
  while (bound !== null) {
    const { at, page } = askedBy(bound)
    const inside = sorted.filter((row) => (row.at - micros(at)) * sign > 0)
    const rest = inside.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    for (const { id } of rest) seen.add(id)
    bound = boundAfter(
      rest.map(({ time }) => time),
      order,
      bound,
    )
    pages += 1
  }
  return { seen: seen.size, pages }
}

const FIRST = '2026-11-20T11:00:00.000Z'
const LAST = '2026-11-20T13:00:00.000Z'
const many = (count: number, time: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => time(n))
const atOnce = () => AT
const inOneMillisecond = (n: number) => `2026-11-20T12:00:00.123${`${n % 1_000}`.padStart(3, '0')}Z`
const apart = (n: number) => `2026-11-20T12:00:${`${n % 60}`.padStart(2, '0')}.000000Z`

test.each([
  ['at one instant', many(350, atOnce), 5],
  ['in one millisecond', many(350, inOneMillisecond), 5],
  ['before, at and after one instant', [...many(150, apart), ...many(250, atOnce)], 7],
  ['a second apart', many(60, apart), 1],
  ['of a full last page', many(200, atOnce), 4],
])('no row is skipped of those %s', (_, times, most) => {
  for (const order of ['ascending', 'descending'] as const) {
    const { seen, pages } = walk(times, order)
    expect(seen).toBe(times.length)
    expect(pages).toBeLessThanOrEqual(most)
  }
})
