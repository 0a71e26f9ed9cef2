// A copy of Postern in a folder of its own, installed as a host does for production: without what only development needs.

import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import type { Ran } from './command.ts'
import { inherited } from './environment.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PARTS = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  'build',
  'src',
  'emails',
]

export const install = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-installed-'))
  const { HOME = '' } = process.env
  const production = { ...inherited(), HOME, NODE_ENV: 'production' }
  const groups = new Set<number>()

  /** Runs `npm` to its end. */
  const npm = (args: readonly string[], environment: Record<string, string> = {}) =>
    new Promise<Ran>((resolve) => {
      const options = { cwd: folder, env: { ...production, ...environment } }
      execFile('npm', args, options, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })

  /** `npm start`, in a process group of its own, which `remove` ends as a whole. */
  const start = (environment: Record<string, string>) => {
    const child = spawn('npm', ['start'], {
      ...{ cwd: folder, detached: true, env: { ...production, ...environment } },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid) groups.add(child.pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const ready = () =>
      expect.poll(() => output, { timeout: MINUTE, interval: 50 }).toContain('"msg":"ready"')
    /** The signal reaches npm alone. Resolves once the service has closed. */
    const end = async (signal: NodeJS.Signals) => {
      child.kill(signal)
      await expect.poll(() => output, { timeout: MINUTE, interval: 50 }).toContain('"msg":"closed"')
      return ended
    }
    return { ready, ended, end, output: () => output }
  }

  const remove = async () => {
    for (const pid of groups) {
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // the group has ended
      }
    }
    await rm(folder, { recursive: true, force: true })
  }

  for (const part of PARTS)
    await cp(join(ROOT, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('emails/previews'),
    })
  const { code, err } = await npm(['ci', '--prefer-offline', '--no-progress'])
  if (code !== 0) throw new Error(`npm ci failed: ${err}`)
  return { folder, npm, start, remove }
}

export type Installed = Awaited<ReturnType<typeof install>>
