// Failures while a batch is sent lose no email, and send none twice.

import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Batch } from '../../src/deliveries/batches/batch.ts'
import { RESEND_KEYS, shardSlot } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import type { FaultRequest } from '../../src/sandbox/resend/api.ts'
import {
  ofItsOwnProduct,
  purchases,
  release,
  releaseAndSettle,
  releaseTogether,
  startHeldSystem,
  tellAll,
  withPause,
} from '../support/backlog.ts'
import { naming } from '../support/kill-at.ts'
import { startProxy } from '../support/proxy.ts'
import { leftDue, storedEvents, timeOf } from '../support/records.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const NOT_FOUND = {
  status: 404,
  body: { name: 'not_found', statusCode: 404, message: 'no such thing' },
}

const redisAt = (url: string) => {
  const redis = new Redis(url)
  redis.on('error', () => {}) // it outlives the Redis of a system that a test closes
  onTestFinished(() => redis.disconnect())
  return redis
}

const batchesIn = async (redis: Redis) => {
  const keys = await redis.keys('postern:*:batch:*')
  const texts = keys.length > 0 ? await redis.mget(keys) : []
  return keys.flatMap((key, index) => {
    const text = texts[index]
    return text ? [{ key, ...(JSON.parse(text) as Batch) }] : []
  })
}

const countLogged = (system: TestSystem, what: string) =>
  system.logs().filter(({ msg }) => msg === what).length

const addressees = (system: TestSystem) => new Set(system.mails().map(({ to }) => to[0])).size

/** Messages in a batch whose turn is further away than a test may last, since other processes have those before. */
const startWaitingBatch = async () => {
  const system = await startHeldSystem({ reports: false, environment: { RESEND_RATE_LIMIT: '1' } })
  await tellAll(system, purchases(4, ofItsOwnProduct))
  const redis = redisAt(system.redis)
  await redis.lpush(RESEND_KEYS.grants, (await timeOf(redis)) + 100 * SECOND)
  await releaseTogether(system, 4)
  const batches = () => batchesIn(redis)
  await expect.poll(batches).toHaveLength(1)
  /** The turns before its own are over. */
  const comeTo = async () => redis.lset(RESEND_KEYS.grants, 0, await timeOf(redis))
  return { system, batches, comeTo }
}

describe('a batch whose turn is far away', () => {
  test('is not waited for when Postern closes', async () => {
    const { system } = await startWaitingBatch()
    await system.close()
    expect(system.resendWorld.requests()).toBe(0)
  })

  test('does not go when mail is held before its turn comes', async () => {
    const { system, batches } = await startWaitingBatch()
    await withPause(system, (pause) => pause.hold('command'))
    await expect.poll(batches).toEqual([])
    expect(system.resendWorld.requests()).toBe(0)
  })

  test('is not taken for dead while it waits, and goes when its turn has come', async () => {
    const { system, batches, comeTo } = await startWaitingBatch()
    const seen: FaultRequest[] = []
    system.resendWorld.fault = (request) => {
      seen.push(request)
      return undefined
    }
    const openUntil = async () => {
      const [one] = await batches()
      return one?.state === 'open' ? one.until : 0
    }
    const [opened] = await batches()
    const first = await openUntil()
    await expect.poll(openUntil).toBeGreaterThan(first)
    system.clock.advance(8 * SECOND) // by then whoever opened it would have been taken for dead
    await comeTo()
    await expect.poll(() => addressees(system)).toBe(4)
    expect(`${opened?.key}`.endsWith(`:${seen[0]?.key}`)).toBe(true)
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length)
    expect(system.resendWorld.accepted()).toBe(4)
  })
})

describe('a connection to Redis that fails a batch', () => {
  const startBehind = async (eyes: Parameters<typeof startProxy>[1]) => {
    const server = await startRedis()
    onTestFinished(() => server.close())
    const proxy = await startProxy(server.url, eyes)
    const system = await startHeldSystem({ reports: false, redisUrl: proxy.url })
    await tellAll(system, purchases(6, ofItsOwnProduct))
    return { system, proxy, redis: redisAt(server.url) }
  }

  /** Only a claim stores an email as plain JSON. */
  const isClaim = naming(':body:', '"subject":')

  test.each([
    ['claims', isClaim],
    ['seal', naming('"state":"open"', '"state":"sealed"')],
  ])(
    'by losing the answer to its %s: Redis is not asked that twice, and each email goes once',
    async (_, fits) => {
      let lost: string | undefined
      let isLost = false
      const again: string[] = []
      const { system } = await startBehind({
        before: (sent) => {
          if (!fits(sent)) return 'passes'
          const batch = /bat_[\w-]+/.exec(sent)?.[0] ?? sent
          if (isLost && lost && sent.includes(lost)) again.push(sent)
          lost ??= batch
          return isLost ? 'passes' : 'unanswered'
        },
        answered: (reply) => {
          if (reply.includes('-NOSCRIPT')) return 'passes'
          isLost = true
          return 'is lost'
        },
      })
      await releaseTogether(system, 6)
      await expect.poll(() => isLost).toBe(true)
      system.clock.advance(11 * SECOND)
      await expect.poll(() => addressees(system)).toBe(6)
      expect(system.resendWorld.accepted()).toBe(6)
      expect(again).toEqual([])
    },
  )

  test('by bringing its claims when it is undone: each email goes all the same, once', async () => {
    let isSlow = true
    const { system, proxy, redis } = await startBehind({
      before: (sent) => (isSlow && isClaim(sent) ? 'waits' : 'passes'),
    })
    await releaseTogether(system, 6)
    await expect.poll(() => system.logText()).toContain('request to Resend failed')
    // As another process does, when its time is over and nothing is claimed for it.
    const open = (await batchesIn(redis)).map(({ key }) => key)
    if (open.length > 0) await redis.del(open) // on a slow machine it is undone by now
    isSlow = false // a claim that is made anew is no concern of this test
    proxy.release()
    system.clock.advance(11 * SECOND)
    await expect.poll(() => addressees(system)).toBe(6)
    expect(system.resendWorld.accepted()).toBe(6)
  })
})

describe('what Resend does not find', () => {
  test('is one email that it accepted: the others are asked about all the same', async () => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(4))
    system.resendWorld.fault = () => 'drop-after-accept'
    await release(system)
    await expect.poll(() => system.resendWorld.accepted()).toBe(4)
    await expect.poll(() => system.logText()).toContain('to be retried')
    const lost = system.mails()[0]?.id ?? '-'
    system.resendWorld.fault = ({ path }) => (path.includes(lost) ? NOT_FOUND : undefined)
    system.clock.advance(23 * HOUR + MINUTE)
    await expect.poll(() => countLogged(system, 'message accepted')).toBe(3)
    await expect.poll(() => countLogged(system, 'message held')).toBe(1)
  })

  test('is the way to it, for a while: mail waits, and no message fails', async () => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(4))
    system.resendWorld.fault = () => NOT_FOUND
    await releaseAndSettle(system)
    expect(system.logText()).toContain('"because":"configuration"')
    system.resendWorld.fault = undefined
    system.clock.advance(2 * MINUTE)
    await system.settle()
    expect(addressees(system)).toBe(4)
    expect(countLogged(system, 'message failed')).toBe(0)
  })
})

test('an event that one process puts off when another has settled it leaves nothing due', async () => {
  const system = await startTestSystem({ reports: false })
  await tellAll(system, purchases(1))
  const redis = redisAt(system.redis)
  const [id = ''] = await storedEvents(system.redis)
  await redis.zadd(shardSlot(id, 'due', 'events'), Date.now(), id)
  expect(await leftDue(system.redis)).toBe(1)
  await expect.poll(() => leftDue(system.redis)).toBe(0)
})
