// Understands the arguments of commands.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { DAY, HOUR, systemClock } from '../runtime/clock.ts'
import { PosternError } from '../runtime/errors.ts'

/** For a command that takes none. */
export const noArguments = (args: readonly string[]): true | null =>
  args.length === 0 ? true : null

/** For a command that takes one text. */
export const oneText = (args: readonly string[]): string | null =>
  args.length === 1 ? args[0] || null : null

/** The arguments cannot be understood; the message names the one that cannot. */
export class UsageError extends PosternError {
  override readonly name = 'UsageError'
}

/**
 * The options and the other arguments.
 * @throws {UsageError} where an option is unknown, or lacks its value.
 */
export const parsed = <Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    const [why = ''] = (cause instanceof Error ? cause.message : '').split(/\. /)
    throw new UsageError(`${why.replace(/\.$/, '')}.`, { cause })
  }
}

/** The instant of an argument like 2026-11-20 or 2026-11-20T08:30:00Z (ms); `null` where it is none, `undefined` where it is absent. */
const dateIn = (text: string | undefined): number | null | undefined => {
  if (text === undefined) return undefined
  const isDate = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text)
  const at = isDate ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

const UNITS: Record<string, number> = { h: HOUR, d: DAY }

/** The instant of an argument like 24h or 7d, before now, or like a date; `null` and `undefined` as for a date. */
export const whenIn = (
  text: string | undefined,
  now = systemClock.now(),
): number | null | undefined => {
  const [, count, unit = ''] = /^(\d{1,5})([hd])$/.exec(text ?? '') ?? []
  return count === undefined ? dateIn(text) : now - Number(count) * (UNITS[unit] ?? 0)
}
