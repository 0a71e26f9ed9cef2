// A Redis for the tests of one file, empty before each of them, and given back after the last.

import { Redis } from 'ioredis'
import { afterAll, beforeEach } from 'vitest'
import { borrowRedis } from './lent-redis.ts'

/** Call it at the top of a file: `const { redis, url } = await emptyRedis()`. */
export const emptyRedis = async () => {
  const server = await borrowRedis()
  const redis = new Redis(server.url)
  afterAll(async () => {
    redis.disconnect()
    await server.giveBack()
  })
  beforeEach(() => redis.flushall())
  return { redis, url: server.url }
}
