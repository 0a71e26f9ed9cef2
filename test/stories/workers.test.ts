// Several workers on one Redis: which of them does what only one may do, and who goes on when that one is gone.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { customerKeyOf } from '../../src/records/message-id.ts'
import { createDue, NUDGE_LOST } from '../../src/redis/due.ts'
import { customerKey, RESEND_KEYS, WATCH_KEY } from '../../src/redis/keys.ts'
import { aheadBy, type Clock, DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { shardIdOf } from '../../src/schedule/entries.ts'
import { createWatchState } from '../../src/watch/state.ts'
import { purchases } from '../support/backlog.ts'
import { borrowRedis } from '../support/lent-redis.ts'
import { timeOf } from '../support/records.ts'
import { startTestSystem } from '../support/system.ts'
import { startWorkerBeside } from '../support/worker-beside.ts'
import { startWorldAround } from '../support/world.ts'

const SOON = { timeout: 20_000 }

/** Nothing falls due unless the test moves it. */
const createStandingClock = (begin = Date.now()) => {
  let now = begin
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
}

/** It begins at noon: the look at failed payments comes seven minutes after the hour. */
const startThree = async () => {
  const noon = Math.floor(Date.now() / DAY) * DAY + 12 * HOUR
  const system = await startTestSystem({ clock: createStandingClock(noon), backfill: true })
  const beside = [await startWorkerBeside(system), await startWorkerBeside(system)]
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  const { clock, polarWorld } = system
  const logged = (text: string) =>
    [system, ...beside].reduce((sum, one) => sum + one.logText().split(`"${text}"`).length - 1, 0)
  return {
    ...{ system, beside, redis, clock },
    erasures: createDue(redis, 'erasures', clock, customerKey),
    /** How often each round was made, by all of them together. */
    rounds: () => ({
      backfill: logged('customers and subscriptions imported') + logged('no webhook was missed'),
      payments: polarWorld.calls()['/v1/payments/'] ?? 0,
      watch: polarWorld.calls()['/v1/webhooks/endpoints'] ?? 0,
      erased: logged('customer erased'),
    }),
  }
}

/** The instant since which the webhook endpoint is watched without a break: a minute later it is checked. */
const watchedSince = async (redis: Redis): Promise<number | null> =>
  JSON.parse((await redis.get(WATCH_KEY)) ?? '{}').since ?? null

/** A worker takes what is due after so many milliseconds, and dies without having done it. */
const takeAndDie = async (redis: Redis, clock: Clock, later: number) => {
  const ahead = aheadBy(later, clock)
  const taken = await Promise.all([
    createDue(redis, 'schedule', ahead, shardIdOf).take('high'),
    createDue(redis, 'erasures', ahead, customerKey).take('high'),
  ])
  const { claim } = createWatchState(redis)
  const before = ahead.now() - MINUTE
  const begin = async () => {
    await claim(before) // in vain, while another worker saves what it saw
    return watchedSince(redis)
  }
  await expect.poll(begin, SOON).toBe(before)
  const check = await claim(ahead.now())
  return [...taken.flat().toSorted(), ...(check ? ['check'] : [])]
}

test('one of three workers makes each round, and the others go on when it is gone', async () => {
  const { system, beside, redis, erasures, rounds, clock } = await startThree()
  const after = async (ms: number, expected: ReturnType<typeof rounds>) => {
    clock.advance(ms)
    await expect.poll(rounds, SOON).toEqual(expected)
  }
  const watched = () => expect.poll(() => watchedSince(redis), SOON).toBe(clock.now())
  await watched()
  await erasures.at('customer-1', clock.now(), 'high')
  await after(2 * MINUTE, { backfill: 1, payments: 0, watch: 1, erased: 1 })
  await after(DAY, { backfill: 2, payments: 1, watch: 2, erased: 1 }) // the backfill reads the endpoint, too
  await watched()
  await after(MINUTE, { backfill: 2, payments: 1, watch: 3, erased: 1 })

  await erasures.at('customer-2', clock.now() + DAY, 'high')
  const taken = await takeAndDie(redis, clock, DAY)
  expect(taken).toEqual(['backfill', 'customer-2', 'payments', 'check'])
  await after(DAY + NUDGE_LOST, { backfill: 3, payments: 2, watch: 4, erased: 2 })
  await after(MINUTE, { backfill: 3, payments: 2, watch: 5, erased: 2 })

  await Promise.all([system, ...beside].map(({ close }) => close())) // each finishes what it has in hand
  expect(rounds()).toEqual({ backfill: 3, payments: 2, watch: 5, erased: 2 })
}, 60_000)

/** By the clock of Redis: longer than the test takes, and no further away than the rate limiter believes. */
const FAR = 100 * SECOND

test('a message that a closing worker has in hand goes out by another at once, and once', async () => {
  const lent = await borrowRedis()
  const world = await startWorldAround({ url: lent.url, close: lent.giveBack }, {})
  onTestFinished(world.close)
  const redis = new Redis(lent.url)
  onTestFinished(() => redis.disconnect())
  const clock = createStandingClock() // nothing that was put back falls due
  const environment = { ...world.settings, LIVE_SINCE: '2020-01-01T00:00:00Z' }
  const due = createDue(redis, 'deliveries', clock, customerKeyOf)
  const notTaken = () => redis.exists('{postern}:deliveries:wait', '{postern}:deliveries:active')

  await redis.lpush(RESEND_KEYS.grants, (await timeOf(redis)) + FAR) // no request may go
  const closing = await startWorkerBeside({ environment, clock }, 'all')
  await world.polar.deliver(purchases(1)[0])
  await expect.poll(async () => [await due.size(), await notTaken()], SOON).toEqual([1, 0])
  const other = await startWorkerBeside({ environment, clock })
  await closing.close()
  expect(world.resend.accepted()).toBe(0)
  await redis.del(RESEND_KEYS.grants)
  await expect.poll(world.resend.accepted, SOON).toBe(1)
  await other.close() // it finishes what it has in hand
  expect([await due.size(), world.resend.accepted()]).toEqual([0, 1])
})
