import { caniemail } from 'caniemail'
import { describe, expect, test } from 'vitest'
import { emailOf, everyEmail, everyVariant } from './emails.ts'
import { elementsOf } from './markup.ts'

const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*'] as const

/**
 * What some client ignores and may: each with what its readers see instead. The list is exact, by client family: what
 * nobody needs any more has to go.
 */
const allowed: Record<string, { ignoredBy: string[]; instead: string }> = {}

/** caniemail passes over what stands inside a media query: here it stands by itself. */
const conditional = (html: string): string =>
  elementsOf(html)
    .filter(({ name }) => name === 'style')
    .map(({ text }) => text.replace(/@media[^{]+\{((?:[^{}]+\{[^{}]*\})*\s*)\}/g, '$1'))
    .join('')

const unsupportedIn = (html: string): string[] =>
  [
    caniemail({ clients: [...CLIENTS], html }),
    caniemail({ clients: [...CLIENTS], css: conditional(html) }),
  ]
    .flatMap(({ issues }) => [...issues.errors])
    .flatMap(([client, found]) => found.map(({ title }) => `${title}: ${client.split('.')[0]}`))
const permitted = Object.entries(allowed).flatMap(([title, { ignoredBy }]) =>
  ignoredBy.map((client) => `${title}: ${client}`),
)

describe('what Gmail, Outlook, Apple Mail and Yahoo do not know', () => {
  test.each(everyEmail)(
    'is not in $kind in $language, $variant, but for a few trimmings',
    (sample) => {
      const unsupported = new Set(unsupportedIn(emailOf(sample).html))
      expect([...unsupported].filter((found) => !permitted.includes(found))).toEqual([])
    },
  )

  test('and is used all the same is still needed, each of it', () => {
    const needed = new Set(everyVariant.flatMap((sample) => unsupportedIn(emailOf(sample).html)))
    expect(permitted.filter((entry) => !needed.has(entry))).toEqual([])
  })
})
