// What a refusal means for all mail: how long everything waits, who hears of it, and whether we have been too fast.

import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { News } from './news.ts'
import type { Permits } from './permits.ts'
import type { SendError, Verdict } from './verdict.ts'

type StopParts = {
  permits: Permits
  tell: (news: News) => void
  clock: Clock
  log: Log
}

export const createStop =
  ({ permits, tell, clock, log }: StopParts) =>
  /** Stops all mail, and answers until when (ms). */
  async (wait: Extract<Verdict, { do: 'wait' }>, error: SendError): Promise<number> => {
    const { because } = wait
    const until = clock.now() + wait.for
    const isNews = await permits.pause(until, because)
    if (because === 'rate_limit') await permits.slow()
    if (isNews) {
      const told = { because, error: error.name, status: error.status, until: new Date(until) }
      log[because === 'rate_limit' ? 'warn' : 'error'](told, 'deliveries paused')
      tell({ event: 'deliveries_paused', because, until })
    }
    return until
  }

export type Stop = ReturnType<typeof createStop>
