// Counts the emails that the simulated Resend accepts, by address.

import { setTimeout as sleep } from 'node:timers/promises'
import type { SimulatedResend } from '../../src/sandbox/resend/server.ts'

const POLL = 5

type TallyOptions = {
  /** Milliseconds between the acceptance of a request's emails and its answer. */
  answerAfter?: number
}

export const createTally = (resend: SimulatedResend, { answerAfter = 0 }: TallyOptions = {}) => {
  const times = new Map<string, number>()
  let emails = 0
  let requests = 0
  let lastAt = 0
  let answering: Promise<void> | undefined

  // Resend calls this for all emails of a request in one tick, so they count as one acceptance and share one timer.
  resend.beforeAnswer = ({ to }) => {
    for (const address of to) times.set(address, (times.get(address) ?? 0) + 1)
    emails += 1
    if (!answering) {
      requests += 1
      lastAt = performance.now()
      answering = answerAfter > 0 ? sleep(answerAfter) : Promise.resolve()
      queueMicrotask(() => {
        answering = undefined
      })
    }
    return answerAfter > 0 ? answering : undefined
  }

  const address = (name: string) => `${name}@example.com`

  /** Resolves with `true` when `isDone` holds, with `false` after `timeout` milliseconds without an acceptance. */
  const waitUntil = async (
    isDone: () => boolean | Promise<boolean>,
    timeout: number,
    interval = POLL,
  ): Promise<boolean> => {
    const began = performance.now()
    while (!(await isDone())) {
      if (performance.now() - Math.max(began, lastAt) > timeout) return false
      await sleep(interval)
    }
    return true
  }

  return {
    /** Number of addresses with an accepted email. */
    reached: () => times.size,
    emails: () => emails,
    /** Number of requests with an accepted email. */
    requests: () => requests,
    /** When the latest email was accepted, by `performance.now()`. */
    lastAt: () => lastAt,
    waitUntil,
    twice: () => [...times.values()].reduce((sum, often) => sum + often - 1, 0),
    missing: (names: readonly string[]) => names.filter((name) => !times.has(address(name))).length,
  }
}

export type Tally = ReturnType<typeof createTally>
