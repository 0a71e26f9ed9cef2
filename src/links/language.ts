// Chooses the language of a page: that of the link's email, or else of the browser.

import { type Language, languageIn } from '../../emails/index.ts'

/** A longer Accept-Language is cut off. */
const MAX_RANGES = 24
const MAX_CHARACTERS = 1000

type Range = { tag: string; weight: number }

/** Reads `de;q=0.8` (RFC 9110, 12.5.4); `null` if it is malformed or has a weight of 0. */
const parseRange = (part: string): Range | null => {
  const [, tag, q = '1'] =
    /^\s*(\*|[a-z\d-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i.exec(part) ?? []
  const weight = Math.min(Number(q), 1)
  return tag && weight > 0 ? { tag, weight } : null
}

const parseRanges = (header: string): Range[] =>
  header
    .slice(0, MAX_CHARACTERS)
    .split(',', MAX_RANGES)
    .map(parseRange)
    .filter((range) => range !== null)
    .sort((one, other) => other.weight - one.weight)

/**
 * The language of a page.
 * @param preferred `tag` is the language tag of the link's email. `acceptLanguage` is the browser's
 * header: the first of equal weights counts, and `*` means the `fallback`. An unreadable or
 * unsupported tag is ignored.
 */
export const languageOf = (
  preferred: { tag: string | null; acceptLanguage: string | undefined },
  fallback: Language,
): Language => {
  const ofEmail = preferred.tag ? languageIn(preferred.tag) : null
  if (ofEmail) return ofEmail
  for (const { tag } of parseRanges(preferred.acceptLanguage ?? '')) {
    const supported = tag === '*' ? fallback : languageIn(tag)
    if (supported) return supported
  }
  return fallback
}
