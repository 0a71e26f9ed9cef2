// An operator's command as a process of its own, in an empty folder and with no settings but those given.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { bundled } from './bundle.ts'
import { inherited } from './environment.ts'

export type OperatorCommand =
  | 'hold'
  | 'held'
  | 'release'
  | 'resend'
  | 'find'
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

export type Ran = { code: number; out: string; err: string }

/**
 * Runs a command to its end. Its progress is left out.
 * @param options.folder where it runs. @param options.dotEnv the text of a `.env` in a new folder.
 * @param options.started gets what kills it.
 */
export const runCommand = async (
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
