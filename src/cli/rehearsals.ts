// Sums up the emails that shadow mode rehearsed: how many of each kind, and which details they
// would have lacked.

import type { Missing } from '../deliveries/composed.ts'
import type { Rehearsal } from '../deliveries/rehearsals.ts'
import { inWords } from '../operator/words.ts'

const LACKS: Record<Missing, string> = {
  invoice: 'without an invoice',
  card: 'without a card',
  amount: 'without the amount',
  reason: 'without a reason for the decline',
  plan: 'without the name of the next plan',
  organization: 'without your name and picture from Polar',
}

const count = <T extends string>(values: readonly T[]): [T, number][] => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b))
}

const many = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`

/** No lines if nothing was rehearsed. */
export const rehearsalSummary = (rehearsals: readonly Rehearsal[]): string[] => {
  if (rehearsals.length === 0) return []
  const kinds = count(rehearsals.map(({ kind }) => kind))
  const lacking = count(rehearsals.flatMap(({ missing }) => missing))
  const emails = many(rehearsals.length, 'email', 'emails')
  const lacks = lacking.map(([missing, n]) => `${n} ${LACKS[missing]}`)
  return [
    '',
    `Shadow mode rehearsed ${[`${emails} of ${many(kinds.length, 'kind', 'kinds')}`, ...lacks].join(', ')}:`,
    ...kinds.map(([kind, n]) => `  ${`${n}`.padStart(5)}  ${inWords(kind)}`),
  ]
}
