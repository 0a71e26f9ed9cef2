// A Redis that one test has used is lent to the next, unless it would be another for that one.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { borrowRedis } from '../support/lent-redis.ts'

const connect = (url: string) => {
  const redis = new Redis(url, { retryStrategy: () => null })
  redis.on('error', () => {}) // the server may be closed
  onTestFinished(() => redis.disconnect())
  return redis
}

const leave = async (redis: Redis) => {
  await redis.quit()
}

/** The state in which a test gives its server back. */
const USES: Record<string, (redis: Redis) => Promise<unknown>> = {
  'left data': async (redis) => {
    await redis.set('left', 'over')
    await leave(redis)
  },
  'changed a setting': async (redis) => {
    await redis.config('SET', 'maxmemory', '10mb')
    await leave(redis)
  },
  'made it a replica': async (redis) => {
    await redis.replicaof('127.0.0.1', 1)
    await leave(redis)
  },
  'added a user': async (redis) => {
    await redis.acl('SETUSER', 'somebody', 'on', 'nopass', '+@all')
    await leave(redis)
  },
  'stayed connected': (redis) => redis.ping(),
  'ended it': (redis) => redis.shutdown('NOSAVE').catch(() => {}),
}

const lentAfter = async (use: string): Promise<boolean> => {
  const one = await borrowRedis()
  await USES[use]?.(connect(one.url))
  await one.giveBack()
  const next = await borrowRedis()
  const redis = connect(next.url)
  expect(await redis.dbsize()).toBe(0)
  expect(await redis.info('commandstats')).not.toContain('cmdstat_set:')
  await leave(redis)
  await next.giveBack()
  return next.url === one.url
}

test.each([
  ['left data', true],
  ['changed a setting', false],
  ['made it a replica', false],
  ['added a user', false],
  ['stayed connected', false],
  ['ended it', false],
])('a server whose test %s is lent again: %s', async (use, isLent) => {
  expect(await lentAfter(use)).toBe(isLent)
})
