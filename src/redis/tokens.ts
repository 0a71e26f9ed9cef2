// Writes the ids and instants of a text as tokens: a marker and a few bytes instead of up to 44 characters. Random bytes do
// not compress, so this comes before the compression (packing.ts). Decoding gives back exactly the same text.

/** Bytes that occur in no UTF-8. They are part of the format of stored records: none may change. */
const MARKER = {
  uuid: 0xf5,
  /** ISO 8601 in UTC with six, three or no digits after the second. */
  micros: 0xf6,
  millis: 0xf7,
  seconds: 0xf8,
  /** 13 digits: milliseconds since the epoch. */
  epoch: 0xf9,
  /** 16 or 32 bytes in base64url. */
  digest16: 0xfa,
  digest32: 0xfb,
} as const

/** UTF-8 has no byte from here on. */
const FIRST_MARKER = MARKER.uuid

/** A digest fills a string, perhaps behind a prefix such as `msg_`. 44 characters are two digests of 22. */
const CANDIDATE =
  /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(\.\d{3})(\d{3})?)?Z|([12]\d{12})|(?<=["_])([\w-]{22}|[\w-]{43}|[\w-]{44})(?=")/g

/** Words in snake case are no digests, though some of them would decode. */
const WORD = /^[a-z_]+$/

/** Bytes of a UUID and of the shorter digest. */
const SHORT = 16
const LONG = 32

/** A number is doubled to hold its sign, and has to stay exact. */
const MAX_NUMBER = 2 ** 52

/** Seven bits a byte. */
const MAX_NUMBER_BYTES = 8

const decodesTo = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

/** The tokens of one digest or of two; `null` where they would not decode to the same text. */
const digestTokens = (text: string): Buffer | null => {
  if (WORD.test(text)) return null
  const marker = text.length === 43 ? MARKER.digest32 : MARKER.digest16
  const parts = text.length === 44 ? [text.slice(0, 22), text.slice(22)] : [text]
  const tokens: Buffer[] = []
  for (const part of parts) {
    const bytes = decodesTo(part)
    if (!bytes) return null
    tokens.push(Buffer.of(marker), bytes)
  }
  return Buffer.concat(tokens)
}

/** @returns where it ends. */
const writeNumber = (out: Buffer, at: number, value: number): number => {
  let end = at
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  for (; rest > 127; rest = Math.floor(rest / 128)) out[end++] = (rest % 128) | 128
  out[end++] = rest
  return end
}

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

/** The time of `2026-11-26T04:57:37.341Z`; `null` for a date that is in no calendar. */
const timeOf = (text: string): number | null => {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text ? time : null
}

/**
 * Instants are written as distances from the first one in the text: those of one record are mostly close together, and equal
 * ones stay equal, as the compression needs them.
 * @param text well-formed: no half of a surrogate pair stands alone.
 */
export const encodeTokens = (text: string): Buffer => {
  const out = Buffer.allocUnsafe(Buffer.byteLength(text))
  let end = 0
  let from = 0
  let origin: number | null = null
  const flush = (until: number) => {
    end += out.write(text.slice(from, until), end)
  }
  for (const match of text.matchAll(CANDIDATE)) {
    const [whole, uuid, second, millis, micros, epoch, digest] = match
    if (uuid) {
      flush(match.index)
      out[end++] = MARKER.uuid
      end += out.write(uuid.replaceAll('-', ''), end, 'hex')
    } else if (digest) {
      const tokens = digestTokens(digest)
      if (!tokens) continue
      flush(match.index)
      end += tokens.copy(out, end)
    } else {
      const time = second ? timeOf(`${second}${millis ?? '.000'}Z`) : Number(epoch)
      if (time === null) continue
      const distance = time - (origin ?? 0)
      const value = micros ? distance * 1000 + Number(micros) : distance
      if (Math.abs(value) >= MAX_NUMBER) continue
      origin ??= time
      flush(match.index)
      out[end++] = micros
        ? MARKER.micros
        : millis
          ? MARKER.millis
          : second
            ? MARKER.seconds
            : MARKER.epoch
      end = writeNumber(out, end, value)
    }
    from = match.index + whole.length
  }
  flush(text.length)
  return out.subarray(0, end)
}

const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

const instant = (value: number, origin: number, marker: number): { text: string; time: number } => {
  if (marker !== MARKER.micros) {
    const time = origin + value
    if (marker === MARKER.epoch) return { text: String(time), time }
    const text = new Date(time).toISOString()
    return { text: marker === MARKER.seconds ? text.replace('.000Z', 'Z') : text, time }
  }
  const millis = Math.floor(value / 1000)
  const micros = String(value - millis * 1000).padStart(3, '0')
  const time = origin + millis
  return { text: new Date(time).toISOString().replace('Z', `${micros}Z`), time }
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
    if (marker === MARKER.uuid) return uuidOf(take('hex', SHORT))
    if (marker === MARKER.digest16) return take('base64url', SHORT)
    if (marker === MARKER.digest32) return take('base64url', LONG)
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
