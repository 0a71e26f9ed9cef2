// Email addresses: their one form for mailing and comparing, and the hash that replaces them where the address itself is not
// needed.

import { createHash } from 'node:crypto'
import { domainToASCII, domainToUnicode } from 'node:url'

/** RFC 5321, 4.5.3.1. */
const LONGEST_LOCAL = 64
const LONGEST = 254

/** A dot-atom of ASCII (RFC 5322, 3.2.3): Resend refuses any other local part, and a quoted one is hardly ever meant. */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
const ENDING = /^[a-z][a-z\d-]*[a-z\d]$/

/** `domainToASCII` drops or decodes these characters, so that another domain would be mailed than the given one. */
const CHANGED_SILENTLY = /[%/?#\\\p{C}]/u

/** Versions of Node disagree about an `xn--` label that encodes nothing; one that encodes something can be read and written. */
const isReadable = (label: string) => {
  if (!label.startsWith('xn--')) return true
  const read = domainToUnicode(label)
  return read !== label && domainToASCII(read) === label
}

/** A domain as mail servers know it, with `xn--` for labels that are not ASCII; `null` for an invalid one. */
export const mailDomain = (domain: string): string | null => {
  if (domain.length > LONGEST || CHANGED_SILENTLY.test(domain)) return null
  const ascii = domainToASCII(domain)
  const labels = ascii.split('.')
  const isDomain =
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label) && isReadable(label)) &&
    ENDING.test(labels.at(-1) ?? '')
  return isDomain ? ascii : null
}

/** An address as Resend gets it; `null` for one that no mail server would take. */
export const mailAddress = (address: string): string | null => {
  if (address.length > 2 * LONGEST) return null
  const written = address.replace(/^ +| +$/g, '')
  const at = written.lastIndexOf('@')
  const local = written.slice(0, Math.max(at, 0))
  const domain = mailDomain(written.slice(at + 1))
  if (domain === null || local.length > LONGEST_LOCAL || !LOCAL.test(local)) return null
  const whole = `${local}@${domain}`
  return whole.length > LONGEST ? null : whole
}

/** The same text for every way to write an address: capitals, spaces, its domain in Unicode or ASCII. */
export const comparableAddress = (address: string): string =>
  (mailAddress(address) ?? address.trim()).toLowerCase()

/** A hash of 43 characters, the same for every way to write an address. */
export const addressHash = (address: string): string =>
  createHash('sha256').update(comparableAddress(address)).digest('base64url')
