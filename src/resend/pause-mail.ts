// What a refusal means for all mail: how long everything waits, who hears of it, and whether we have been too fast.

import type { Alert } from '../alerts/alert.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { scrub } from '../runtime/scrub.ts'
import type { ResendError, Verdict } from './errors.ts'
import type { Permits } from './rate-limiter.ts'

type StopParts = {
  permits: Permits
  tell: (news: Alert) => void
  clock: Clock
  log: Log
}

export const createPauseMail =
  ({ permits, tell, clock, log }: StopParts) =>
  /** Stops all mail, and answers until when (ms). */
  async (
    wait: Extract<Verdict, { do: 'wait' }>,
    error: Pick<ResendError, 'name' | 'status' | 'message'>,
  ): Promise<number> => {
    const { because } = wait
    const until = clock.now() + wait.for
    const isNews = await permits.pause(until, because)
    if (because === 'rate_limit') await permits.slow()
    if (isNews) {
      const { name, status } = error
      const says = scrub(error.message)
      log[because === 'rate_limit' ? 'warn' : 'error'](
        { because, error: name, status, says, until: new Date(until) },
        'deliveries paused',
      )
      tell({ event: 'deliveries_paused', because, says, until })
    }
    return until
  }

export type PauseMail = ReturnType<typeof createPauseMail>
