// Runs an operator's command: understands its arguments, opens what commands share, runs the command and prints its output.
// The exit status is 1 if anything failed.

import { ConfigError } from '../config.ts'
import { RedisUnfitError } from '../redis/connection.ts'
import { createReleases } from '../runtime/releases.ts'
import type { Terminal } from '../setup/terminal.ts'
import { UsageError } from './arguments.ts'
import { type Context, openContext } from './context.ts'
import type { CommandOutput } from './output.ts'
import type { Screen } from './progress.ts'

/** Where a command runs: its settings, and where its text goes. */
export type Place = {
  /** Asked for once the arguments are understood. @throws {ConfigError} */
  settings: () => NodeJS.ProcessEnv
  out: (text: string) => unknown
  screen: Screen
  /** Opens the terminal of the operator, for a command that asks. */
  terminal: () => Terminal
}

/** Resolves with the exit status. */
export type Command = (args: readonly string[], place: Place) => Promise<number>

/** The error as a sentence for the operator. A bug in Postern is shown with its stack. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError || error instanceof RedisUnfitError) return error.message
  if (/^(Type|Range|Reference|Syntax)Error$/.test(error.name)) return error.stack ?? error.message
  return `Redis failed (${error.message}). Completed steps are kept: run the command again.`
}

type CommandParts<Given> = {
  /** Lines that say how it is called. */
  usage: readonly string[]
  /** The order that the arguments give; `null` where they cannot be understood. */
  given: (args: readonly string[]) => Given | null
  run: (context: Context, given: Given) => Promise<CommandOutput>
}

const runIn = async <Given>(
  { settings, out, screen, terminal }: Place,
  { run }: CommandParts<Given>,
  given: Given,
): Promise<number> => {
  const releases = createReleases()
  try {
    const context = await openContext(releases, settings(), { screen, terminal })
    const { lines, errors, isBad } = await run(context, given)
    if (lines.length > 0) out(`${lines.join('\n')}\n`)
    if (errors.length > 0) screen.write(`${errors.join('\n')}\n`)
    return isBad || errors.length > 0 ? 1 : 0
  } catch (error) {
    screen.write(`${explain(error)}\n`)
    return 1
  } finally {
    await releases.close().catch(() => {}) // the first error is the one that counts
  }
}

/** The order, or the lines that say why there is none. */
const understood = <Given>({ given, usage }: CommandParts<Given>, args: readonly string[]) => {
  try {
    const found = given(args)
    return found === null ? { refused: usage } : { found }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { refused: [error.message, ...usage] }
  }
}

/** A command: it runs and prints its output. */
export const command =
  <Given>(parts: CommandParts<Given>): Command =>
  async (args, place) => {
    const order = understood(parts, args)
    if ('found' in order) return runIn(place, parts, order.found)
    place.screen.write(`${order.refused.join('\n')}\n`)
    return 1
  }
