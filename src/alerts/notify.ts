// Tells a person, at a URL of theirs, what stops or loses mail. Nobody waits for it, and it never fails whoever has the news.

import type { RedisClient } from '../redis/connection.ts'
import { createBackground } from '../runtime/background.ts'
import type { Clock } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { createPost } from '../runtime/post.ts'
import { type Alert, factsOf, isCounted, sentence, subjectOf } from './alert.ts'
import { createDedupe } from './dedupe.ts'

type AlertsParts = {
  /** Where to tell it; without one nothing is told. */
  url: string | undefined
  redis: RedisClient
  clock: Clock
  /** Hears of what could not be told. */
  onFailure: (why: Record<string, unknown>) => void
  /** In milliseconds; see the defaults of each. */
  times?: { patience?: number; backoff?: number; quiet?: number }
}

export const createNotifier = ({ url, redis, clock, onFailure, times = {} }: AlertsParts) => {
  const pending = createBackground((error) => onFailure(failure(error)))
  const news = createDedupe(redis, times.quiet)
  const post = url === undefined ? null : createPost({ url, onFailure, times })
  const timers = new Map<string, NodeJS.Timeout>()
  let isClosing = false

  const tellNow = async (told: Alert, count: number, isRest: boolean) => {
    const text = `Postern: ${sentence(told, count, isRest)}`
    await post?.send({
      text, // what Slack and Mattermost show
      content: text, // what Discord shows
      ...factsOf(told, count, isRest),
      at: new Date(clock.now()).toISOString(),
    })
  }

  const heed = async (told: Alert, isRest = false): Promise<void> => {
    const { subject, what } = subjectOf(told)
    const { count, askIn } = await (isRest ? news.rest : news.happened)(subject, what).catch(
      (error: unknown) => {
        onFailure(failure(error))
        return { count: isRest ? 0 : 1, askIn: 0 } // rather told twice than not at all
      },
    )
    if (count > 0) return tellNow(told, count, isRest)
    if (askIn > 0 && isCounted(told)) restIn(askIn, subject, told)
  }

  /** What is counted meanwhile is told then; by the next process that has such news, should this one end before. */
  const restIn = (wait: number, subject: string, told: Alert) => {
    if (isClosing || timers.has(subject)) return
    const timer = setTimeout(() => {
      timers.delete(subject)
      pending.track(heed(told, true))
    }, wait)
    timers.set(subject, timer.unref())
  }

  return {
    /** Returns at once. What was told within ten minutes, by whatever process, isn't told again. */
    tell: (told: Alert): void => {
      // A rate limit is how Resend says "a little later".
      const isNews = told.event !== 'deliveries_paused' || told.because !== 'rate_limit'
      if (post && isNews) pending.track(heed(told))
    },
    /** Resolves when what is in hand has been told, or given up. */
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
