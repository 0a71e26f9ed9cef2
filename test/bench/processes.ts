// Node processes under measurement: started with an environment of their own, watched, and ended with the run.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'

const START = 20 * SECOND
const STOP = 5 * SECOND
const LOOK = 2

/** Linux counts processor time in hundredths of a second, whatever its kernel's own tick is. */
const TICK = 10

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** GET `url`: the status, or 0 where nobody answers. */
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
 * Starts `node` with `args`, away from any `.env`, its output thrown away as a container's log driver would take it.
 * @param ready a URL that answers 200 once it is ready, or the line that it prints then.
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
  let complaints = ''
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk).slice(-4000)
  })
  child.stdout?.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-4000)
  })
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running.delete(child)
      resolve()
    }),
  )
  const isReady = async () =>
    'line' in ready ? said.includes(ready.line) : (await status(ready.url)) === 200

  return {
    /** Resolves with the milliseconds from its start until it is ready. */
    ready: async (): Promise<number> => {
      while (!(await isReady())) {
        if (child.exitCode !== null || performance.now() - began > START)
          throw new Error(`${args.at(-1)} did not become ready\n${complaints}`)
        await sleep(LOOK)
      }
      const took = performance.now() - began
      child.stdout?.removeAllListeners('data').resume() // what follows is thrown away unread
      return took
    },
    /** Resident memory now, in MiB. */
    resident: async (): Promise<number> => {
      const told = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(told)?.[1]) / 1024
    },
    /** Processor time that it has used up to now, in milliseconds. */
    used: async (): Promise<number> => {
      const told = await readFile(`/proc/${child.pid}/stat`, 'utf8')
      const [user, system] = told
        .slice(told.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
      return (Number(user) + Number(system)) * TICK
    },
    /** What it last wrote to standard error. */
    complaints: () => complaints,
    /** It stands still as it is, and takes no processor time, until it goes on. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    /** Ends it as a machine that goes away does. */
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
