// Text that a customer typed is not a way to write to people. Anyone can put a link, an address or a telephone number into
// a billing name and have it mailed by the merchant. This module breaks up or leaves out what a mail client would turn into
// a link or a call, and decides which names are fit for a greeting.

import { LinkifyIt } from 'linkify-it'
import tlds from 'tlds' with { type: 'json' }
import { digitsIn, withoutPhones } from './phone.ts'
import { clip, cut, oneLine } from './plain-text.ts'

/** Far above any real name; below the size at which one name would get the email cut off. */
export const LONGEST = 120

/** A greeting with more than this is a message of its own. */
const LONGEST_NAME = 40

let detector: LinkifyIt | undefined

const links = (): LinkifyIt => {
  detector ??= new LinkifyIt({ fuzzyLink: true, fuzzyIP: true, tlds })
  return detector
}

const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** The text as a browser's address bar reads it: one form for each letter, every kind of dot a dot, nothing invisible. */
const folded = (text: string): string =>
  text.normalize('NFKC').replace(ignorable, '').replaceAll('。', '.').replace(/[⁄∕]/g, '/')

// A dot between two words of several letters is a domain in some list of endings, if not in ours. `A.B.Smith`, `S.p.A.` and
// the Arabic titles `د.` and `م.` have a single letter before it.
const DOMAIN_DOT = /(?<=[\p{L}\p{M}\p{N}_-]{2})\.(?=\p{L}[\p{L}\p{M}\p{N}-])|(?<=\bwww)\.(?=\S)/giu

// `mailto:`, `tel:`, any other scheme, and the colons of an IPv6 address.
const SCHEME_COLON = /(?<=[\p{L}\p{N}:]|^):(?=[\p{L}\p{N}:/\\[+])/gu

/** Every dot of what a mail client would take for a link stands alone afterwards. */
const withoutLinks = (text: string): string => {
  let at = 0
  let apart = ''
  for (const { index, lastIndex } of links().match(text) ?? []) {
    apart += text.slice(at, index) + text.slice(index, lastIndex).replaceAll('.', '. ')
    at = lastIndex
  }
  return apart + text.slice(at)
}

const brokenUp = (text: string): string =>
  withoutLinks(
    withoutPhones(text)
      .replace(/\s*@\s*/g, ' @ ')
      .replace(DOMAIN_DOT, '. ')
      .replace(SCHEME_COLON, ': ')
      .replace(/([/\\])(?=[/\\])/g, '$1 '),
  )

/** `1-800-FLOWERS` is called as well. */
const FEWEST_DIGITS = 4

/** Most text has none of what every link and every number needs. */
const isHarmless = (text: string) => !/[.@:/\\]/.test(text) && digitsIn(text) < FEWEST_DIGITS

/** `text` with its links broken up, or null where it has none. */
const withLinksBroken = (text: string): string | null => {
  const read = folded(text)
  if (isHarmless(read)) return null
  const broken = brokenUp(read)
  if (broken === read) return null
  return brokenUp(broken) === broken && !links().test(broken) ? oneLine(broken) : ''
}

/** A line that a customer typed, such as a company or a street: readable, and nothing in it to click, write to or call. */
export const customerText = (text: string): string => {
  const line = oneLine(cut(text, LONGEST))
  return clip(withLinksBroken(line) ?? line, LONGEST)
}

/** Digits and a few letters in a postal code look like a telephone number, and are too few to be one. */
const POSTAL_CODE = /^[\p{L}\p{Nd}][\p{L}\p{Nd} -]{1,11}$/u

export const postalCodeText = (text: string): string =>
  POSTAL_CODE.test(cut(text, LONGEST)) && digitsIn(text) <= 9 ? oneLine(text) : customerText(text)

/** The name in a greeting. Null for what is no name: a link, an address, a telephone number, or no letter at all. */
export const greetingName = (text: string): string | null => {
  const line = oneLine(cut(text, LONGEST))
  const isName = /\p{L}/u.test(line) && withLinksBroken(line) === null
  return isName ? clip(line, LONGEST_NAME) : null
}
