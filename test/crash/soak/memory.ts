// Formats the measurements as a table, and decides whether the memory grows.

import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { median } from '../../bench/figures.ts'

export type Sample = {
  /** Milliseconds since the flow began. */
  at: number
  delivered: number
  accepted: number
  clicks: number
  /** Resident memory of the process, in MiB. */
  resident: number
  /** Memory of Redis, in bytes. */
  redis: number
}

const MIB = 2 ** 20

/** Allowed growth from the middle third to the last. */
const FLAT = 1.1

const HEAD = ['time', 'delivered', 'accepted', 'clicks', 'resident', 'Redis'] as const
const WIDTHS = [6, 11, 10, 8, 12, 11]

const row = (cells: readonly string[]) =>
  cells.map((cell, column) => cell.padStart(WIDTHS[column] ?? 0)).join('')

export const head = row(HEAD)

export const line = ({ at, delivered, accepted, clicks, resident, redis }: Sample) =>
  row([
    `${Math.floor(at / MINUTE)}:${String(Math.floor((at % MINUTE) / SECOND)).padStart(2, '0')}`,
    ...[delivered, accepted, clicks].map(String),
    `${resident.toFixed(1)} MiB`,
    `${(redis / MIB).toFixed(1)} MiB`,
  ])

/** Compares the last third with the middle one. In the first third, the process warms up. */
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
