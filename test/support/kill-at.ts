// Kill -9 at an exact moment between two stores, of a process or of a Postern in the test's own.

import { Redis } from 'ioredis'
import { onTestFinished, type TestContext } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { openHere } from './here.ts'
import { type OnFinished, spawnPostern, untilReady } from './process.ts'
import { startProxy } from './proxy.ts'
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

export const fitsOf = (moment: Moment): Fits | undefined => {
  if ('accepted' in moment) return undefined
  const isNth = countdown(moment.nth ?? 1)
  return 'after' in moment
    ? { fits: moment.after, isAfter: true, isNth }
    : { fits: moment.before, isAfter: false, isNth }
}

/** The digests of the scripts in what fits: in one command of the piece, or in the whole piece. */
const scriptsIn = (sent: string, fits: (sent: string) => boolean): string[] => {
  const fitting = sent.split(/(?=\*\d+\r\n\$\d+\r\n)/).find(fits) ?? sent
  return [...fitting.matchAll(/\r\nevalsha\r\n\$40\r\n(\w{40})/g)].map(([, digest = '']) => digest)
}

const knowsAll = async (url: string, scripts: readonly string[]): Promise<boolean> => {
  const redis = new Redis(url)
  try {
    const known = (await redis.script('EXISTS', ...scripts)) as number[]
    return known.every((one) => one === 1)
  } finally {
    redis.disconnect()
  }
}

/** A Redis that strikes when what is sent to it fits, and goes no further with it until it is let go. */
export const watch = async (
  redisUrl: string,
  wanted: Fits | undefined,
  strike: () => void,
  onFinished: OnFinished = onTestFinished,
) => {
  let isUnknown = false
  let scripts: string[] = []
  const proxy = await startProxy(
    redisUrl,
    {
      before: (sent) => {
        if (!wanted?.fits(sent)) return 'passes'
        if (!isUnknown && !wanted.isNth()) return 'passes'
        scripts = scriptsIn(sent, wanted.fits)
        if (wanted.isAfter) return 'unanswered'
        strike()
        return 'waits'
      },
      answered: (reply) => {
        if (scripts.length === 0 || !reply.includes('-NOSCRIPT')) strike()
        else void strikeIfKnown()
        return 'waits'
      },
    },
    onFinished,
  )
  /** Of several scripts in a piece Redis may have lacked another. If it lacks this one, nothing is done until it comes in full. */
  const strikeIfKnown = async () => {
    if (await knowsAll(redisUrl, scripts)) return strike()
    isUnknown = true
    proxy.release()
  }
  return proxy
}

type Place = Pick<World, 'redis' | 'resend'>

/** How Postern stops, and whether it goes on later and then hears what Resend has answered. */
type Stop = { stop: () => void; goesOn: boolean }

/**
 * Stops a Postern when a moment comes, be it while that starts.
 * @returns the way to Redis on which it is watched; `reached` resolves when it has stopped, and the world is then as before.
 */
const stopAt = async (
  { redis, resend }: Place,
  moment: Moment,
  { stop, goesOn }: Stop,
  onFinished: OnFinished,
) => {
  let reached = () => {}
  const moments = new Promise<void>((resolve) => {
    reached = resolve
  })
  const strike = () => {
    stop()
    resend.beforeAnswer = undefined
    reached()
  }
  if ('accepted' in moment) {
    const isLast = countdown(moment.accepted)
    resend.beforeAnswer = () => {
      if (!isLast()) return
      strike()
      // No answer comes before its caller is gone.
      return goesOn ? undefined : new Promise<void>(() => {})
    }
  }
  const proxy = await watch(redis.url, fitsOf(moment), strike, onFinished)
  return { reached: moments, proxy }
}

/** Starts a process that gets a signal when a moment comes. */
const signalAt = async (
  signal: 'SIGKILL' | 'SIGSTOP',
  world: Place,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished,
) => {
  const stop = () => void spawned.child.kill(signal)
  const how = { stop, goesOn: signal === 'SIGSTOP' }
  const { reached, proxy } = await stopAt(world, moment, how, onFinished)
  const spawned = spawnPostern({ ...settings, REDIS_URL: proxy.url, HOST: '127.0.0.1' }, onFinished)
  return { reached, proxy, spawned }
}

/** Starts a process that is killed at a moment; `killed` resolves when it is dead. */
export const killAt = async (
  world: Place,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  const { reached, spawned } = await signalAt('SIGKILL', world, moment, settings, onFinished)
  return { ready: () => untilReady(spawned), killed: reached.then(() => spawned.ended()) }
}

export type Kill = {
  /** Completes "killed …", where a kill does not come. */
  when: string
  at: Moment
  settings: Record<string, string>
  /** Milliseconds by which its clock is ahead. */
  later?: number
  /** Brings the moment about, once Postern has started. Without it, the moment may come while Postern starts. */
  bringAbout?: (() => Promise<unknown>) | undefined
}

/**
 * Starts a Postern in the test's process, and resolves when it has been killed. The next one recovers from that, and may be
 * killed in turn: so a row of kills costs one start each.
 */
export const killIn = async (
  world: Place,
  { when, at, settings, later = 0, bringAbout }: Kill,
  // Those of the test, as others may run at the same time.
  { expect, onTestFinished }: Pick<TestContext, 'expect' | 'onTestFinished'>,
) => {
  const stop = () => doomed.kill()
  const { reached, proxy } = await stopAt(world, at, { stop, goesOn: false }, onTestFinished)
  const doomed = await openHere(settings, { later, redis: proxy }, onTestFinished)
  if (bringAbout) {
    await doomed.ready()
    await bringAbout()
  } else await Promise.race([doomed.ready(), reached])
  let isDead = false
  void reached.then(() => {
    isDead = true
  })
  const message = `killed ${when}`
  await expect.poll(() => isDead, { timeout: 2 * MINUTE, interval: 10, message }).toBe(true)
}

/**
 * Starts a process that stands still from a moment on. When it is woken, what it was saying to Redis arrives, late as it is,
 * and so does what it was to hear.
 */
export const stallAt = async (
  world: Place,
  moment: Moment,
  settings: Record<string, string>,
  onFinished: OnFinished = onTestFinished,
) => {
  const { reached, proxy, spawned } = await signalAt('SIGSTOP', world, moment, settings, onFinished)
  const wake = () => {
    proxy.release()
    spawned.child.kill('SIGCONT')
  }
  return { stalled: reached, wake }
}
