// Removes telephone numbers from text that a customer typed, because phones turn them into links. House numbers, postal codes
// and company numbers look similar and must stay.

const DIGIT = /\p{Nd}/gu

export const digitsIn = (text: string): number => text.match(DIGIT)?.length ?? 0

/** Digits with separators. Digits right after a Latin letter belong to a code, such as a VAT number. */
const RUN = /(?<![a-z\p{Nd}])(?:\+\s?)?\(?\p{Nd}[\p{Nd}\s()./\p{Pd}\u2212]*\p{Nd}/giu

/** `1-800-FLOWERS`: keypads have letters. */
const VANITY =
  /(?<![\p{L}\p{Nd}])(?:\+?1[\s.-])?\(?8\p{Nd}{2}\)?[.-][a-z\p{Nd}]+(?:-[a-z\p{Nd}]+)*/giu

/** The lengths of the digit groups: `555-0199` is `3 4`. */
const shapeOf = (run: string) => run.split(/\P{Nd}+/u).flatMap((group) => group.length || [])

const isPair = (length: number) => length === 2
const isLong = (length: number) => length >= 3

/** Seven or eight digits may be a local number, a postal code or a company number. */
const SHORT = new Set(['3 4', '4 4'])

const isPhone = (run: string): boolean => {
  const shape = shapeOf(run)
  const digits = shape.reduce((sum, length) => sum + length, 0)
  if (digits < 7) return false
  if (/^[+(]|^00/.test(run)) return true
  if (shape.length >= 4 && shape.every(isPair) && !/\p{Pd}/u.test(run)) return true
  if (digits < 9 || shape.join(' ') === '5 4') return false
  return shape.some((length) => length >= 9) || /^0/.test(run) || shape.filter(isLong).length >= 2
}

/** Removes telephone numbers. An ambiguous number is split in two, so that it stays readable and is not linked. */
export const withoutPhones = (text: string): string =>
  text
    .replace(RUN, (run) => {
      if (isPhone(run)) return '…'
      return SHORT.has(shapeOf(run).join(' ')) ? run.replace(/\P{Nd}+/u, ' · ') : run
    })
    .replace(VANITY, (run) => (/[a-z]/i.test(run) ? '…' : run))
