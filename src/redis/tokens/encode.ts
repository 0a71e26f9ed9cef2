// Writes the ids and instants of a text as tokens: a marker and a few bytes instead of up to 44 characters. Random bytes do
// not compress, so this comes before the compression (packing.ts).
//
// An instant is written as its distance from the first one in the text: those of one record are mostly close together, and
// equal ones stay equal, as the compression needs them.

import { MARKER } from './markers.ts'

/** Characters of a UUID, of an instant up to its first colon, of milliseconds since the epoch, of digests. */
const UUID = 36
const DATE_AND_HOUR = 13
const EPOCH = 13
const DIGEST_16 = 22
const DIGEST_32 = 43

/** `msg_`, `lnk_` */
const PREFIX = 4

/** `Date.UTC` takes the first hundred years for those of the twentieth century. */
const FIRST_YEAR = 100

/** A number is doubled to hold its sign, and has to stay exact. */
const MAX_NUMBER = 2 ** 52

const codeOf = (character: string) => character.charCodeAt(0)
const DASH = codeOf('-')
const UNDERSCORE = codeOf('_')
const COLON = codeOf(':')
const POINT = codeOf('.')
const QUOTE = codeOf('"')
const ZERO = codeOf('0')
const NINE = codeOf('9')
const T = codeOf('T')
const Z = codeOf('Z')

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** 1 for the bytes of ids: letters, digits, `-` and `_`. */
const IN_ID = new Uint8Array(256)
for (const character of `${LETTERS}${LETTERS.toUpperCase()}0123456789-_`)
  IN_ID[codeOf(character)] = 1

const NOT_HEX = 255

/** The value of a digit in lower-case hex. */
const HEX = new Uint8Array(256).fill(NOT_HEX)
for (const [value, character] of [...'0123456789abcdef'].entries()) HEX[codeOf(character)] = value

const hexAt = (bytes: Buffer, at: number): number => HEX[bytes[at] as number] as number

const isUuid = (bytes: Buffer, from: number): boolean => {
  for (let n = 0; n < UUID; n++) {
    const isDash = n === 8 || n === 13 || n === 18 || n === 23
    if (isDash ? bytes[from + n] !== DASH : hexAt(bytes, from + n) === NOT_HEX) return false
  }
  return true
}

/** The number that `count` digits make; `NaN` where a byte is no digit. */
const digits = (bytes: Buffer, from: number, count: number): number => {
  let value = 0
  for (let at = from; at < from + count; at++) {
    const byte = bytes[at] ?? 0
    if (byte < ZERO || byte > NINE) return Number.NaN
    value = value * 10 + byte - ZERO
  }
  return value
}

/** The time of `2026-11-26T04:57:37`; `NaN` for a date that is in no calendar, which would come back as another one. */
const secondAt = (bytes: Buffer, from: number): number => {
  const isSeparated =
    bytes[from + 4] === DASH &&
    bytes[from + 7] === DASH &&
    bytes[from + 10] === T &&
    bytes[from + 13] === COLON &&
    bytes[from + 16] === COLON
  const year = digits(bytes, from, 4)
  const month = digits(bytes, from + 5, 2) - 1
  const day = digits(bytes, from + 8, 2)
  const hour = digits(bytes, from + 11, 2)
  const minute = digits(bytes, from + 14, 2)
  const second = digits(bytes, from + 17, 2)
  if (!isSeparated || !(year >= FIRST_YEAR && hour < 24 && minute < 60 && second < 60))
    return Number.NaN
  const date = new Date(Date.UTC(year, month, day, hour, minute, second))
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : Number.NaN
}

type Instant = { marker: number; time: number; micros: number; end: number }

const instantAt = (bytes: Buffer, from: number): Instant | null => {
  const second = from + 19
  const length = bytes[second] !== POINT ? 0 : bytes[second + 4] === Z ? 4 : 7
  if (bytes[second + length] !== Z) return null
  const millis = length === 0 ? 0 : digits(bytes, second + 1, 3)
  const micros = length === 7 ? digits(bytes, second + 4, 3) : 0
  const time = secondAt(bytes, from) + millis
  if (Number.isNaN(time + micros)) return null
  const marker = length === 7 ? MARKER.micros : length === 4 ? MARKER.millis : MARKER.seconds
  return { marker, time, micros, end: second + length + 1 }
}

/** The thirteen digits of a time in milliseconds. */
const epochAt = (bytes: Buffer, from: number): Instant | null => {
  const time = digits(bytes, from, EPOCH)
  const isFull = bytes[from] !== ZERO
  return isFull && !Number.isNaN(time)
    ? { marker: MARKER.epoch, time, micros: 0, end: from + EPOCH }
    : null
}

/** Words in snake case are no digests, though some of them would decode. */
const WORD = /^[a-z_]+$/

/** The bytes of a digest in base64url; `null` where they would not come back as the same text. */
const digestAt = (bytes: Buffer, from: number, length: number): Buffer | null => {
  const text = bytes.toString('latin1', from, from + length)
  if (WORD.test(text)) return null
  const digest = Buffer.from(text, 'base64url')
  return digest.toString('base64url') === text ? digest : null
}

/** @param text in UTF-8; it is left as it is. */
export const encodeTokens = (text: Uint8Array): Buffer => {
  // A token is shorter than its text, so the tokens are written into the same bytes, behind which the text is read.
  const bytes = Buffer.from(text)
  let end = 0
  let read = 0
  let origin: number | null = null

  /** Keeps the text up to `from`; a token replaces the text from there to `to`. */
  const replace = (from: number, to: number) => {
    bytes.copyWithin(end, read, from)
    end += from - read
    read = to
  }

  const writeUuid = (from: number) => {
    replace(from, from + UUID)
    let at = from
    for (let n = 1; n <= 16; n++, at += 2) {
      if (bytes[at] === DASH) at++
      bytes[end + n] = hexAt(bytes, at) * 16 + hexAt(bytes, at + 1)
    }
    bytes[end] = MARKER.uuid
    end += 17
  }

  const writeDigest = (marker: number, from: number, length: number) => {
    const digest = digestAt(bytes, from, length)
    if (!digest) return
    replace(from, from + length)
    bytes[end++] = marker
    bytes.set(digest, end)
    end += digest.length
  }

  const writeInstant = (from: number, instant: Instant) => {
    const { marker, time, micros } = instant
    const distance = time - (origin ?? 0)
    const value = marker === MARKER.micros ? distance * 1000 + micros : distance
    if (Math.abs(value) >= MAX_NUMBER) return
    origin ??= time
    replace(from, instant.end)
    bytes[end++] = marker
    let rest = value < 0 ? -2 * value - 1 : 2 * value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128
    bytes[end++] = rest
  }

  /** A run of the bytes of ids, as long as it goes. */
  const take = (from: number, to: number) => {
    const length = to - from
    if (length === DATE_AND_HOUR) {
      const instant = bytes[to] === COLON ? instantAt(bytes, from) : epochAt(bytes, from)
      if (instant) writeInstant(from, instant)
      return
    }
    if (length >= UUID && isUuid(bytes, to - UUID)) return writeUuid(to - UUID)
    // A digest fills a string, perhaps behind a prefix. An id may be two of them.
    if (bytes[from - 1] !== QUOTE || bytes[to] !== QUOTE) return
    const hasPrefix = bytes[from + PREFIX - 1] === UNDERSCORE
    for (const start of hasPrefix ? [from, from + PREFIX] : [from]) {
      if (to - start === DIGEST_16) writeDigest(MARKER.digest16, start, DIGEST_16)
      if (to - start === DIGEST_32) writeDigest(MARKER.digest32, start, DIGEST_32)
      if (to - start === 2 * DIGEST_16) {
        writeDigest(MARKER.digest16, start, DIGEST_16)
        writeDigest(MARKER.digest16, start + DIGEST_16, DIGEST_16)
      }
    }
  }

  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (IN_ID[text[at] as number] === 1) continue
    if (at - from >= EPOCH) take(from, at)
    from = at + 1
  }
  take(from, text.length)
  bytes.copyWithin(end, read)
  return bytes.subarray(0, end + bytes.length - read)
}
