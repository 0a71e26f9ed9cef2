// Strings from outside, made fit to print: one line each, of bounded length, nothing in them that steers the text around.
// React escapes markup; this takes care of what is no markup and still does harm in a subject or a sentence.

/** Far above any real name; below what would push an email over the size at which Gmail cuts it off. */
const LONGEST = 120
const LONGEST_NOTE = 1000

// Bidirectional controls can turn a line around ("$001" for "$100"); zero-width spaces and half characters only hide.
const steering = /[\p{Bidi_Control}\p{Cs}\u200b\u2060\ufeff]/gu
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu

/** Most strings are of this kind, and have nothing to be taken out. */
const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('://')

let characters: Intl.Segmenter | undefined

/** `text`, or what fits of it into `limit` with an ellipsis: whole words where it has any, and never half an emoji. */
export const clip = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let kept = ''
  // A name of ten thousand characters is not looked at to its end.
  for (const { segment } of characters.segment(text.slice(0, 4 * limit))) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  const words = kept.lastIndexOf(' ')
  return `${kept.slice(0, words > limit / 2 ? words : undefined).replace(/[\s,;:]+$/, '')}…`
}

// "https://" makes any client turn what follows into a link, and the only links in an email are ours and the merchant's.
// A space breaks it; taking it out would let "http:http:////" put itself together again.
const schemes = /:(?=\/\/)/g

const unbroken = (text: string): string => text.replace(schemes, ': ').replace(breaks, ' ').trim()

/** One line: control characters and runs of white space become a space, steering characters go, links are broken. */
export const oneLine = (text: string): string =>
  isPlain(text) ? text : unbroken(text.replace(steering, ''))

const anySchemes = /(?:[a-z][a-z\d+.-]*:)+\/{2,}/gi

/** The merchant's own words keep their line breaks, and of an address what people would type. */
const note = (text: string): string => {
  const lines = text
    .replace(steering, '')
    .replace(anySchemes, '')
    .replace(schemes, ': ')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.replace(breaks, ' ').trim())
  return clip(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    LONGEST_NOTE,
  )
}

const cleaned = (value: unknown, key?: string): unknown => {
  if (typeof value === 'string') return key === 'note' ? note(value) : clip(oneLine(value), LONGEST)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner))
  const own: Record<string, unknown> = {}
  for (const inner in value) own[inner] = cleaned((value as Record<string, unknown>)[inner], inner)
  return own
}

/** The same with every string in it fit to print. */
export const printable = <T>(value: T): T => cleaned(value) as T

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
