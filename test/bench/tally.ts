// Counts what the simulated Resend accepts, by address, while it comes.

import { setTimeout as sleep } from 'node:timers/promises'
import type { SimulatedResend } from '../../src/sandbox/resend/server.ts'

const LOOK = 5

type TallyOptions = {
  /** Milliseconds that each request waits for its answer once its emails are accepted. */
  answerAfter?: number
}

export const createTally = (resend: SimulatedResend, { answerAfter = 0 }: TallyOptions = {}) => {
  const times = new Map<string, number>()
  let emails = 0
  let requests = 0
  let lastAt = 0
  let answering: Promise<void> | undefined

  // The emails of one request are told of in one go: they are one acceptance, and wait for one timer. Where nothing waits,
  // nothing is awaited.
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

  /** Whether `isSo` before `patience` milliseconds have gone by without an acceptance. */
  const soon = async (
    isSo: () => boolean | Promise<boolean>,
    patience: number,
    look = LOOK,
  ): Promise<boolean> => {
    const began = performance.now()
    while (!(await isSo())) {
      if (performance.now() - Math.max(began, lastAt) > patience) return false
      await sleep(look)
    }
    return true
  }

  return {
    /** To how many addresses an email was accepted. */
    reached: () => times.size,
    emails: () => emails,
    /** How many requests brought an email that was accepted. */
    requests: () => requests,
    /** When the latest was accepted, as `performance.now()`. */
    lastAt: () => lastAt,
    soon,
    twice: () => [...times.values()].reduce((sum, often) => sum + often - 1, 0),
    missing: (names: readonly string[]) => names.filter((name) => !times.has(address(name))).length,
  }
}

export type Tally = ReturnType<typeof createTally>
