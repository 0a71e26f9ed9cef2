// Lets time pass in the sandbox: it moves the clock from one thing that falls due to the next, so that each happens at its
// own time, and Postern is done with it before time goes on.

import { DAY, MINUTE, type MovableClock, SECOND } from '../runtime/clock.ts'
import type { PlayTime } from './polar/play-time.ts'

/**
 * Time passes by at most a day at once, for the retention of records, which no due set lists. A step costs 50 ms: a month
 * without events takes 1.5 s by days, and would take half a minute by hours.
 */
const LONGEST_STEP = DAY

/** Postern's own work is waited for once a minute at most, so that frequent retries do not slow a month down. */
const SHORTEST_STEP = MINUTE

/** Postern gets the webhooks of such a moment together: Polar charges all open orders of an hour at once. */
const MOMENT = SECOND

/** Something that Polar did. `webhooks` is empty where a retry failed, because Polar then sends none. */
export type Happened = { at: string; what: string; id: string; webhooks: string[] }

type AdvanceParts = {
  clock: Pick<MovableClock, 'now' | 'advance'>
  polar: PlayTime
  /** Resolves when Postern has done everything that is due. */
  settle?: () => Promise<void>
  /** When something falls due in Postern after `now`; `Infinity` if nothing does. */
  nextWork?: (now: number) => Promise<number>
}

export const createAdvance = ({
  clock,
  polar,
  settle = async () => {},
  nextWork = async () => Number.POSITIVE_INFINITY,
}: AdvanceParts) => {
  const moveTo = (at: number) => clock.advance(Math.max(0, at - clock.now()))

  /** Plays all that falls due at Polar until `at`, each at its own time. */
  const playUntil = async (at: number, happened: Happened[]) => {
    for (let due = polar.next(); due !== undefined && due.at <= at; due = polar.next()) {
      moveTo(due.at)
      const webhooks = await polar.play(due)
      const { what, id } = due
      happened.push({ at: new Date(due.at).toISOString(), what, id, webhooks })
    }
    polar.reached(at)
  }

  const advance = async (ms: number): Promise<Happened[]> => {
    const until = clock.now() + ms
    const happened: Happened[] = []
    let at = clock.now()
    do {
      const work = Math.max(await nextWork(at), at + SHORTEST_STEP)
      const due = polar.next()?.at ?? Number.POSITIVE_INFINITY
      const isAtPolar = due <= work
      at = Math.min(until, Math.max(at, isAtPolar ? due + MOMENT : work), at + LONGEST_STEP)
      await playUntil(at, happened)
      moveTo(at)
      await settle()
    } while (at < until)
    return happened
  }

  let last: Promise<unknown> = Promise.resolve()
  /** One call after the other, so that no two move the clock at the same time. @param ms milliseconds. */
  return (ms: number): Promise<Happened[]> => {
    const next = last.catch(() => {}).then(() => advance(ms))
    last = next
    return next
  }
}

export type Advance = ReturnType<typeof createAdvance>
