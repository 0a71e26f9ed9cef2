// One line of plain text from text that anybody may have written: of bounded length, with nothing in it that steers the text
// around, hides, or makes a link.

// Bidirectional controls can turn a line around ("$001" for "$100"); half characters, tag characters and all else that is
// invisible only hides. Variation selectors and joiners stay for now: some scripts and every family of emoji need them.
const steering =
  /(?!\p{VS}|\u200c|\u200d)[\p{Bidi_Control}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu
// A selector chooses the shape of what is before it; a joiner joins marks, Arabic letters and emoji. One alone only hides.
const idle =
  /(?<=^|\s|\p{VS})\p{VS}|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]|(?<![\p{M}\p{Script=Arabic}\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\u200c|\u200d)/gu
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu

/** Most strings are of this kind, and have nothing to be taken out. */
const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('://')

/**
 * `text` without what no reader would see of it anyway, before any regular expression reads it: an event may bring a
 * megabyte.
 */
export const cut = (text: string, limit: number): string => text.slice(0, 4 * limit)

let characters: Intl.Segmenter | undefined

/** `text`, or what fits of it into `limit` with an ellipsis: whole words where it has any, and never half an emoji. */
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

// "https://" makes any client turn what follows into a link, and the only links in an email are ours and the merchant's.
// A space breaks it; taking it out would let "http:http:////" put itself together again.
const schemes = /:(?=\/\/)/g

/** Without controls and joiners that steer the text or hide in it. */
export const withoutSteering = (text: string): string =>
  text.replace(steering, '').replace(idle, '')

export const withoutBreaks = (text: string): string => text.replace(breaks, ' ').trim()

export const withSchemesBroken = (text: string): string => text.replace(schemes, ': ')

/** One line that carries marks of ours, such as a direction's: only line breaks and links are taken care of. */
export const unbroken = (text: string): string => withoutBreaks(withSchemesBroken(text))

/** One line: control characters and runs of white space become a space, steering characters go, links are broken. */
export const oneLine = (text: string): string =>
  isPlain(text) ? text : unbroken(withoutSteering(text))
