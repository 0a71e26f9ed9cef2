// Measures the same steps with a short and a long history. They take turns, so that each ratio is of a round under similar
// conditions.

import { count, ms } from '../figures.ts'
import type { Aim, Line } from '../table.ts'

type Comparison<History> = {
  /** The row of the bench. */
  row: string
  short: History
  long: History
  /** The names of the steps. */
  names: readonly string[]
  rounds: number
  /** The median of a step in a round, in milliseconds. */
  measure: (history: History, name: string) => Promise<number>
  aimOf: (name: string) => Aim
}

export const compareHistories = async <History extends { length: number }>(
  comparison: Comparison<History>,
): Promise<Line[]> => {
  const { row, short, long, names, rounds, measure, aimOf } = comparison
  const figures = new Map(
    names.map((name) => [name, { short: [] as number[], long: [] as number[] }]),
  )
  for (let round = -1; round < rounds; round++) {
    for (const [name, both] of figures) {
      for (const which of round % 2 ? (['short', 'long'] as const) : (['long', 'short'] as const)) {
        const took = await measure(which === 'short' ? short : long, name)
        if (round >= 0) both[which].push(took) // the first round warms up
      }
    }
  }
  return [...figures].flatMap(([name, both]): Line[] => [
    { row: `${row}: ${name}, ${count(short.length)} messages`, postern: both.short, format: ms },
    {
      row: `${row}: the same, ${count(long.length)} messages`,
      postern: both.long,
      base: both.short,
      format: ms,
      aim: aimOf(name),
    },
  ])
}
