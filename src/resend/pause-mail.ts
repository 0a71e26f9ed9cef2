// Pauses all mail after a refusal that would meet any email: for how long, with a log line and an alert.

import type { Alert } from '../alerts/alert.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { scrub } from '../runtime/scrub.ts'
import type { ResendError, Verdict } from './errors.ts'
import type { Pause } from './pause.ts'
import type { RateLimiter } from './rate-limiter.ts'

type PauseMailParts = {
  pause: Pick<Pause, 'pause'>
  rateLimiter: Pick<RateLimiter, 'backOff'>
  notify: (alert: Alert) => void
  clock: Clock
  log: Log
}

export const createPauseMail =
  ({ pause, rateLimiter, notify, clock, log }: PauseMailParts) =>
  /** @returns until when mail is paused, in milliseconds. */
  async (
    wait: Extract<Verdict, { do: 'wait' }>,
    error: Pick<ResendError, 'name' | 'status' | 'message'>,
  ): Promise<number> => {
    const { because } = wait
    const until = clock.now() + wait.for
    const isLonger = await pause.pause(until, because)
    if (because === 'rate_limit') await rateLimiter.backOff()
    if (isLonger) {
      const { name, status } = error
      const says = scrub(error.message)
      log[because === 'rate_limit' ? 'warn' : 'error'](
        { because, error: name, status, says, until: new Date(until) },
        'deliveries paused',
      )
      notify({ event: 'deliveries_paused', because, says, until })
    }
    return until
  }

export type PauseMail = ReturnType<typeof createPauseMail>
