// Waits for the simulated Resend to accept an email to an address.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import type { World } from './sides.ts'

const TIMEOUT = 10 * SECOND

/** `at` is `performance.now()` at the acceptance, before the answer. */
export type Arrival = { at: number; text: string }

export const createPostbox = ({ resend }: World) => {
  const waiting = new Map<string, (arrival: Arrival) => void>()
  resend.beforeAnswer = ({ to, text }) => {
    const at = performance.now()
    for (const address of to) waiting.get(address)?.({ at, text: text ?? '' })
  }
  return {
    /** Call this before posting the event. */
    expect: async (address: string): Promise<Arrival> => {
      const stop = new AbortController()
      const late = sleep(TIMEOUT, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`no email to ${address} arrived`)
      })
      late.catch(() => {}) // the email arrived, and the wait was aborted
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
