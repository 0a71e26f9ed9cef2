// Maps a customer's locale to a language of the emails and a locale for dates and amounts.

import type { Language } from '../words/index.ts'
import { isSpoken, spoken } from '../words/index.ts'

/** The reader's language, and the locale for dates and amounts. */
export type Reader = {
  language: Language
  /** The document's `lang`, such as `en-GB`; screen readers use it. */
  lang: string
  dir: 'ltr' | 'rtl'
  /** For dates and amounts, always with western digits and calendar, as on the invoice. */
  locale: string
}

/** A customer's browser may have sent anything as its locale; invalid ones count as none. */
const parse = (locale: string) => {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'))
  } catch {
    return null
  }
}

const spokenIn = (wanted: Intl.Locale | null): Language | null =>
  wanted && isSpoken(wanted.language) ? wanted.language : null

/** The language of a locale; null if the emails have no translation. It caches nothing, so untrusted input is safe. */
export const languageIn = (locale: string): Language | null => spokenIn(parse(locale))

const read = (locale: string, fallback: Language): Reader => {
  const wanted = parse(locale)
  const language = spokenIn(wanted) ?? fallback
  const { standard, isRegional, dir } = spoken(language)
  const own =
    wanted?.region && wanted.language === language ? `${language}-${wanted.region}` : standard
  return {
    language,
    lang: isRegional ? standard : own,
    dir,
    locale: dir === 'rtl' ? `${own}-u-ca-gregory-nu-latn` : own,
  }
}

const readers = new Map<string, Reader>()

/** There are fewer real locales; further ones are parsed each time. */
const MAX_CACHED = 500

/**
 * The customer's locale if its language is translated (`en-GB` stays `en-GB`), otherwise the `fallback` language. So a date is
 * always in the language of its sentence.
 */
export const readerOf = (locale: string, fallback: Language): Reader => {
  const key = `${fallback} ${locale}`
  const known = readers.get(key)
  if (known) return known
  const reader = read(locale, fallback)
  if (readers.size < MAX_CACHED) readers.set(key, reader)
  return reader
}
