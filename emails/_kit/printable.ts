// Cleans strings from outside: one line each, of bounded length, without direction controls. React escapes markup; this module
// handles text that is no markup and still does harm in a subject or a sentence.

import { customerText, greetingName, MAX_LENGTH, postalCodeText } from './customer-text.ts'
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

// It starts at the start of a word, so that a long word is scanned only once.
const anySchemes = /(?<![a-z\d+.:-])(?:[a-z][a-z\d+.-]*:)+\/{2,}/gi

/** The merchant's own text keeps its line breaks, and its URLs without the scheme. */
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

const line = (text: string): string => clip(oneLine(cut(text, MAX_LENGTH)), MAX_LENGTH)

type Clean = (text: string) => string | null

/** Fields that customers write, with their cleaners. A cleaner applies to everything inside its field, unless that has its own. */
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

/** The same value with every string cleaned. */
export const printable = <T>(value: T): T => cleaned(value, line) as T

/** Characters of a subject or a preheader that clients show. */
const MAX_SHOWN = 90

const isolated = /^\u2068(.*)\u2069$/su
const firstLetter = /\p{L}/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Puts direction marks around a name. Older clients support these in a subject, but not the isolating characters. */
const marked = (name: string): string => {
  const mark = rightToLeft.test(firstLetter.exec(name)?.[0] ?? '') ? '\u200f' : '\u200e'
  return `${mark}${name}${mark}`
}

/**
 * A subject that is short enough: it cuts the name, never the words around it. An isolated name, in a text of the other
 * direction, keeps its order in the subject too.
 */
export const subjectLine = (line: (name: string) => string, name: string): string => {
  const own = oneLine(name)
  const mark = isolated.test(name) ? marked : (text: string) => text
  const write = (text: string) => unbroken(line(mark(text)))
  const whole = write(own)
  if (whole.length <= MAX_SHOWN) return whole
  const room = Math.max(MAX_SHOWN - write('x').length + 1, 1)
  return write(clip(own, room))
}

/** A preheader: as many sentences as clients show, and at least the start of the first. */
export const preheaderLine = (sentences: readonly string[], gap: string): string => {
  let line = clip(sentences[0] ?? '', MAX_SHOWN)
  for (const sentence of sentences.slice(1)) {
    if (line.length + gap.length + sentence.length > MAX_SHOWN) break
    line += gap + sentence
  }
  return line
}
