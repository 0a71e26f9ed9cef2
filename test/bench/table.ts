// Formats the figures of a run, Postern beside the peer: as a table for a reader, and as JSON for a program.

import { type Format, median } from './figures.ts'

export type Aim = { text: string; isMet: (postern: number, ratio: number) => boolean }

export type Line = {
  row: string
  /** One value for each round; the table shows the median. */
  postern: readonly number[]
  /** In the same order of rounds; absent if the peer has no such feature. */
  peer?: readonly number[]
  /** Figures of Postern's own that the ratio is to, where it is not to the peer's. In the same order of rounds. */
  base?: readonly number[]
  format: Format
  /** The aim for Postern's figure or its ratio to the peer's, or to the base. */
  aim?: Aim
}

const HEAD = ['row', 'Postern', 'lowest', 'highest', 'peer', 'ratio', 'aim', 'met']

/** Paired rounds ran under similar conditions, so the ratio is the median of their ratios. */
const ratioOf = ({ postern, peer, base }: Line): number => {
  const others = peer ?? base ?? []
  return others.length === postern.length
    ? median(postern.map((ours, round) => ours / (others[round] ?? Number.NaN)))
    : median(postern) / median(others)
}

const cells = (line: Line): string[] => {
  const { row, postern, peer, base, format, aim } = line
  const ratio = ratioOf(line)
  return [
    row,
    format(median(postern)),
    ...(postern.length > 1
      ? [format(Math.min(...postern)), format(Math.max(...postern))]
      : ['–', '–']),
    peer ? format(median(peer)) : '–',
    (peer ?? base) && Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–',
    aim?.text ?? '–',
    aim ? (aim.isMet(median(postern), ratio) ? 'yes' : 'no') : '–',
  ]
}

export const table = (lines: readonly Line[]): string => {
  const rows = [HEAD, ...lines.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = (column: number) => column >= 1 && column <= 5
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

const summary = (values: readonly number[]) => ({
  median: median(values),
  lowest: Math.min(...values),
  highest: Math.max(...values),
  rounds: values,
})

/** The figures as plain objects. Values are in `unit`; a `ratio` is the median of the paired rounds. */
export const figuresOf = (lines: readonly Line[]) =>
  lines.map((line) => {
    const { row, postern, peer, base, format, aim } = line
    const ratio = ratioOf(line)
    return {
      ...{ row, unit: format.unit, postern: summary(postern) },
      ...(peer && { peer: summary(peer) }),
      ...(base && { base: summary(base) }),
      ...((peer ?? base) && Number.isFinite(ratio) && { ratio }),
      ...(aim && { aim: aim.text, isMet: aim.isMet(median(postern), ratio) }),
    }
  })
