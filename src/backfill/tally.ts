// Counts the finds of a backfill, by kind: pure.

import type { Kind } from '../../emails/index.ts'
import type { Expected, Forecast } from '../events/forecast.ts'

export type Result = Expected['result']

export type Tally = {
  /** Events that were missed. */
  missed: number
  /** Those that lead to no message; the customer state learns from them. */
  learned: number
  /** Messages by kind and result. */
  kinds: Partial<Record<Kind, Partial<Record<Result, number>>>>
  /** Sources that the access token may not read. */
  denied: readonly string[]
}

export const nothing: Tally = { missed: 0, learned: 0, kinds: {}, denied: [] }

export const counted = (tally: Tally, forecast: Forecast): Tally => {
  const after = { ...tally, missed: tally.missed + 1 }
  if ('ignored' in forecast) return { ...after, learned: tally.learned + 1 }
  const kinds = { ...tally.kinds }
  for (const { kind, result } of forecast.messages) {
    const before = kinds[kind] ?? {}
    kinds[kind] = { ...before, [result]: (before[result] ?? 0) + 1 }
  }
  return { ...after, kinds }
}

/** How many messages have a result. */
export const totalOf = ({ kinds }: Tally, result: Result): number =>
  Object.values(kinds).reduce((sum, results) => sum + (results?.[result] ?? 0), 0)
