// Starts the Node processes under measurement, each with its own environment, measures them and ends them with the run.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'

const START = 20 * SECOND
const STOP = 5 * SECOND
const POLL = 2

/** Linux reports processor time in hundredths of a second, whatever the kernel's tick is. */
const TICK = 10

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** GET `url`: the status, or 0 without an answer. */
const status = (url: string) =>
  new Promise<number>((resolve) => {
    const sent = request(url, { agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', () => resolve(0))
    sent.end()
  })

/**
 * Starts `node` with `args` in a folder without `.env`, and drops its output.
 * @param ready a URL that answers 200 once the process is ready, or the line that it prints then.
 */
export const startProcess = (
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  ready: { url: string } | { line: string },
) => {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'line' in ready ? 'pipe' : 'ignore', 'pipe'],
  })
  running.add(child)
  let stderr = ''
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk).slice(-4000)
  })
  child.stdout?.on('data', (chunk: Buffer) => {
    output = (output + chunk).slice(-4000)
  })
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running.delete(child)
      resolve()
    }),
  )
  const isReady = async () =>
    'line' in ready ? output.includes(ready.line) : (await status(ready.url)) === 200

  return {
    /** Resolves with the milliseconds from start to ready. */
    ready: async (): Promise<number> => {
      while (!(await isReady())) {
        if (child.exitCode !== null || performance.now() - began > START)
          throw new Error(`${args.at(-1)} did not become ready\n${stderr}`)
        await sleep(POLL)
      }
      const took = performance.now() - began
      child.stdout?.removeAllListeners('data').resume() // drops all later output
      return took
    },
    /** Resident memory now, in MiB. */
    resident: async (): Promise<number> => {
      const text = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]) / 1024
    },
    /** Processor time used so far, in milliseconds. */
    used: async (): Promise<number> => {
      const text = await readFile(`/proc/${child.pid}/stat`, 'utf8')
      const [user, system] = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
      return (Number(user) + Number(system)) * TICK
    },
    /** Resolves when it has ended. */
    ended: (): Promise<void> => ended,
    /** The end of its output, of a process that prints when it is ready. */
    output: () => output,
    /** The end of its standard error. */
    stderr: () => stderr,
    /** Stops it until `thaw`; meanwhile it takes no processor time. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    /** Kills it with -9. */
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    close: async () => {
      child.kill('SIGTERM')
      const deadline = setTimeout(() => child.kill('SIGKILL'), STOP)
      await ended
      clearTimeout(deadline)
    },
  }
}

export type Started = ReturnType<typeof startProcess>
