// Delivers reports to the endpoint and retries those that it did not accept, a few at a time.

import { SECOND } from '../../runtime/clock.ts'
import type { Answer } from '../http/webhook-client.ts'

/** Milliseconds of real time, much shorter than Resend's 5 s, 5 min, 30 min and more. */
const RETRY_WAITS = [50, 250, SECOND]
const MAX_CONCURRENT = 8

/** An endpoint that answers with one of these gets no retries. */
const GONE = [404, 410]

export const isAccepted = ({ status }: Answer) => status >= 200 && status < 300

/** @param deliver delivers one report once, and never rejects. */
export const createRedelivery = <Report>(deliver: (report: Report) => Promise<Answer>) => {
  // Each promise is the end of a chain of deliveries; the next delivery on it starts when it resolves.
  const chains = Array.from({ length: MAX_CONCURRENT }, () => Promise.resolve())
  const outstanding = new Set<Promise<void>>()
  const pauses = new Set<() => void>()
  let turn = 0
  let closed = false

  const inChain = (work: () => Promise<void>) => {
    turn = (turn + 1) % MAX_CONCURRENT
    const done = (chains[turn] ?? Promise.resolve()).then(work)
    chains[turn] = done
    return done
  }

  const isOver = async (report: Report) => {
    if (closed) return true
    const answer = await deliver(report)
    return isAccepted(answer) || GONE.includes(answer.status)
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      const wake = () => {
        clearTimeout(timer)
        pauses.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      pauses.add(wake)
    })

  const retry = async (report: Report) => {
    let over = false
    for (const wait of RETRY_WAITS) {
      await pause(wait)
      await inChain(async () => {
        over = await isOver(report)
      })
      if (over) return
    }
  }

  /** Delivers in order. As at Resend, later reports may overtake one that is retried. */
  const deliverAll = async (reports: Report[]) => {
    const again: Promise<void>[] = []
    await inChain(async () => {
      for (const report of reports) if (!(await isOver(report))) again.push(retry(report))
    })
    await Promise.all(again)
  }

  return {
    /** Queues the reports of each email and returns at once, so that a response under way is sent first. */
    add: (perEmail: Report[][]) => {
      const begun = new Promise<void>((resolve) => setImmediate(resolve))
      for (const reports of perEmail) {
        const done = begun.then(() => deliverAll(reports))
        outstanding.add(done)
        void done.then(() => outstanding.delete(done))
      }
    },
    /** Resolves when every report so far was accepted or given up. */
    settled: async () => {
      await Promise.all(outstanding)
    },
    /** Stops all deliveries. */
    close: () => {
      closed = true
      for (const wake of pauses) wake()
    },
  }
}
