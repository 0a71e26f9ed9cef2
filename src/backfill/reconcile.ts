// Makes up for missed webhooks by itself: at a first start it imports what Polar has, after every later start and outage and once
// a day it looks for what was missed. It is an entry of the schedule that reads a few pages each time it falls due.

import type { Alert } from '../alerts/alert.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { RedisClient } from '../redis/connection.ts'
import { BACKFILL_FOUND_KEY, BACKFILLED_KEY } from '../redis/keys.ts'
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { BackfillRun, Run } from './run.ts'
import { type Tally, totalOf } from './tally.ts'
import { type Window, windowOf } from './window.ts'

/** Each window begins so long before the end of the one before: the Events API lags behind. */
export const OVERLAP = HOUR

/** Pages are read for so long before the entry is put back: well within the time after which it would count as lost. */
const TURN = 3 * SECOND

/** While Polar cannot be asked, or has no room, it is asked again after so long, or when it says. */
const AGAIN = MINUTE

/** A run that began longer ago is followed by another at once: there may have been an outage in between. */
const RECENT = 10 * MINUTE

/** The finds of a run that is done. */
export type BackfillFound = {
  window: Window
  isImport: boolean
  sent: number
  tooOld: number
} & Pick<Tally, 'missed' | 'learned' | 'denied'>

/** The finds of the last run; `null` before the first is done. */
export const lastBackfill = async (
  redis: Pick<RedisClient, 'get'>,
): Promise<BackfillFound | null> => {
  const text = await redis.get(BACKFILL_FOUND_KEY)
  return text === null ? null : (JSON.parse(text) as BackfillFound)
}

const foundBy = ({ tally, window }: Run, isImport: boolean): BackfillFound => {
  const { missed, learned, denied } = tally
  const [sent, tooOld] = [totalOf(tally, 'sends'), totalOf(tally, 'too_old')]
  return { window, isImport, missed, learned, sent, tooOld, denied }
}

type ReconcileParts = {
  redis: Pick<RedisClient, 'get' | 'set'>
  imports: BackfillRun
  backfill: BackfillRun
  notify: (alert: Alert) => void
  clock: Pick<Clock, 'now'>
  log: Log
}

export const createReconcile = (parts: ReconcileParts) => {
  const { redis, imports, backfill, notify, clock, log } = parts

  const report = ({ window, isImport, missed, learned, sent, tooOld, denied }: BackfillFound) => {
    const { since } = window
    const facts = {
      since,
      missed,
      learned,
      sent,
      too_old: tooOld,
      ...(denied.length > 0 && { denied }),
    }
    if (isImport) log.info({ learned, denied }, 'customers and subscriptions imported')
    else if (missed === 0) log.info(facts, 'no webhook was missed')
    else {
      log.warn(facts, 'webhooks were missed, and are made up for')
      notify({ event: 'webhooks_missed', missed, sent, tooOld })
    }
  }

  const step = async (): Promise<number> => {
    const done = await redis.get(BACKFILLED_KEY)
    const reads = done === null ? imports : backfill
    const now = clock.now()
    const since = done === null ? now : Number(done) - OVERLAP
    const until = performance.now() + TURN
    let run = await reads.begin(() => windowOf(since, now))
    do run = await reads.step(run)
    while (!reads.isDone(run) && performance.now() < until)
    if (!reads.isDone(run)) return now
    // The first window after an import begins with it: what was before is not mailed.
    await redis.set(BACKFILLED_KEY, Date.parse(run.window.until) + (done === null ? OVERLAP : 0))
    await reads.end()
    const found = foundBy(run, done === null)
    await redis.set(BACKFILL_FOUND_KEY, JSON.stringify(found))
    report(found)
    const isRecent = Date.parse(run.window.until) > clock.now() - RECENT
    return isRecent ? clock.now() + DAY : clock.now()
  }

  return {
    /** Reads some pages, and resolves with when the next are due (ms). */
    step: (): Promise<number> =>
      step().catch((error: unknown) => {
        if (!(error instanceof PolarUnavailableError)) throw error
        return Math.max(error.until ?? 0, clock.now() + AGAIN)
      }),
  }
}
