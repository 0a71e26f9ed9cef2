// Formats the figures of a run, Postern beside the peer: as a table for a reader, and as JSON for a program.

import { type Format, median } from './figures.ts'

/** `ofLimit` is the ratio to the limit. */
export type Aim = {
  text: string
  isMet: (postern: number, ratio: number, ofLimit: number) => boolean
}

export type Line = {
  row: string
  /** One value for each round; the table shows the median. */
  postern: readonly number[]
  /** In the same order of rounds; absent if the peer has no such feature. */
  peer?: readonly number[]
  /** Figures of Postern's own that the ratio is to, where it is not to the peer's. In the same order of rounds. */
  base?: readonly number[]
  /** The most that this machine or the provider allows: of each round, or one for all. */
  limit?: readonly number[]
  format: Format
  /** The aim for Postern's figure or its ratio to the peer's, or to the base. */
  aim?: Aim
}

const HEAD = [
  ...['row', 'Postern', 'lowest', 'highest', 'peer', 'ratio'],
  ...['limit', 'of limit', 'aim', 'met'],
]

/** Paired rounds ran under similar conditions, so the ratio is the median of their ratios. */
const ratioTo = (others: readonly number[] = [], { postern }: Line): number =>
  others.length === postern.length
    ? median(postern.map((ours, round) => ours / (others[round] ?? Number.NaN)))
    : median(postern) / median(others)

const ratioOf = (line: Line) => ratioTo(line.peer ?? line.base, line)
const limitRatioOf = (line: Line) => ratioTo(line.limit, line)

const times = (ratio: number) => (Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–')

const cells = (line: Line): string[] => {
  const { row, postern, peer, limit, format, aim } = line
  const [ratio, ofLimit] = [ratioOf(line), limitRatioOf(line)]
  return [
    row,
    format(median(postern)),
    ...(postern.length > 1
      ? [format(Math.min(...postern)), format(Math.max(...postern))]
      : ['–', '–']),
    peer ? format(median(peer)) : '–',
    times(ratio),
    limit ? format(median(limit)) : '–',
    times(ofLimit),
    aim?.text ?? '–',
    aim ? (aim.isMet(median(postern), ratio, ofLimit) ? 'yes' : 'no') : '–',
  ]
}

export const table = (lines: readonly Line[]): string => {
  const rows = [HEAD, ...lines.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = (column: number) => column >= 1 && column <= 7
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
    const { row, postern, peer, base, limit, format, aim } = line
    const [ratio, ofLimit] = [ratioOf(line), limitRatioOf(line)]
    return {
      ...{ row, unit: format.unit, postern: summary(postern) },
      ...(peer && { peer: summary(peer) }),
      ...(base && { base: summary(base) }),
      ...(limit && { limit: summary(limit) }),
      ...(Number.isFinite(ratio) && { ratio }),
      ...(Number.isFinite(ofLimit) && { ofLimit }),
      ...(aim && { aim: aim.text, isMet: aim.isMet(median(postern), ratio, ofLimit) }),
    }
  })
