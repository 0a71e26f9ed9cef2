// Reads a text with tokens, as encode.ts writes it.

import { FIRST_MARKER, MARKER } from './markers.ts'

/** Seven bits a byte. */
const MAX_NUMBER_BYTES = 8

const readNumber = (bytes: Buffer, at: number): { value: number; end: number } => {
  let value = 0
  let factor = 1
  for (let end = at; end < at + MAX_NUMBER_BYTES; end++, factor *= 128) {
    const byte = bytes[end]
    if (byte === undefined) break
    value += (byte & 127) * factor
    if (byte < 128) return { value: value % 2 === 0 ? value / 2 : -(value + 1) / 2, end: end + 1 }
  }
  throw new RangeError('a number is cut off')
}

const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** @throws {RangeError} for an instant that is in no calendar. */
const instant = (value: number, origin: number, marker: number): { text: string; time: number } => {
  if (marker !== MARKER.micros) {
    const time = origin + value
    if (marker === MARKER.epoch) return { text: String(time), time }
    const text = new Date(time).toISOString()
    return { text: marker === MARKER.seconds ? `${text.slice(0, -5)}Z` : text, time }
  }
  const millis = Math.floor(value / 1000)
  const micros = String(value - millis * 1000).padStart(3, '0')
  const time = origin + millis
  return { text: `${new Date(time).toISOString().slice(0, -1)}${micros}Z`, time }
}

/** @throws {RangeError} for bytes that `encodeTokens` never writes. */
export const decodeTokens = (bytes: Buffer): string => {
  let text = ''
  let from = 0
  let origin: number | null = null
  const take = (encoding: 'hex' | 'base64url', length: number) => {
    if (from + length > bytes.length) throw new RangeError('a token is cut off')
    const taken = bytes.toString(encoding, from, from + length)
    from += length
    return taken
  }
  const token = (marker: number): string => {
    if (marker === MARKER.uuid) return uuidOf(take('hex', 16))
    if (marker === MARKER.digest16) return take('base64url', 16)
    if (marker === MARKER.digest32) return take('base64url', 32)
    if (marker > MARKER.digest32) throw new RangeError('no token begins like this')
    const { value, end } = readNumber(bytes, from)
    const { text, time } = instant(value, origin ?? 0, marker)
    origin ??= time
    from = end
    return text
  }
  for (let at = 0; at < bytes.length; at++) {
    const marker = bytes[at] as number
    if (marker < FIRST_MARKER) continue
    text += bytes.toString('utf8', from, at)
    from = at + 1
    text += token(marker)
    at = from - 1
  }
  return text + bytes.toString('utf8', from)
}
