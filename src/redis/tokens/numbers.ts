// Whole numbers in as few bytes as they need, seven bits a byte.

/** Numbers from there on do not stay exact, since one bit holds the sign. */
export const MAX_NUMBER = 2 ** 52

const MAX_BYTES = 8

/** @returns where it ends. */
export const writeNumber = (bytes: Buffer, at: number, number: number): number => {
  let end = at
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128
  bytes[end++] = rest
  return end
}

/** @throws {RangeError} where the bytes end before the number. */
export const readNumber = (bytes: Buffer, at: number): { number: number; end: number } => {
  let number = 0
  let factor = 1
  for (let end = at; end < at + MAX_BYTES; factor *= 128) {
    const byte = bytes[end++]
    if (byte === undefined) break
    number += (byte & 127) * factor
    if (byte < 128) return { number, end }
  }
  throw new RangeError('a number is cut off')
}

/** A number with a sign, as one without: 0, -1, 1, -2 and so on. */
export const withoutSign = (number: number) => (number < 0 ? -2 * number - 1 : 2 * number)

export const withSign = (number: number) => (number % 2 === 0 ? number / 2 : -(number + 1) / 2)
