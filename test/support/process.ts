// Postern as a process of its own, to be killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { freePort } from '../../src/sandbox/redis.ts'
import { bundled, compileCache } from './bundle.ts'
import { inherited } from './environment.ts'

const READY = 60_000

/** Tests that run at the same time each have their own. */
export type OnFinished = (close: () => void | Promise<void>) => void

export type Running = {
  pid: number
  url: string
  output: () => string
  kill: (signal: NodeJS.Signals) => Promise<number | null>
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })

/** A start checks its accounts: where a test has none, nobody outside is asked. */
export const NOBODY = {
  POLAR_BASE_URL: 'http://127.0.0.1:1',
  RESEND_BASE_URL: 'http://127.0.0.1:1',
}

const OTHER_DAY = new URL('./other-day.js', import.meta.url).href

/** The settings of a process for which so many milliseconds more have passed; a Redis keeps the machine's time. */
export const laterBy = (ms: number, settings: Record<string, string>): Record<string, string> => {
  const { NODE_OPTIONS = '', TEST_DATE_SHIFT = '0' } = inherited()
  return {
    ...settings,
    NODE_OPTIONS: `${NODE_OPTIONS} --import="${OTHER_DAY}"`,
    TEST_DATE_SHIFT: String(Number(TEST_DATE_SHIFT) + ms),
  }
}

/** Starts Postern as `npm start` does, with these settings and no others. */
export const spawnPostern = (
  environment: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  const child = spawn(process.execPath, bundled('main'), {
    env: { ...inherited(), NODE_COMPILE_CACHE: compileCache(), ...NOBODY, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  onFinished(async () => {
    child.kill('SIGKILL')
    await ended(child)
  })
  return { child, output: () => output, ended: () => ended(child) }
}

/** Resolves once it says that it is ready. */
export const untilReady = async ({ child, output }: ReturnType<typeof spawnPostern>) => {
  const until = Date.now() + READY
  while (!output().includes('"msg":"ready"')) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`Postern did not start:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const MOST_PORTS = 5

/** The same, once it is ready; on another port if the first is taken meanwhile, unless `PORT` names one. */
export const startPostern = async (
  environment: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
  left = MOST_PORTS,
): Promise<Running> => {
  const port = environment.PORT ?? `${await freePort()}`
  const spawned = spawnPostern({ ...environment, PORT: port, HOST: '127.0.0.1' }, onFinished)
  try {
    await untilReady(spawned)
  } catch (error) {
    const isTaken = spawned.output().includes('PORT is in use') && !environment.PORT
    if (isTaken && left > 1) return startPostern(environment, onFinished, left - 1)
    throw error
  }
  const { child, output, ended } = spawned
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    output,
    kill: (signal) => {
      child.kill(signal)
      return ended()
    },
  }
}
