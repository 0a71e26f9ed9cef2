// Waits for the simulated Resend to accept an email to an address.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import type { World } from './ground.ts'

const PATIENCE = 10 * SECOND

/** `at` is `performance.now()` at the instant of acceptance, before it is answered. */
export type Arrival = { at: number; text: string }

export const createPostbox = ({ resend }: World) => {
  const waiting = new Map<string, (arrival: Arrival) => void>()
  resend.beforeAnswer = ({ to, text }) => {
    const at = performance.now()
    for (const address of to) waiting.get(address)?.({ at, text: text ?? '' })
  }
  return {
    /** To be called before the event is told. */
    expect: async (address: string): Promise<Arrival> => {
      const stop = new AbortController()
      const late = sleep(PATIENCE, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`no email to ${address} came`)
      })
      late.catch(() => {}) // it came, and the wait was stopped
      try {
        return await Promise.race([
          late,
          new Promise<Arrival>((resolve) => waiting.set(address, resolve)),
        ])
      } finally {
        stop.abort()
        waiting.delete(address)
      }
    },
    close: () => {
      resend.beforeAnswer = undefined
    },
  }
}

export type Postbox = ReturnType<typeof createPostbox>
