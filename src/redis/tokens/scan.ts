// Finds the UUIDs and instants in the bytes of a text. What would not come back as the same text is not found.

import { MARKER, type Marker } from './markers.ts'

/** A value between `from` and `end` of the text. */
export type Found =
  | { marker: typeof MARKER.uuid; from: number; end: number }
  | {
      marker: Exclude<Marker, typeof MARKER.uuid>
      from: number
      end: number
      /** In milliseconds. */
      time: number
      micros: number
    }

/** Lengths in characters: of `2026-11-26T04`, and of a time in milliseconds since 2001. */
export const SHORTEST = 13
const UUID = 36

/** `Date.UTC` takes the first hundred years for those of the twentieth century. */
const FIRST_YEAR = 100

const codeOf = (character: string) => character.charCodeAt(0)
const DASH = codeOf('-')
const COLON = codeOf(':')
const POINT = codeOf('.')
const ZERO = codeOf('0')
const NINE = codeOf('9')
const T = codeOf('T')
const Z = codeOf('Z')

const NOT_HEX = 255

/** The value of a digit in lower-case hex. */
const HEX_VALUE = new Uint8Array(256).fill(NOT_HEX)
for (const [value, character] of [...'0123456789abcdef'].entries())
  HEX_VALUE[codeOf(character)] = value

const uuidAt = (bytes: Buffer, from: number): Found | null => {
  for (let n = 0; n < UUID; n++) {
    const byte = bytes[from + n] as number
    const isDash = n === 8 || n === 13 || n === 18 || n === 23
    if (isDash ? byte !== DASH : HEX_VALUE[byte] === NOT_HEX) return null
  }
  return { marker: MARKER.uuid, from, end: from + UUID }
}

/**
 * Writes the 16 bytes of the UUID that the text has from `from` on.
 * @returns where they end.
 */
export const writeUuid = (values: Buffer, at: number, text: Buffer, from: number): number => {
  let end = at
  for (let n = from; n < from + UUID; n += 2) {
    if (text[n] === DASH) n++
    const high = HEX_VALUE[text[n] as number] as number
    values[end++] = high * 16 + (HEX_VALUE[text[n + 1] as number] as number)
  }
  return end
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
  return date.getUTCMonth() === month ? date.getTime() : Number.NaN
}

const instantAt = (bytes: Buffer, from: number): Found | null => {
  const second = from + 19
  const length = bytes[second] !== POINT ? 0 : bytes[second + 4] === Z ? 4 : 7
  if (bytes[second + length] !== Z) return null
  const millis = length === 0 ? 0 : digits(bytes, second + 1, 3)
  const micros = length === 7 ? digits(bytes, second + 4, 3) : 0
  const time = secondAt(bytes, from) + millis
  if (Number.isNaN(time + micros)) return null
  const marker = length === 7 ? MARKER.micros : length === 4 ? MARKER.millis : MARKER.seconds
  return { marker, time, micros, from, end: second + length + 1 }
}

const epochAt = (bytes: Buffer, from: number): Found | null => {
  const time = bytes[from] === ZERO ? Number.NaN : digits(bytes, from, SHORTEST)
  if (Number.isNaN(time)) return null
  return { marker: MARKER.epoch, time, micros: 0, from, end: from + SHORTEST }
}

/** The value in a run of letters, digits, `-` and `_`; `null` if there is none. */
export const findIn = (bytes: Buffer, from: number, to: number): Found | null => {
  if (to - from >= UUID) return uuidAt(bytes, to - UUID)
  if (to - from !== SHORTEST) return null
  return bytes[to] === COLON ? instantAt(bytes, from) : epochAt(bytes, from)
}
