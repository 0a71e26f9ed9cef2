// Brings reports to the endpoint and brings again what it did not take, a few at a time however many there are.

import { SECOND } from '../../runtime/clock.ts'
import type { Answer } from './deliver.ts'

/** Real time, and much shorter than Resend's 5 s, 5 min, 30 min and on. */
const WAITS = [50, 250, SECOND]
const LANES = 8

/** Whoever answers this wants no more of it. */
const GONE = [404, 410]

export const isTaken = ({ status }: Answer) => status >= 200 && status < 300

/** `bring` delivers one report, once, and never rejects. */
export const createRedelivery = <Report>(bring: (report: Report) => Promise<Answer>) => {
  // Each lane is the end of a chain: what comes next on it begins when that is done.
  const lanes = Array.from({ length: LANES }, () => Promise.resolve())
  const outstanding = new Set<Promise<void>>()
  const pauses = new Set<() => void>()
  let turn = 0
  let closed = false

  const inLane = (work: () => Promise<void>) => {
    turn = (turn + 1) % LANES
    const done = (lanes[turn] ?? Promise.resolve()).then(work)
    lanes[turn] = done
    return done
  }

  const isOver = async (report: Report) => {
    if (closed) return true
    const answer = await bring(report)
    return isTaken(answer) || GONE.includes(answer.status)
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

  const bringAgain = async (report: Report) => {
    let over = false
    for (const wait of WAITS) {
      await pause(wait)
      await inLane(async () => {
        over = await isOver(report)
      })
      if (over) return
    }
  }

  /** In their order, though one that was not taken is overtaken by those after it, as it may be in truth. */
  const bringAll = async (reports: Report[]) => {
    const again: Promise<void>[] = []
    await inLane(async () => {
      for (const report of reports) if (!(await isOver(report))) again.push(bringAgain(report))
    })
    await Promise.all(again)
  }

  return {
    /** Takes the reports on each email, and returns at once: whoever is being answered is answered first. */
    add: (perEmail: Report[][]) => {
      const begun = new Promise<void>((resolve) => setImmediate(resolve))
      for (const reports of perEmail) {
        const done = begun.then(() => bringAll(reports))
        outstanding.add(done)
        void done.then(() => outstanding.delete(done))
      }
    },
    /** Resolves once every report so far was taken or given up. */
    settled: async () => {
      await Promise.all(outstanding)
    },
    /** Brings nothing more. */
    close: () => {
      closed = true
      for (const wake of pauses) wake()
    },
  }
}
