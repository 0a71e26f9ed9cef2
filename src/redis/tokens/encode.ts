// Takes the UUIDs and instants out of a text, so that what is left compresses well (markers.ts).

import { GROUPS, groupOf, MARKER, type Tokens } from './markers.ts'
import { MAX_NUMBER, withoutSign, writeNumber } from './numbers.ts'
import { type Found, findIn, SHORTEST, writeUuid } from './scan.ts'

/** 1 for letters, digits, `-` and `_`. */
const IN_RUN = new Uint8Array(256)
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'))
  IN_RUN[byte] = 1

/** @param text in UTF-8; it is left as it is. */
export const encodeTokens = (text: Uint8Array): Tokens => {
  // A marker is shorter than its text, so the skeleton is written into the same bytes, behind which the text is read.
  const bytes = Buffer.from(text)
  const { length } = bytes
  const repeats = Buffer.allocUnsafe(length)
  const values = Buffer.allocUnsafe(length)
  const seen = Array.from({ length: GROUPS }, () => new Map<string, number>())
  let kept = 0
  let read = 0
  let repeatsEnd = 0
  let valuesEnd = 0
  let origin: number | null = null

  /** `false` where the number of an instant gets too large. */
  const writeValue = (found: Found): boolean => {
    if (found.marker === MARKER.uuid) {
      valuesEnd = writeUuid(values, valuesEnd, bytes, found.from)
    } else {
      const distance = found.time - (origin ?? 0)
      const number = found.marker === MARKER.micros ? distance * 1000 + found.micros : distance
      if (Math.abs(number) >= MAX_NUMBER) return false
      origin ??= found.time
      valuesEnd = writeNumber(values, valuesEnd, withoutSign(number))
    }
    return true
  }

  const replace = (found: Found) => {
    const { marker, from, end } = found
    const known = seen[groupOf(marker)] as Map<string, number>
    const value = bytes.toString('latin1', from, end)
    const index = known.get(value)
    if (index === undefined) {
      if (!writeValue(found)) return
      known.set(value, known.size)
    }
    repeatsEnd = writeNumber(repeats, repeatsEnd, index === undefined ? 0 : known.size - index)
    bytes.copyWithin(kept, read, from)
    kept += from - read
    bytes[kept++] = marker
    read = end
  }

  for (let from = 0; from + SHORTEST <= length; ) {
    // Most runs are shorter, so their last bytes are read first and the others skipped.
    let at = from + SHORTEST - 1
    while (at >= from && IN_RUN[bytes[at] as number] === 1) at--
    if (at < from) {
      at = from + SHORTEST
      while (at < length && IN_RUN[bytes[at] as number] === 1) at++
      const found = findIn(bytes, from, at)
      if (found) replace(found)
    }
    // An instant goes on behind its first run.
    from = Math.max(at + 1, read)
  }
  bytes.copyWithin(kept, read)
  return {
    skeleton: bytes.subarray(0, kept + length - read),
    repeats: repeats.subarray(0, repeatsEnd),
    values: values.subarray(0, valuesEnd),
  }
}
