// Tells a person, at a URL of theirs, what stops or loses mail. Nobody waits for it, and it never fails whoever has the news.

import type { RedisClient } from '../redis/connection.ts'
import { createBackground } from '../runtime/background.ts'
import type { Clock } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { createPost } from '../runtime/post.ts'
import { type Alert, fieldsOf, isCounted, sentence, subjectOf } from './alert.ts'
import { createDedupe } from './dedupe.ts'

type AlertsParts = {
  /** Where to tell it; without one nothing is alert. */
  url: string | undefined
  redis: RedisClient
  clock: Clock
  /** Hears of what could not be alert. */
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
      text, // what Slack and Mattermost show
      content: text, // what Discord shows
      ...fieldsOf(alert, count, isRest),
      at: new Date(clock.now()).toISOString(),
    })
  }

  const consider = async (alert: Alert, isRest = false): Promise<void> => {
    const { subject, what } = subjectOf(alert)
    const { count, askIn } = await (isRest ? dedupe.rest : dedupe.happened)(subject, what).catch(
      (error: unknown) => {
        onFailure(failure(error))
        return { count: isRest ? 0 : 1, askIn: 0 } // rather alert twice than not at all
      },
    )
    if (count > 0) return sendNow(alert, count, isRest)
    if (askIn > 0 && isCounted(alert)) restIn(askIn, subject, alert)
  }

  /** What is counted meanwhile is alert then; by the next process that has such news, should this one end before. */
  const restIn = (wait: number, subject: string, alert: Alert) => {
    if (isClosing || timers.has(subject)) return
    const timer = setTimeout(() => {
      timers.delete(subject)
      pending.track(consider(alert, true))
    }, wait)
    timers.set(subject, timer.unref())
  }

  return {
    /** Returns at once. What was alert within ten minutes, by whatever process, isn't alert again. */
    notify: (alert: Alert): void => {
      // A rate limit is how Resend says "a little later".
      const isWorthIt = alert.event !== 'deliveries_paused' || alert.because !== 'rate_limit'
      if (post && isWorthIt) pending.track(consider(alert))
    },
    /** Resolves when what is in hand has been alert, or given up. */
    settled: pending.settled,
    /** The same within a few seconds: nothing is waited for between tries any more. */
    close: async () => {
      isClosing = true
      for (const timer of timers.values()) clearTimeout(timer)
      post?.hurry()
      await pending.settled()
    },
  }
}

export type Notifier = ReturnType<typeof createNotifier>
