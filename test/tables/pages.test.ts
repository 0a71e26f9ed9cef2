// The pages of a link as text: their languages, their size, and the things they never contain.

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { exampleBrand, exampleSettings } from '../../emails/brand.example.ts'
import { createBrand, defaultBrand } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { languageOf } from '../../src/links/language.ts'
import { createPages } from '../../src/links/page.ts'
import { pageWords } from '../../src/links/words.ts'
import { names } from '../quality/hostile.ts'

const NONCE = `mgx3k2a1q.${'Ab-_'.repeat(13)}`
const SIGN_IN = `https://polar.example.com/${'organization-'.repeat(6)}/portal/request`
const MAX_BYTES = 5000

const spoken = Object.keys(languages) as Language[]

const pagesIn = (pages: ReturnType<typeof createPages>, language: Language) =>
  Object.entries({
    continue: pages.continue(language, NONCE),
    continueAgain: pages.continueAgain(language, NONCE),
    gone: pages.gone(language, SIGN_IN),
    busy: pages.busy(language, SIGN_IN),
  }).map(([which, page]) => [which, String(page)] as const)

describe.each(spoken)('in %s', (language) => {
  test('every page has less than five kilobytes, with any brand name', () => {
    for (const character of ['m', '&', '漢'])
      for (const settings of [{}, exampleSettings]) {
        const brand = createBrand({ ...settings, name: character.repeat(60) })
        for (const [which, page] of pagesIn(createPages(brand), language))
          expect(Buffer.byteLength(page), which).toBeLessThan(MAX_BYTES)
      }
  })

  test('every page declares its language and direction', () => {
    const { standard, dir } = languages[language]
    for (const [, page] of pagesIn(createPages(defaultBrand), language))
      expect(page).toContain(`<html lang="${standard}" dir="${dir}">`)
  })

  test('every page has one heading, the brand’s name, and one button or link', () => {
    const words = pageWords[language]
    const { action } = words.continue
    const { signIn } = words
    const ways = { continue: action, continueAgain: action, gone: signIn, busy: signIn }
    for (const [which, page] of pagesIn(createPages(exampleBrand), language)) {
      expect(page.match(/<h1>[^<]+/g)).toEqual([`<h1>${words[which as keyof typeof ways].title}`])
      expect(page).toContain('<bdi>Larkspur Audio</bdi>')
      const onward = [...page.matchAll(/class="go(?: later)?"[^>]*>([^<]+)/g)].map(
        ([, text]) => text,
      )
      expect(onward).toEqual([ways[which as keyof typeof ways]])
    }
  })
})

const phrasesOf = (language: Language) => {
  const { continue: ask, continueAgain, gone, busy, signIn } = pageWords[language]
  const first = [...Object.values(ask), ...Object.values(continueAgain)]
  return [...first, ...Object.values(gone), ...Object.values(busy), signIn]
}

test.each(spoken.filter((language) => language !== 'en'))(
  'nothing in %s is left in English',
  (language) => {
    const english = new Set(phrasesOf('en'))
    expect(phrasesOf(language).filter((phrase) => english.has(phrase))).toEqual([])
  },
)

describe('a page', () => {
  test('contains only the style sheet that the policy allows', () => {
    for (const brand of [defaultBrand, exampleBrand]) {
      const pages = createPages(brand)
      for (const [, page] of pagesIn(pages, 'en')) {
        const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
          ([, style = '']) => style,
        )
        const hashes = styles.map((style) => createHash('sha256').update(style).digest('base64'))
        expect(hashes.map((hash) => `'sha256-${hash}'`)).toEqual([pages.style])
        expect(page).not.toMatch(/ style=/)
      }
    }
  })

  test('loads nothing and runs no script', () => {
    for (const [, page] of pagesIn(createPages(exampleBrand), 'en')) {
      expect(page).not.toMatch(/<(?:script|img|link|iframe|svg)|\bsrc=|url\(|@import|@font-face/i)
      expect(page.match(/https?:[^"]+/g) ?? []).toEqual(page.includes(SIGN_IN) ? [SIGN_IN] : [])
    }
  })

  test('with a button sends the nonce back unchanged', () => {
    const pages = createPages(defaultBrand)
    for (const page of [pages.continue('en', NONCE), pages.continueAgain('en', NONCE)].map(
      String,
    )) {
      expect(page).toContain('<form method="post">')
      expect(page).toContain(`name="nonce" value="${NONCE}"`)
      expect(page).not.toContain('<a ')
    }
  })

  test.each(Object.entries(names))('is safe with %s as the brand name', (_, name) => {
    const tags = (called: string) => {
      const pages = createPages(createBrand({ name: called }))
      return pagesIn(pages, 'en').map(([, page]) =>
        (page.match(/<[^>]*>/g) ?? []).filter((tag) => !/"mark"|<\/span>/.test(tag)),
      )
    }
    expect(tags(name)).toEqual(tags('Acme'))
  })

  test.each([
    ['Acme', 'A'],
    ['émile', 'É'],
    ['e\u0301mile', 'E\u0301'],
    ['1password', '1'],
    ['  spaced', 'S'],
    ['株式会社', '株'],
    ['متجر', 'م'],
    ['<b>', null],
    ['👩‍👩‍👧‍👦 Family', null],
    ['', null],
  ])('of %j shows the initial %j', (name, mark) => {
    const page = String(createPages(createBrand({ name })).gone('en', SIGN_IN))
    expect(/class="mark"[^>]*>([^<]*)</.exec(page)?.[1] ?? null).toBe(mark)
  })
})

describe('the language of a page', () => {
  test.each<[string | null, string | undefined, Language, string]>([
    ['de', 'fr', 'de', 'the message’s comes first'],
    ['pt-PT', undefined, 'pt', 'with its region'],
    ['en_GB', undefined, 'en', 'as Polar may write it'],
    ['ar-EG-u-nu-arab', undefined, 'ar', 'with its extensions'],
    ['fi-FI', 'de', 'de', 'one that isn’t spoken counts as none'],
    ['', 'de', 'de', 'so does an empty one'],
    [null, 'ja', 'ja', 'then the browser’s'],
    [null, 'fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr', 'its first choice'],
    [null, 'en;q=0.2, es;q=0.8, de;q=0.5', 'es', 'by weight, not by place'],
    [null, 'en;q=0.5, es;q=0.5', 'en', 'the first among equals'],
    [null, 'fi, da;q=0.9, ar;q=0.1', 'ar', 'the best of those that are spoken'],
    [null, 'DE-at', 'de', 'in capitals'],
    [null, ' de ; q = 0.3 ,\tja;Q=1.000', 'ja', 'with white space'],
    [null, 'de;q=0, fr;q=0.001', 'fr', 'never one that is refused'],
    [null, 'de;q=0', 'sv', 'not even where it is the only one'],
    [null, 'fi, *;q=0.5, de;q=0.1', 'sv', 'any is the brand’s'],
    [null, 'fi, zh-Hant-TW', 'sv', 'the brand’s where none is spoken'],
    [null, undefined, 'sv', 'the brand’s where nothing is said'],
    [null, '', 'sv', 'or nothing in it'],
  ])('for a message in %j and a browser with %j is %s: %s', (tag, acceptLanguage, expected) => {
    expect(languageOf({ tag, acceptLanguage }, 'sv')).toBe(expected)
  })

  const GARBAGE = [
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', '*', '-', '_', ',', ';q=1'],
    ...['<script>', 'de\u0000', '\ud83d', '../../de', 'd e', '-u-nu-latn', 'q=1', ';;;,,,===;'],
    ...['de;q=', 'de;q=abc', 'de;q=-1', 'de;q=2', 'de;q=1e9', 'de;q=NaN', 'de;q=1;q=0', 'de;de'],
    ...['x'.repeat(100_000), 'x-'.repeat(50_000), ','.repeat(100_000), ' '.repeat(100_000)],
    ...[`fi;${' '.repeat(100_000)}q`, 'fi,'.repeat(50_000), `${'fi,'.repeat(24)}de`],
  ]

  test.each(GARBAGE.map((garbage) => [garbage.slice(0, 24), garbage]))(
    'is the brand’s for %j',
    (_, garbage) => {
      expect(languageOf({ tag: null, acceptLanguage: garbage }, 'sv')).toBe('sv')
      expect(languageOf({ tag: garbage, acceptLanguage: garbage }, 'sv')).toBe('sv')
    },
  )

  test('is found behind garbage', () => {
    expect(languageOf({ tag: '\u0000', acceptLanguage: ';;, q=1, de;q=x, ja;q=0.1' }, 'sv')).toBe(
      'ja',
    )
  })

  test('has a fallback for values that do not match their types', () => {
    for (const odd of [undefined, 5, {}, [], true])
      expect(languageOf({ tag: odd as string, acceptLanguage: 'de' }, 'sv')).toBe('de')
  })
})
