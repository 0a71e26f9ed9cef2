// Strings from outside, made fit to print: one line each, of bounded length, nothing in them that steers the text around.
// React escapes markup; this takes care of what is no markup and still does harm in a subject or a sentence.

import { readingLocale } from './language.ts'
import type { Common } from './props.ts'

/** Far above any real name; below what would push an email over the size at which Gmail cuts it off. */
const LONGEST = 240

// Bidirectional controls can turn a line around ("$001" for "$100"); zero-width spaces and half characters only hide.
const steering = /[\p{Bidi_Control}\p{Cs}\u200b\u2060\ufeff]/gu
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** `text`, or what fits of it into `limit` with an ellipsis: whole words where it has any, and never half an emoji. */
export const clip = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of characters.segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  const words = kept.lastIndexOf(' ')
  return `${kept.slice(0, words > limit / 2 ? words : undefined).replace(/[\s,;:]+$/, '')}…`
}

// "https://" makes any client turn what follows into a link, and the only links in an email are ours and the merchant's.
// A space breaks it; taking it out would let "http:http:////" put itself together again.
const schemes = /:(?=\/\/)/g

/** One line: control characters and runs of white space become a space, steering characters go, links are broken. */
export const oneLine = (text: string): string =>
  text.replace(steering, '').replace(schemes, ': ').replace(breaks, ' ').trim()

const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return clip(oneLine(value), LONGEST)
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]))
}

/**
 * The same props with every string fit to print and the locale one that the copy speaks. Every template starts with it.
 * Brand and links are the merchant's and ours, and stay as they are.
 */
export const printable = <P extends Common>({ brand, links, locale, ...rest }: P): P =>
  ({ ...(cleaned(rest) as object), brand, links, locale: readingLocale(locale) }) as P

/** What a client shows of a subject or a preheader before it cuts. */
const SHOWN = 90

/** A subject: `line(name)` short enough to be shown, by cutting the name and never the words around it. */
export const subjectLine = (line: (name: string) => string, name: string): string => {
  const room = Math.max(SHOWN - line('x').length + 1, 1)
  return oneLine(line(clip(name, room)))
}

/** A preheader, short enough to be shown. */
export const preheaderLine = (text: string): string => clip(oneLine(text), SHOWN)
