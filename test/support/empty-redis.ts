// A Redis for the tests of one file, empty before each of them, and ended after the last.

import { Redis } from 'ioredis'
import { afterAll, beforeEach } from 'vitest'
import { startRedis } from '../../src/sandbox/redis.ts'

/** Call it at the top of a file: `const { redis, url } = await emptyRedis()`. */
export const emptyRedis = async () => {
  const server = await startRedis()
  const redis = new Redis(server.url)
  afterAll(async () => {
    redis.disconnect()
    await server.close()
  })
  beforeEach(() => redis.flushall())
  return { redis, url: server.url }
}
