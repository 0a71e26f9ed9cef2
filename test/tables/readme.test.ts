// The README and the pages name the emails that Postern sends.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { kinds, polarToggles } from '../../emails/index.ts'
import { organization } from '../../src/sandbox/polar/shapes/organization.ts'

const textOf = (page: string) => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')

/** The cells of each row of a page's tables whose first cell is one of `names`. */
const rowsOf = (page: string, names: readonly string[]) =>
  textOf(page)
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(([, name]) => names.some((known) => known === name))

const detailed = rowsOf('docs/emails.md', kinds)

describe('every kind of email', () => {
  test.each(['README.md', 'docs/emails.md'])('is in the table of %s once', (page) => {
    expect(rowsOf(page, kinds).map(([, kind]) => kind)).toEqual(kinds)
  })

  test.each(detailed)(
    '%s%s names the switch at Polar that it replaces',
    (_, kind, _when, toggle) => {
      expect(toggle).toBe(polarToggles[kind as (typeof kinds)[number]] ?? '–')
    },
  )
})

describe('going live', () => {
  const replaced = new Set(Object.values(polarToggles))
  const { customer_email_settings } = organization(
    { id: 'organization', name: 'Larkspur', slug: 'larkspur' },
    '2026-11-01T00:00:00Z',
  )
  const toggles = Object.keys(customer_email_settings)
  const rows = rowsOf('docs/setup.md', toggles)

  test('says of each of Polar’s switches once whether it goes off', () => {
    expect(rows.map(([, toggle]) => toggle).toSorted()).toEqual(toggles.toSorted())
  })

  test.each(rows)('%s%s goes off only if we send the same', (_, toggle = '', what) => {
    expect(what).toMatch(replaced.has(toggle) ? /^off$/ : /^\*\*on\*\*/)
  })
})
