import { caniemail } from 'caniemail'
import { describe, expect, test } from 'vitest'
import { emailOf, everyBranded, everyLanguage, type Sample } from './emails.ts'
import { elementsOf } from './markup.ts'

const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*'] as const

const INLINE = 'inline styles say all of it already, for the light scheme and any width'

/**
 * The things that some client may ignore, each with what its readers have instead. The list is exact: an entry
 * that no email needs has to go.
 */
const allowed: Record<string, { by: string[]; instead: string }> = {
  '<style> element': { by: ['gmail'], instead: INLINE },
  '@media': { by: ['gmail', 'outlook'], instead: INLINE },
  'Type selector': { by: ['gmail'], instead: INLINE },
  'Class selector': { by: ['gmail'], instead: INLINE },
  'Attribute selector': { by: ['gmail', 'outlook'], instead: 'a date may look like a link' },
  'color-scheme CSS property': {
    by: ['gmail', 'outlook', 'yahoo'],
    instead: 'the email stays light, or is recoloured by the client as it likes',
  },
  'color-scheme meta tag': {
    by: ['gmail', 'outlook', 'yahoo', 'apple-mail'],
    instead: 'the CSS property of the same name, or the same as without that',
  },
  '<body> element': {
    by: ['outlook', 'yahoo'],
    instead: 'the element inside it has the language, the direction and the background too',
  },
  'display:none': { by: ['gmail'], instead: 'a box without height hides the preheader' },
  'max-height property': { by: ['outlook'], instead: 'display:none hides the preheader' },
  overflow: { by: ['outlook'], instead: 'display:none hides the preheader' },
  'border-radius': { by: ['outlook'], instead: 'square corners' },
  outline: { by: ['outlook'], instead: 'images have none there anyway' },
  'white-space': { by: ['outlook'], instead: 'an amount may break at its space' },
  'word-break': { by: ['outlook', 'yahoo'], instead: 'a name without spaces widens the email' },
  'target attribute': {
    by: ['gmail', 'outlook', 'yahoo'],
    instead: 'they open every link in a new window',
  },
  'role attribute': { by: ['outlook'], instead: 'Windows Mail, now retired, announces tables' },
}

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

const permitted = Object.entries(allowed).flatMap(([title, { by }]) =>
  by.map((client) => `${title}: ${client}`),
)

const unsupported = new Map<Sample, string[]>()

/** The findings of an email, made once for all tests. */
const unsupportedOf = (sample: Sample): string[] => {
  const found = unsupported.get(sample) ?? unsupportedIn(emailOf(sample).html)
  unsupported.set(sample, found)
  return found
}

/** The languages differ in their words alone, and these two in direction. */
const checked = [
  ...everyLanguage.filter(({ language }) => language === 'en' || language === 'ar'),
  ...everyBranded,
]

describe('what Gmail, Outlook, Apple Mail and Yahoo do not know', () => {
  test.each(checked)(
    'is not in $kind in $language, $variant, but for a few trimmings',
    (sample) => {
      const found = new Set(unsupportedOf(sample))
      expect([...found].filter((one) => !permitted.includes(one))).toEqual([])
    },
  )

  test('and is used all the same is still needed, each of it', () => {
    const needed = new Set(checked.flatMap(unsupportedOf))
    expect(permitted.filter((entry) => !needed.has(entry))).toEqual([])
  })
})
