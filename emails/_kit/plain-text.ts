// Turns untrusted text into one line of plain text of bounded length, without direction controls, invisible characters or
// links.

// Bidirectional controls can reverse a line ("$001" for "$100"). Lone surrogates, tag characters and other invisible ones
// can hide text. Variation selectors and joiners stay for now: some scripts and emoji need them.
const steering =
  /(?!\p{VS}|\u200c|\u200d)[\p{Bidi_Control}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu
// A selector changes the character before it; a joiner joins marks, Arabic letters and emoji. Alone, they have no use.
const idle =
  /(?<=^|\s|\p{VS})\p{VS}|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]|(?<![\p{M}\p{Script=Arabic}\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\u200c|\u200d)/gu
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu

/** Most strings are plain ASCII and need no cleaning. */
const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('://')

/**
 * Cuts `text` well above `limit` before any regular expression reads it, because an event may hold a megabyte.
 */
export const cut = (text: string, limit: number): string => text.slice(0, 4 * limit)

let characters: Intl.Segmenter | undefined

/** `text` cut to `limit` with an ellipsis, between words if possible, and never inside an emoji. */
export const clip = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let kept = ''
  for (const { segment } of characters.segment(cut(text, limit))) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  const words = kept.lastIndexOf(' ')
  return `${kept.slice(0, words > limit / 2 ? words : undefined).replace(/[\s,;:]+$/, '')}…`
}

// Any client links the text after "https://", and only our links and the merchant's may work. A space breaks the link;
// removing the scheme instead would let "http:http:////" form a new one.
const schemes = /:(?=\/\/)/g

/** Removes direction controls and invisible characters. */
export const withoutSteering = (text: string): string =>
  text.replace(steering, '').replace(idle, '')

export const withoutBreaks = (text: string): string => text.replace(breaks, ' ').trim()

export const withSchemesBroken = (text: string): string => text.replace(schemes, ': ')

/** Removes line breaks and breaks links, and keeps direction marks of ours. */
export const unbroken = (text: string): string => withoutBreaks(withSchemesBroken(text))

/** One line: white space becomes single spaces, control characters go, links are broken. */
export const oneLine = (text: string): string =>
  isPlain(text) ? text : unbroken(withoutSteering(text))
