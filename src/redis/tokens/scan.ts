// Finds the ids, instants and numbers in the bytes of a text. What would not come back as the same text is not found.

import { MARKER, type Marker } from './markers.ts'

/** A value between `from` and `end` of the text, as bytes or as a number. */
export type Found = { marker: Marker; from: number; end: number } & (
  | { bytes: Buffer }
  /** `time` in milliseconds. */
  | { time: number; micros: number }
  | { number: number }
)

/** Lengths in characters. The shortest value is a number of three digits. */
export const SHORTEST = 3
const UUID = 36
const DATE_AND_HOUR = 13
const EPOCH = 13
const LONGEST_NUMBER = 15
const SHORTEST_DIGEST = 22
const HEX = 64

/** `msg_`, `lnk_` */
const PREFIX = 4

/** `Date.UTC` takes the first hundred years for those of the twentieth century. */
const FIRST_YEAR = 100

const codeOf = (character: string) => character.charCodeAt(0)
const DASH = codeOf('-')
const UNDERSCORE = codeOf('_')
const COLON = codeOf(':')
const COMMA = codeOf(',')
const BRACKET = codeOf('[')
const POINT = codeOf('.')
const QUOTE = codeOf('"')
const ZERO = codeOf('0')
const NINE = codeOf('9')
const T = codeOf('T')
const Z = codeOf('Z')

const NOT_HEX = 255

/** The value of a digit in lower-case hex. */
const HEX_VALUE = new Uint8Array(256).fill(NOT_HEX)
for (const [value, character] of [...'0123456789abcdef'].entries())
  HEX_VALUE[codeOf(character)] = value

const isHex = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (HEX_VALUE[bytes[at] as number] === NOT_HEX) return false
  return true
}

const uuidAt = (bytes: Buffer, from: number): Found | null => {
  for (let n = 0; n < UUID; n++) {
    const byte = bytes[from + n] as number
    const isDash = n === 8 || n === 13 || n === 18 || n === 23
    if (isDash ? byte !== DASH : HEX_VALUE[byte] === NOT_HEX) return null
  }
  const end = from + UUID
  const hex = bytes.toString('latin1', from, end).replaceAll('-', '')
  return { marker: MARKER.uuid, bytes: Buffer.from(hex, 'hex'), from, end }
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

/** A whole number in JSON, or thirteen digits anywhere. */
const numberAt = (bytes: Buffer, from: number, to: number): Found | null => {
  const length = to - from
  const before = bytes[from - 1]
  const isInJson = before === COLON || before === COMMA || before === BRACKET
  if (bytes[from] === ZERO) return null
  if (length !== EPOCH && !isInJson) return null
  const number = digits(bytes, from, length)
  if (Number.isNaN(number)) return null
  return length === EPOCH
    ? { marker: MARKER.epoch, time: number, micros: 0, from, end: to }
    : { marker: MARKER.number, number, from, end: to }
}

/** How many bytes a digest of so many characters has in base64url. */
const BASE_64 = new Map<number, Marker>([
  [22, MARKER.base64of16],
  [43, MARKER.base64of32],
  [44, MARKER.base64of33],
])

/** Words in snake case are no digests, though some of them would decode. */
const WORD = /^[a-z_]+$/

/** A digest in base64url fills a string, perhaps behind a prefix. */
const base64In = (bytes: Buffer, from: number, to: number): Found | null => {
  const marker = BASE_64.get(to - from)
  if (marker === undefined || bytes[to] !== QUOTE) return null
  const text = bytes.toString('latin1', from, to)
  if (WORD.test(text)) return null
  const digest = Buffer.from(text, 'base64url')
  return digest.toString('base64url') === text ? { marker, bytes: digest, from, end: to } : null
}

/** The value in a run of letters, digits, `-` and `_`; `null` if there is none. */
export const findIn = (bytes: Buffer, from: number, to: number): Found | null => {
  const length = to - from
  if (length <= LONGEST_NUMBER) {
    const first = bytes[from] as number
    if (first < ZERO || first > NINE) return null
    const isDate = length === DATE_AND_HOUR && bytes[to] === COLON
    return isDate ? instantAt(bytes, from) : numberAt(bytes, from, to)
  }
  if (length < SHORTEST_DIGEST) return null
  if (length === HEX && isHex(bytes, from, to)) {
    const hex = bytes.toString('latin1', from, to)
    return { marker: MARKER.hex, bytes: Buffer.from(hex, 'hex'), from, end: to }
  }
  const uuid = length >= UUID ? uuidAt(bytes, to - UUID) : null
  if (uuid || bytes[from - 1] !== QUOTE) return uuid
  const hasPrefix = bytes[from + PREFIX - 1] === UNDERSCORE
  return base64In(bytes, from, to) ?? (hasPrefix ? base64In(bytes, from + PREFIX, to) : null)
}
