// The table that a run prints: one line a figure, Postern and the peer side by side.

export type Line = {
  row: string
  postern: number
  /** Absent where the peer does no such thing. */
  peer?: number
  say: (value: number) => string
  /** What Postern's figure, or its ratio to the peer's, is meant to be. */
  aim?: { words: string; isMet: (postern: number, ratio: number) => boolean }
}

const HEAD = ['row', 'Postern', 'peer', 'ratio', 'aim', 'met']

const cells = ({ row, postern, peer, say, aim }: Line): string[] => {
  const ratio = peer === undefined ? Number.NaN : postern / peer
  return [
    row,
    say(postern),
    peer === undefined ? '–' : say(peer),
    Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)}×`,
    aim?.words ?? '–',
    aim ? (aim.isMet(postern, ratio) ? 'yes' : 'no') : '–',
  ]
}

export const table = (lines: readonly Line[]): string => {
  const rows = [HEAD, ...lines.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = (column: number) => column >= 1 && column <= 3
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return isNumber(column) ? cell.padStart(width) : cell.padEnd(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
