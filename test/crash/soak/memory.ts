// What was measured along the way, as a table, and whether the process holds on to ever more.

import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { median } from '../../bench/figures.ts'

export type Sample = {
  /** Milliseconds since the flow began. */
  at: number
  told: number
  accepted: number
  clicks: number
  /** Resident memory of the process, in MiB. */
  resident: number
  /** What Redis uses, in bytes. */
  redis: number
}

const MIB = 2 ** 20

/** The last third may take so much more than the one before it. */
const FLAT = 1.1

const HEAD = ['time', 'told', 'accepted', 'clicks', 'resident', 'Redis'] as const
const WIDTHS = [6, 8, 9, 7, 10, 10]

const row = (cells: readonly string[]) =>
  cells.map((cell, column) => cell.padStart(WIDTHS[column] ?? 0)).join('')

export const head = row(HEAD)

export const line = ({ at, told, accepted, clicks, resident, redis }: Sample) =>
  row([
    `${Math.floor(at / MINUTE)}:${String(Math.floor((at % MINUTE) / SECOND)).padStart(2, '0')}`,
    ...[told, accepted, clicks].map(String),
    `${resident.toFixed(1)} MiB`,
    `${(redis / MIB).toFixed(1)} MiB`,
  ])

/** The middle third against the last; the first is the time in which a process grows warm. */
export const verdict = (samples: readonly Sample[]) => {
  const third = Math.floor(samples.length / 3)
  const resident = samples.map((sample) => sample.resident)
  const middle = median(resident.slice(third, 2 * third))
  const last = median(resident.slice(2 * third))
  const [first, end] = [samples[0], samples.at(-1)]
  const more = (end?.accepted ?? 0) - (first?.accepted ?? 0)
  return {
    isFlat: last <= middle * FLAT,
    middle,
    last,
    bytesAMessage: ((end?.redis ?? 0) - (first?.redis ?? 0)) / more,
  }
}
