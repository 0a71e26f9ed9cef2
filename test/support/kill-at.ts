// Kill -9 at an exact moment between two stores.

import { onTestFinished } from 'vitest'
import { type OnFinished, spawnPostern, untilReady } from './process.ts'
import { startRedisProxy } from './redis-proxy.ts'
import type { World } from './world.ts'

/**
 * `nth` counts what fits, from 1: pieces that go to Redis in one go, a command or several. A script of ours that Redis does
 * not know yet comes twice, by its digest and then in full.
 */
export type Moment =
  /** Before Redis sees what fits. */
  | { before: (sent: string) => boolean; nth?: number }
  /** When Redis has done what fits, and Postern does not know it yet. */
  | { after: (sent: string) => boolean; nth?: number }
  /** When Resend has accepted so many emails, and has not answered for the last. */
  | { accepted: number }

/** What goes to Redis and names all of these. */
export const naming =
  (...words: string[]) =>
  (sent: string) =>
    words.every((word) => sent.includes(word))

const countdown = (from: number) => {
  let left = from
  return () => --left === 0
}

type Fits = { fits: (sent: string) => boolean; isAfter: boolean; isNth: () => boolean }

const fitsOf = (moment: Moment): Fits | undefined => {
  if ('accepted' in moment) return undefined
  const isNth = countdown(moment.nth ?? 1)
  return 'after' in moment
    ? { fits: moment.after, isAfter: true, isNth }
    : { fits: moment.before, isAfter: false, isNth }
}

/** A Redis that strikes when what is sent to it fits. */
const watch = (
  redisUrl: string,
  wanted: Fits | undefined,
  strike: () => void,
  onFinished: OnFinished,
) => {
  let isUnknown = false
  return startRedisProxy(
    redisUrl,
    (sent) => {
      if (!wanted?.fits(sent)) return true
      if (!isUnknown && !wanted.isNth()) return true
      if (wanted.isAfter) return 'unanswered'
      strike()
      return false
    },
    (reply) => {
      // Then nothing is done yet: the script in full is what is waited for.
      isUnknown = reply.includes('-NOSCRIPT')
      if (!isUnknown) strike()
      return isUnknown
    },
    onFinished,
  )
}

/**
 * Starts a Postern that dies when the moment comes, be it while it starts.
 * @param onFinished the test's own, where several run at the same time.
 * @returns `ready` resolves when it has started, `killed` when it is dead; the world is then as before.
 */
export const killAt = async (
  { redis, resend }: Pick<World, 'redis' | 'resend'>,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  let reached = () => {}
  const moments = new Promise<void>((resolve) => {
    reached = resolve
  })
  const strike = () => {
    spawned.child.kill('SIGKILL')
    resend.beforeAnswer = undefined
    reached()
  }
  if ('accepted' in moment) {
    const isLast = countdown(moment.accepted)
    // No answer comes before its caller is gone.
    resend.beforeAnswer = () => (isLast() ? new Promise<void>(strike) : undefined)
  }
  const proxy = await watch(redis.url, fitsOf(moment), strike, onFinished)
  const spawned = spawnPostern({ ...settings, REDIS_URL: proxy, HOST: '127.0.0.1' }, onFinished)
  return {
    ready: () => untilReady(spawned),
    killed: moments.then(() => spawned.ended()),
  }
}
