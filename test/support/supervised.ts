// A Postern as whoever runs it in production keeps it: started again soon, whenever it ends, until it is stopped.

import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { SECOND } from '../../src/runtime/clock.ts'
import { inherited } from './environment.ts'

const AGAIN_AFTER = 0.5 * SECOND

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * @param main the compiled `main.js`.
 * @param logFile where its lines go, those of every start after those of the one before.
 */
export const supervise = (main: string, settings: Record<string, string>, logFile: string) => {
  let current: ChildProcess | undefined
  let ended = Promise.resolve()
  const events = new EventEmitter()
  let isUp = false
  let refusedStarts = 0
  const log = createWriteStream(logFile)
  const deaths: string[] = []

  const start = () => {
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      cwd: tmpdir(), // away from any `.env`
      env: { ...inherited(), NODE_ENV: 'production', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    current = child
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      log.write(text)
      if (!text.includes('"msg":"ready"') || current !== child) return
      isUp = true
      events.emit('up')
    })
    let complaints = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-2000)
    })
    ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child)
        resolve()
        if (current !== child) return // it was ended on purpose
        isUp = false
        if (code === 1 && complaints.includes('did not start')) refusedStarts += 1
        else deaths.push(`ended by itself with ${code ?? signal}: ${complaints}`)
        setTimeout(() => current === child && start(), AGAIN_AFTER)
      })
    })
  }

  return {
    start,
    /** Resolves when it is ready, at this start or at a later one. */
    up: async () => {
      if (!isUp) await once(events, 'up')
    },
    /** Kills it with -9, to be started again by whoever asked for that. */
    kill: async () => {
      const child = current
      current = undefined
      isUp = false
      child?.kill('SIGKILL')
      await ended
    },
    /** How often it refused to start because it could not reach what it needs. */
    refusedStarts: () => refusedStarts,
    /** Every end that nobody meant. */
    deaths: () => deaths,
  }
}

export type Supervised = ReturnType<typeof supervise>
