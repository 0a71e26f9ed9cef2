// What the README says is sent is what there is.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds, polarToggles } from '../../emails/index.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The cells of each row of the table whose first cell is a kind. */
const rows = readme
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter(([, kind]) => kinds.some((state) => state === kind))

test('every kind of email is in its table once', () => {
  expect(rows.map(([, kind]) => kind).toSorted()).toEqual(kinds.toSorted())
})

test.each(rows)('%s%s names the switch at Polar that it replaces', (_, kind, _when, toggle) => {
  expect(toggle).toBe(polarToggles[kind as (typeof kinds)[number]] ?? '–')
})
