// Strings from outside, made fit to print: one line each, of bounded length, nothing in them that steers the text around.
// React escapes markup; this takes care of what is no markup and still does harm in a subject or a sentence.

import { customerText, greetingName, LONGEST, postalCodeText } from './customer-text.ts'
import {
  clip,
  cut,
  oneLine,
  unbroken,
  withoutBreaks,
  withoutSteering,
  withSchemesBroken,
} from './plain-text.ts'

const LONGEST_NOTE = 1000

// It starts where a word starts, so that a long word is read once.
const anySchemes = /(?<![a-z\d+.:-])(?:[a-z][a-z\d+.-]*:)+\/{2,}/gi

/** The merchant's own words keep their line breaks, and of an address what people would type. */
const note = (text: string): string => {
  const lines = withSchemesBroken(withoutSteering(cut(text, LONGEST_NOTE)).replace(anySchemes, ''))
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(withoutBreaks)
  return clip(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    LONGEST_NOTE,
  )
}

const line = (text: string): string => clip(oneLine(cut(text, LONGEST)), LONGEST)

type Clean = (text: string) => string | null

/** What is not the merchant's. All that stands within such a field is cleaned the same way, unless it has a way of its own. */
const cleanerOf = new Map<string, Clean>([
  ['note', note],
  ['customerName', greetingName],
  ['billingName', customerText],
  ['billingAddress', customerText],
  ['postalCode', postalCodeText],
])

const cleaned = (value: unknown, clean: Clean): unknown => {
  if (typeof value === 'string') return clean(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, clean))
  const own: Record<string, unknown> = {}
  for (const inner in value)
    own[inner] = cleaned((value as Record<string, unknown>)[inner], cleanerOf.get(inner) ?? clean)
  return own
}

/** The same with every string in it fit to print. */
export const printable = <T>(value: T): T => cleaned(value, line) as T

/** What a client shows of a subject or a preheader before it cuts. */
const SHOWN = 90

const isolated = /^\u2068(.*)\u2069$/su
const firstLetter = /\p{L}/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Marks of its own direction around a name. Older clients know these in a subject, and not the isolating characters. */
const marked = (name: string): string => {
  const mark = rightToLeft.test(firstLetter.exec(name)?.[0] ?? '') ? '\u200f' : '\u200e'
  return `${mark}${name}${mark}`
}

/**
 * A subject: `line(name)` short enough to be shown, by cutting the name and never the words around it. A name that comes
 * isolated, since the text runs the other way, keeps its order in the subject too.
 */
export const subjectLine = (line: (name: string) => string, name: string): string => {
  const own = oneLine(name)
  const mark = isolated.test(name) ? marked : (text: string) => text
  const write = (text: string) => unbroken(line(mark(text)))
  const whole = write(own)
  if (whole.length <= SHOWN) return whole
  const room = Math.max(SHOWN - write('x').length + 1, 1)
  return write(clip(own, room))
}

/** A preheader: as many of the sentences as a client shows, and at least some of the first. */
export const preheaderLine = (sentences: readonly string[], gap: string): string => {
  let line = clip(sentences[0] ?? '', SHOWN)
  for (const sentence of sentences.slice(1)) {
    if (line.length + gap.length + sentence.length > SHOWN) break
    line += gap + sentence
  }
  return line
}
