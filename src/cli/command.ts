// Runs an operator's command in a process of its own: understands its arguments, opens what commands share, runs the command
// and prints its output. The exit status is 1 if anything failed.

import { ConfigError, loadSettings } from '../config.ts'
import { RedisUnfitError } from '../redis/connection.ts'
import { createReleases } from '../runtime/releases.ts'
import { UsageError } from './arguments.ts'
import { type Context, openContext } from './context.ts'
import type { CommandOutput } from './output.ts'

const printError = (text: string) => process.stderr.write(`${text}\n`)

const fail = (text: string) => {
  printError(text)
  process.exitCode = 1
}

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

const runIn = async <Given>({ run }: CommandParts<Given>, given: Given) => {
  const releases = createReleases()
  try {
    loadSettings()
    const context = await openContext(releases, printError)
    const { lines, errors, isBad } = await run(context, given)
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
    if (errors.length > 0) fail(errors.join('\n'))
    if (isBad) process.exitCode = 1
  } catch (error) {
    fail(explain(error))
  } finally {
    await releases.close().catch(() => {}) // the first error is the one that counts
  }
}

/** `null` where the arguments were not understood: then that is said. */
const understood = <Given>({ given, usage }: CommandParts<Given>, args: readonly string[]) => {
  try {
    const found = given(args)
    if (found === null) fail(usage.join('\n'))
    return found
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    fail([error.message, ...usage].join('\n'))
    return null
  }
}

/** A command: it runs, prints its output and ends the process. */
export const command =
  <Given>(parts: CommandParts<Given>) =>
  async (args: readonly string[]): Promise<void> => {
    const given = understood(parts, args)
    if (given !== null) await runIn(parts, given)
    // Ends with the status set above; a failed connection would keep the process alive for a while.
    process.exit()
  }
