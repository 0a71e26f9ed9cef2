// Makes text that a customer typed harmless. Anyone can put a link, an address or a telephone number into a billing name and
// have the merchant mail it. This module breaks up or removes everything that a mail client would turn into a link or a call,
// and decides which names can be used in a greeting.

import { LinkifyIt } from 'linkify-it'
import tlds from 'tlds' with { type: 'json' }
import { digitsIn, withoutPhones } from './phone.ts'
import { clip, cut, oneLine } from './plain-text.ts'

/** Far above any real name, and too short to get an email cut off. */
export const MAX_LENGTH = 120

/** A longer name in a greeting could carry a message. */
const MAX_NAME_LENGTH = 40

let detector: LinkifyIt | undefined

const links = (): LinkifyIt => {
  detector ??= new LinkifyIt({ fuzzyLink: true, fuzzyIP: true, tlds })
  return detector
}

const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Normalizes text as an address bar does: one form for each letter, every kind of dot a dot, nothing invisible. */
const folded = (text: string): string =>
  text.normalize('NFKC').replace(ignorable, '').replaceAll('。', '.').replace(/[⁄∕]/g, '/')

// A dot between two words of several letters may be a domain in some client's list of endings. `A.B.Smith`, `S.p.A.` and the
// Arabic titles `د.` and `م.` have a single letter before it.
const DOMAIN_DOT = /(?<=[\p{L}\p{M}\p{N}_-]{2})\.(?=\p{L}[\p{L}\p{M}\p{N}-])|(?<=\bwww)\.(?=\S)/giu

// `mailto:`, `tel:`, any other scheme, and the colons of an IPv6 address.
const SCHEME_COLON = /(?<=[\p{L}\p{N}:]|^):(?=[\p{L}\p{N}:/\\[+])/gu

/** Puts spaces around every dot of a text that a mail client would link. */
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

/** `1-800-FLOWERS` can be called too. */
const MIN_DIGITS = 4

/** A text without these characters and digits can hold no link and no number. */
const isHarmless = (text: string) => !/[.@:/\\]/.test(text) && digitsIn(text) < MIN_DIGITS

/** `text` with its links broken up; null if it has none. */
const withLinksBroken = (text: string): string | null => {
  const read = folded(text)
  if (isHarmless(read)) return null
  const broken = brokenUp(read)
  if (broken === read) return null
  return brokenUp(broken) === broken && !links().test(broken) ? oneLine(broken) : ''
}

/** A line that a customer typed, such as a company or a street: readable, without anything to click or call. */
export const customerText = (text: string): string => {
  const line = oneLine(cut(text, MAX_LENGTH))
  return clip(withLinksBroken(line) ?? line, MAX_LENGTH)
}

/** A postal code looks like a telephone number, but is too short to be one. */
const POSTAL_CODE = /^[\p{L}\p{Nd}][\p{L}\p{Nd} -]{1,11}$/u

export const postalCodeText = (text: string): string =>
  POSTAL_CODE.test(cut(text, MAX_LENGTH)) && digitsIn(text) <= 9
    ? oneLine(text)
    : customerText(text)

/** The name for a greeting; null for a link, an address, a telephone number, or text without a letter. */
export const greetingName = (text: string): string | null => {
  const line = oneLine(cut(text, MAX_LENGTH))
  const isName = /\p{L}/u.test(line) && withLinksBroken(line) === null
  return isName ? clip(line, MAX_NAME_LENGTH) : null
}
