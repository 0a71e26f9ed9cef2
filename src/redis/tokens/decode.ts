// Puts the values back into a skeleton: the inverse of encode.ts.

import { FIRST_MARKER, GROUPS, groupOf, MARKER, type Marker, type Tokens } from './markers.ts'
import { readNumber, withSign } from './numbers.ts'

const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** @throws {RangeError} for an instant that is in no calendar. */
const isoOf = (time: number) => new Date(time).toISOString()

const instantOf = (marker: Marker, time: number, micros: number): string => {
  switch (marker) {
    case MARKER.micros:
      return `${isoOf(time).slice(0, -1)}${String(micros).padStart(3, '0')}Z`
    case MARKER.millis:
      return isoOf(time)
    case MARKER.seconds:
      return `${isoOf(time).slice(0, -'.000Z'.length)}Z`
    default:
      return String(time)
  }
}

const createValues = (values: Buffer) => {
  let at = 0
  let origin: number | null = null

  const hex = (length: number) => {
    if (at + length > values.length) throw new RangeError('a value is cut off')
    at += length
    return values.toString('hex', at - length, at)
  }

  const number = () => {
    const { number, end } = readNumber(values, at)
    at = end
    return number
  }

  const instant = (marker: Marker) => {
    const distance = withSign(number())
    const isFine = marker === MARKER.micros
    const millis = isFine ? Math.floor(distance / 1000) : distance
    const time = (origin ?? 0) + millis
    origin ??= time
    return instantOf(marker, time, isFine ? distance - millis * 1000 : 0)
  }

  /** The next value, which a marker of this type stands for. */
  return (marker: Marker): string => {
    switch (marker) {
      case MARKER.uuid:
        return uuidOf(hex(16))
      case MARKER.micros:
      case MARKER.millis:
      case MARKER.seconds:
      case MARKER.epoch:
        return instant(marker)
      default:
        return marker satisfies never
    }
  }
}

/** @throws {RangeError} for anything that `encodeTokens` never makes. */
export const decodeTokens = ({ skeleton, repeats, values }: Tokens): string => {
  const next = createValues(values)
  const seen = Array.from({ length: GROUPS }, (): string[] => [])
  let text = ''
  let from = 0
  let repeatsEnd = 0

  const textOf = (marker: Marker): string => {
    const known = seen[groupOf(marker)] as string[]
    const { number: back, end } = readNumber(repeats, repeatsEnd)
    repeatsEnd = end
    if (back > 0) {
      const value = known[known.length - back]
      if (value === undefined) throw new RangeError('a value repeats none')
      return value
    }
    const value = next(marker)
    known.push(value)
    return value
  }

  for (let at = 0; at < skeleton.length; at++) {
    const byte = skeleton[at] as number
    if (byte < FIRST_MARKER) continue
    text += skeleton.toString('utf8', from, at) + textOf(byte as Marker)
    from = at + 1
  }
  return text + skeleton.toString('utf8', from)
}
