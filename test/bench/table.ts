// The table that a run prints: one line a figure, Postern and the peer side by side.

import { median } from './figures.ts'

export type Aim = { words: string; isMet: (postern: number, ratio: number) => boolean }

export type Line = {
  row: string
  /** One value a round; the middle one is shown. */
  postern: readonly number[]
  /** In the same order of rounds. Absent where the peer does no such thing. */
  peer?: readonly number[]
  say: (value: number) => string
  /** What Postern's figure, or its ratio to the peer's, is meant to be. */
  aim?: Aim
}

const HEAD = ['row', 'Postern', 'peer', 'ratio', 'aim', 'met']

/** Rounds that lie beside each other met the same weather: the ratio is the middle one of theirs, where they pair up. */
const ratioOf = ({ postern, peer = [] }: Line): number =>
  peer.length === postern.length
    ? median(postern.map((ours, round) => ours / (peer[round] ?? Number.NaN)))
    : median(postern) / median(peer)

const cells = (line: Line): string[] => {
  const { row, postern, peer, say, aim } = line
  const ratio = ratioOf(line)
  return [
    row,
    say(median(postern)),
    peer ? say(median(peer)) : '–',
    peer && Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–',
    aim?.words ?? '–',
    aim ? (aim.isMet(median(postern), ratio) ? 'yes' : 'no') : '–',
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
