/** A sentence in pieces: texts, and times in milliseconds, which a page and a command show each in their own way. */
export type Says = readonly (string | { at: number })[]

export const sayWith = (says: Says, timeOf: (at: number) => string): string =>
  says.map((piece) => (typeof piece === 'string' ? piece : timeOf(piece.at))).join('')
