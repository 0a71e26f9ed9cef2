// The languages of the emails. A new language is a folder beside this file and a row here; a missing text fails the type
// check.

import { ar } from './ar/index.ts'
import { de } from './de/index.ts'
import { en, type Words } from './en/index.ts'
import { es } from './es/index.ts'
import { fr } from './fr/index.ts'
import { ja } from './ja/index.ts'
import { pt } from './pt/index.ts'
import { sv } from './sv/index.ts'

type Spoken = {
  words: Words
  /** The locale for customers who name only the language. */
  standard: string
  /** The words belong to the standard locale's country, wherever the reader lives. */
  isRegional?: true
  dir: 'ltr' | 'rtl'
}

export const languages = {
  en: { words: en, standard: 'en-US', dir: 'ltr' },
  de: { words: de, standard: 'de-DE', dir: 'ltr' },
  fr: { words: fr, standard: 'fr-FR', dir: 'ltr' },
  es: { words: es, standard: 'es-ES', dir: 'ltr' },
  pt: { words: pt, standard: 'pt-BR', isRegional: true, dir: 'ltr' },
  ja: { words: ja, standard: 'ja-JP', dir: 'ltr' },
  sv: { words: sv, standard: 'sv-SE', dir: 'ltr' },
  ar: { words: ar, standard: 'ar-EG', dir: 'rtl' },
} satisfies Record<string, Spoken>

export type { Words }
export type Language = keyof typeof languages

export const isSpoken = (language: string): language is Language =>
  Object.hasOwn(languages, language)

export const spoken = (language: Language): Spoken => languages[language]
