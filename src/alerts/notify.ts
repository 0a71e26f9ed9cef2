// Posts alerts to ALERT_WEBHOOK_URL. No caller waits for it, and a failure to post never fails the caller.

import type { RedisClient } from '../redis/connection.ts'
import { createBackground } from '../runtime/background.ts'
import type { Clock } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { createPost } from '../runtime/post.ts'
import { type Alert, fieldsOf, isCounted, sentence } from './alert.ts'
import { createDedupe } from './dedupe.ts'
import { subjectOf } from './subject.ts'

type AlertsParts = {
  /** ALERT_WEBHOOK_URL; without it no alert goes out. */
  url: string | undefined
  redis: RedisClient
  clock: Clock
  /** Receives the reason when an alert could not be posted. */
  onFailure: (why: Record<string, unknown>) => void
  /** In milliseconds; see the defaults of each. */
  times?: { patience?: number; backoff?: number; quiet?: number }
}

export const createNotifier = ({ url, redis, clock, onFailure, times = {} }: AlertsParts) => {
  const pending = createBackground((error) => onFailure(failure(error)))
  const dedupe = createDedupe(redis, times.quiet)
  const post = url === undefined ? null : createPost({ url, onFailure, times })
  const timers = new Map<string, NodeJS.Timeout>()
  let isClosing = false

  const sendNow = async (alert: Alert, count: number, isRest: boolean) => {
    const text = `Postern: ${sentence(alert, count, isRest)}`
    await post?.send({
      text, // shown by Slack and Mattermost
      content: text, // shown by Discord
      ...fieldsOf(alert, count, isRest),
      at: new Date(clock.now()).toISOString(),
    })
  }

  const consider = async (alert: Alert, isRest = false): Promise<void> => {
    const { subject, what } = subjectOf(alert)
    const { count, askIn } = await (isRest ? dedupe.rest : dedupe.happened)(subject, what).catch(
      (error: unknown) => {
        onFailure(failure(error))
        return { count: isRest ? 0 : 1, askIn: 0 } // better twice than not at all
      },
    )
    if (count > 0) return sendNow(alert, count, isRest)
    if (askIn > 0 && isCounted(alert)) restIn(askIn, subject, alert)
  }

  /** Reports later what was counted meanwhile. If this process ends before, the next alert of this kind reports it. */
  const restIn = (wait: number, subject: string, alert: Alert) => {
    if (isClosing || timers.has(subject)) return
    const timer = setTimeout(() => {
      timers.delete(subject)
      pending.track(consider(alert, true))
    }, wait)
    timers.set(subject, timer.unref())
  }

  return {
    /** Returns at once. An alert that any process has posted within ten minutes is not repeated. */
    notify: (alert: Alert): void => {
      // A rate limit only delays mail for a moment.
      const isWorthIt = alert.event !== 'deliveries_paused' || alert.because !== 'rate_limit'
      if (post && isWorthIt) pending.track(consider(alert))
    },
    /** Resolves when the alerts in hand are posted or given up. */
    settled: pending.settled,
    /** The same within a few seconds: no wait between attempts any more. */
    close: async () => {
      isClosing = true
      for (const timer of timers.values()) clearTimeout(timer)
      post?.hurry()
      await pending.settled()
    },
  }
}

export type Notifier = ReturnType<typeof createNotifier>
