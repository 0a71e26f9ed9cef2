// An operator's command, in the test's process or in one of its own.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import type { Terminal } from '../../src/setup/terminal.ts'
import { bundled } from './bundle.ts'
import { inherited } from './environment.ts'

export type OperatorCommand =
  | 'hold'
  | 'held'
  | 'release'
  | 'resend'
  | 'find'
  | 'messages'
  | 'forget'
  | 'reindex'
  | 'replay'
  | 'backfill'
  | 'doctor'
  | 'webhooks'
  | 'suppressions'
  | 'schedule'
  | 'preview'
  | 'attention'
  | 'setup'

/** A command that takes longer than ten seconds says how far it has come. On a slow machine any may. */
const PROGRESS = /^\d+ %: .*\n/gm

const NO_TERMINAL: Terminal = {
  isInteractive: false,
  say: () => {},
  complain: () => {},
  ask: async () => {
    throw new Error('nobody can be asked')
  },
  close: () => {},
}

export type Ran = { code: number; out: string; err: string }

/**
 * Runs a command to its end in the test's own process: a start of Node costs more than most commands. It has no settings but
 * those given, and its progress is left out. It has no terminal unless one is given.
 */
export const runCommand = async (
  name: OperatorCommand,
  environment: Record<string, string>,
  args: readonly string[] = [],
  terminal: Partial<Terminal> = {},
): Promise<Ran> => {
  let [out, err] = ['', '']
  const load = commands[name]
  if (!load) throw new Error(`there is no command ${name}`)
  const run = await load()
  const code = await run(args, {
    settings: () => ({ ...environment }),
    out: (text) => {
      out += text
    },
    screen: {
      write: (text) => {
        err += text
      },
    },
    terminal: () => ({ ...NO_TERMINAL, ...terminal }),
  })
  return { code, out, err: err.replace(PROGRESS, '') }
}

/**
 * The same in a process of its own, as an operator does: in an empty folder and with no settings but those given.
 * @param options.folder where it runs. @param options.dotEnv the text of a `.env` in a new folder.
 * @param options.started gets what kills it.
 */
export const spawnCommand = async (
  name: OperatorCommand,
  environment: Record<string, string>,
  args: readonly string[] = [],
  options: { folder?: string; dotEnv?: string; started?: (kill: () => void) => void } = {},
): Promise<Ran> => {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'postern-command-')))
  if (!options.folder) onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (options.dotEnv) await writeFile(join(folder, '.env'), options.dotEnv)
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...bundled('cli'), name, ...args],
      { cwd: folder, env: { ...inherited(), ...environment } },
      (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err: err.replace(PROGRESS, '') }),
    )
    options.started?.(() => child.kill('SIGKILL'))
  })
}
