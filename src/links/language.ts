// In which language a page is shown: the message's, since it leads here, or else the browser's.

import { type Language, languageIn } from '../../emails/index.ts'

/** More than any person has chosen. */
const MOST_RANGES = 24
const MOST_CHARACTERS = 1000

type Range = { tag: string; weight: number }

/** `de;q=0.8`, as RFC 9110 12.5.4 writes it; `null` for what is no range, and for one that is refused. */
const rangeIn = (part: string): Range | null => {
  const [, tag, q = '1'] =
    /^\s*(\*|[a-z\d-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i.exec(part) ?? []
  const weight = Math.min(Number(q), 1)
  return tag && weight > 0 ? { tag, weight } : null
}

const rangesIn = (header: string): Range[] =>
  header
    .slice(0, MOST_CHARACTERS)
    .split(',', MOST_RANGES)
    .map(rangeIn)
    .filter((range) => range !== null)
    .sort((one, other) => other.weight - one.weight)

/**
 * The language of a page.
 * @param told the message's own language tag. What cannot be read, or isn't spoken, counts as none.
 * @param acceptLanguage the browser's header; among equals the first counts, and `*` is the `fallback`.
 */
export const languageOf = (
  { told, acceptLanguage }: { told: string | null; acceptLanguage: string | undefined },
  fallback: Language,
): Language => {
  const own = told ? languageIn(told) : null
  if (own) return own
  for (const { tag } of rangesIn(acceptLanguage ?? '')) {
    const spoken = tag === '*' ? fallback : languageIn(tag)
    if (spoken) return spoken
  }
  return fallback
}
