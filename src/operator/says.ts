/** A sentence in pieces: texts, times in milliseconds and message ids, which a page and a command show each in their own way. */
export type Says = readonly (string | { at: number } | { message: string })[]

export const sayWith = (says: Says, timeOf: (at: number) => string): string =>
  says
    .map((piece) => {
      if (typeof piece === 'string') return piece
      return 'at' in piece ? timeOf(piece.at) : piece.message
    })
    .join('')
