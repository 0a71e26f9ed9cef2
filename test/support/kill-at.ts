// Kill -9 at an exact moment between two stores.

import { onTestFinished, type TestContext } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
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

/** A piece that goes to Redis and contains all of these. */
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

/** A Redis that strikes when what is sent to it fits, and goes no further with it until it is let go. */
const watch = (
  redisUrl: string,
  wanted: Fits | undefined,
  strike: () => void,
  onFinished: OnFinished,
) => {
  let isUnknown = false
  return startRedisProxy(
    redisUrl,
    {
      before: (sent) => {
        if (!wanted?.fits(sent)) return 'passes'
        if (!isUnknown && !wanted.isNth()) return 'passes'
        if (wanted.isAfter) return 'unanswered'
        strike()
        return 'waits'
      },
      answered: (reply) => {
        // Then nothing is done yet: the script in full is what is waited for.
        isUnknown = reply.includes('-NOSCRIPT')
        if (isUnknown) return 'passes'
        strike()
        return 'waits'
      },
    },
    onFinished,
  )
}

/**
 * Starts a Postern that stops when the moment comes, be it while it starts.
 * @param onFinished the test's own, where several run at the same time.
 * @returns `ready` resolves when it has started, `reached` when it has stopped; the world is then as before.
 */
const stopAt = async (
  signal: 'SIGKILL' | 'SIGSTOP',
  { redis, resend }: Pick<World, 'redis' | 'resend'>,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished,
) => {
  let reached = () => {}
  const moments = new Promise<void>((resolve) => {
    reached = resolve
  })
  const strike = () => {
    spawned.child.kill(signal)
    resend.beforeAnswer = undefined
    reached()
  }
  if ('accepted' in moment) {
    const isLast = countdown(moment.accepted)
    resend.beforeAnswer = () => {
      if (!isLast()) return
      strike()
      // No answer comes before its caller is gone; one that stands still finds it when it wakes up.
      return signal === 'SIGKILL' ? new Promise<void>(() => {}) : undefined
    }
  }
  const proxy = await watch(redis.url, fitsOf(moment), strike, onFinished)
  const spawned = spawnPostern({ ...settings, REDIS_URL: proxy.url, HOST: '127.0.0.1' }, onFinished)
  return { ready: () => untilReady(spawned), reached: moments, spawned, proxy }
}

/** Starts a Postern that is killed at a moment; `killed` resolves when it is dead. */
export const killAt = async (
  world: Pick<World, 'redis' | 'resend'>,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  const { ready, reached, spawned } = await stopAt('SIGKILL', world, moment, settings, onFinished)
  return { ready, killed: reached.then(() => spawned.ended()) }
}

export type Kill = {
  /** Completes "killed …", where a kill does not come. */
  when: string
  at: Moment
  settings: Record<string, string>
  /** Brings the moment about, once Postern has started. Without it, the moment may come while Postern starts. */
  bringAbout?: (() => Promise<unknown>) | undefined
}

/**
 * Starts a Postern, and resolves when it has been killed. The next one recovers from that, and may be killed in turn: so a row
 * of kills costs one start each.
 */
export const killIn = async (
  world: Pick<World, 'redis' | 'resend'>,
  { when, at, settings, bringAbout }: Kill,
  // Those of the test, as others may run at the same time.
  { expect, onTestFinished }: Pick<TestContext, 'expect' | 'onTestFinished'>,
) => {
  const doomed = await killAt(world, at, settings, onTestFinished)
  if (bringAbout) {
    await doomed.ready()
    await bringAbout()
  }
  let isDead = false
  void doomed.killed.then(() => {
    isDead = true
  })
  const message = `killed ${when}`
  await expect.poll(() => isDead, { timeout: 2 * MINUTE, interval: 10, message }).toBe(true)
}

/**
 * Starts a Postern that stands still from a moment on. When it is woken, what it was saying to Redis arrives, late as it is,
 * and so does what it was to hear.
 */
export const stallAt = async (
  world: Pick<World, 'redis' | 'resend'>,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  const { reached, spawned, proxy } = await stopAt('SIGSTOP', world, moment, settings, onFinished)
  const wake = () => {
    proxy.release()
    spawned.child.kill('SIGCONT')
  }
  return { stalled: reached, wake }
}
