// Which languages the copy speaks, and how a customer's locale becomes one of them.

const languages = { en: { standard: 'en-US', dir: 'ltr' } } as const

type Language = keyof typeof languages

const isSpoken = (language: string): language is Language => Object.hasOwn(languages, language)

/** A locale string may be anything that a customer's browser once claimed; what cannot be read counts as none. */
const parse = (locale: string) => {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'))
  } catch {
    return null
  }
}

/**
 * The locale that an email is written and formatted in: the customer's own when the copy speaks its language (`en-GB`
 * stays `en-GB`), English otherwise, so that no date is in another language than the sentence around it.
 */
export const readingLocale = (locale: string): string => {
  const wanted = parse(locale)
  if (wanted === null || !isSpoken(wanted.language)) return languages.en.standard
  return wanted.region ? `${wanted.language}-${wanted.region}` : languages[wanted.language].standard
}

/** The writing direction of a reading locale. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => {
  const language = locale.split('-')[0] ?? ''
  return isSpoken(language) ? languages[language].dir : 'ltr'
}
