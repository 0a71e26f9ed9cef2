// How a customer's locale becomes one that the emails can be written in.

import type { Language } from '../words/index.ts'
import { isSpoken, spoken } from '../words/index.ts'

/** Somebody who reads: in which language, and how dates and amounts are written for them. */
export type Reader = {
  language: Language
  /** For the `lang` of the document, such as `en-GB`: what a screen reader speaks the words in. */
  lang: string
  dir: 'ltr' | 'rtl'
  /** For dates and amounts: western digits and calendar everywhere, as on the invoice. */
  locale: string
}

/** A locale string may be anything that a customer's browser once claimed; what cannot be read counts as none. */
const parse = (locale: string) => {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'))
  } catch {
    return null
  }
}

const spokenIn = (wanted: Intl.Locale | null): Language | null =>
  wanted && isSpoken(wanted.language) ? wanted.language : null

/** The language of a locale, if the emails speak it. Nothing is remembered, so that anybody may ask. */
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

/** As many as there are customers' locales in earnest; what is more is read anew each time. */
const REMEMBERED = 500

/**
 * The customer's own locale when the emails speak its language (`en-GB` stays `en-GB`), the `fallback` language otherwise,
 * so that no date is in another language than the sentence around it.
 */
export const readerOf = (locale: string, fallback: Language): Reader => {
  const key = `${fallback} ${locale}`
  const known = readers.get(key)
  if (known) return known
  const reader = read(locale, fallback)
  if (readers.size < REMEMBERED) readers.set(key, reader)
  return reader
}
