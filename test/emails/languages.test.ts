import { describe, expect, test } from 'vitest'
import { columns } from '../../emails/_kit/columns.ts'
import { readerOf } from '../../emails/_kit/language.ts'
import { createBrand } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { everyKind, mailOf } from './mail.ts'

const translations = Object.keys(languages).filter((name) => name !== 'en') as Language[]

const phrasesOf = (words: object): string[] =>
  Object.values(words).flatMap((value) => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? phrasesOf(value) : []
  })

describe('a customer of locale', () => {
  test.each([
    ['en-GB', 'en', 'en-GB'],
    ['en_GB', 'en', 'en-GB'],
    ['pt', 'pt', 'pt-BR'],
    ['PT-pt', 'pt', 'pt-BR'],
    ['pt-AO', 'pt', 'pt-BR'],
    ['es-419', 'es', 'es-419'],
    ['de-Latn-AT', 'de', 'de-AT'],
    ['en-US-u-nu-arab', 'en', 'en-US'],
    ['zh-Hant-TW', 'sv', 'sv-SE'],
    ['', 'sv', 'sv-SE'],
    ['<b>', 'sv', 'sv-SE'],
    ['constructor', 'sv', 'sv-SE'],
  ])('%j reads %s as it is written in %s', (locale, language, lang) => {
    expect(readerOf(locale, 'sv')).toMatchObject({ language, lang, dir: 'ltr' })
  })

  test.each([
    ['en-GB', '4 November 2026', 'US$49.00'],
    ['de', '4. November 2026', '49,00 $'],
    ['pt-PT', '4 de novembro de 2026', '49,00 US$'],
    ['ja', '2026年11月4日', '$49.00'],
    ['ar-SA', '4 نوفمبر 2026', '49.00 US$'],
    ['ar-EG', '4 نوفمبر 2026', '49.00 US$'],
  ])('%s reads days and amounts in its own way: %s, %s', (locale, day, amount) => {
    const text = mailOf('order_confirmation', { locale }).text.replaceAll('\u00a0', ' ')
    expect(text).toContain(day)
    expect(text).toContain(amount)
  })

  test('who lives in Portugal hears Brazilian words spoken as such, and reads days and amounts as at home', () => {
    expect(readerOf('pt-PT', 'en')).toMatchObject({ lang: 'pt-BR', locale: 'pt-PT' })
    expect(mailOf('order_confirmation', { locale: 'pt-PT' }).html).toContain('lang="pt-BR"')
  })

  test('whose language isn’t spoken reads the brand’s', () => {
    const brand = createBrand({ language: 'de' })
    const { html, text } = mailOf('order_confirmation', { brand, locale: 'fi-FI' })
    expect(html).toContain('lang="de-DE"')
    expect(text).toContain(languages.de.words.order_confirmation.title)
  })
})

describe.each(translations)('the words of %s', (language) => {
  test('are nowhere left in English', () => {
    const english = new Set(phrasesOf(languages.en.words).filter((text) => text.length > 12))
    expect(phrasesOf(languages[language].words).filter((text) => english.has(text))).toEqual([])
  })

  test.each(everyKind)('give $kind a subject and a text of its own', ({ kind }) => {
    const [own, english] = [mailOf(kind, { locale: language }), mailOf(kind)]
    expect(own.subject).not.toBe(english.subject)
    expect(own.text).toContain(languages[language].words[kind].action)
  })
})

describe('Arabic', () => {
  const { html, text, subject } = mailOf('order_confirmation', { locale: 'ar' }, 'discount-and-tax')

  test('is mirrored, table by table, and never told to stand left', () => {
    const tables = html.match(/<table[^>]*>/g) ?? []
    for (const table of tables)
      if (!table.includes('max-width')) expect(table).toContain('dir="rtl"')
    expect(html).toMatch(/<th[^>]*dir="auto"[^>]*text-align:right/)
    expect(html).toMatch(/<td[^>]*text-align:left[^>]*>\u2066\d/)
    expect(html).toMatch(/<ul style="[^"]*padding-right:20px/)
  })

  test('keeps names and amounts in one piece, and the name in a subject', () => {
    expect(text).toContain('\u2068Field Recordings Vol. 2\u2069')
    expect(text).toContain('\u2066-10.00\u00a0US$\u2069')
    expect(subject).toMatch(/«\u200eField Recordings Vol\. 2\u200e»$/)
  })
})

test('columns stand under each other in characters of any width', () => {
  const rows = [
    ['商品', '金額'],
    ['\u2068Album\u2069', '¥100'],
  ].map((cells) => cells.map((text) => ({ text })))
  expect(columns(rows)).toBe('商品   金額\n\u2068Album\u2069  ¥100')
})
