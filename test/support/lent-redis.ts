// Redis servers that one test after another borrows, each time empty: a start costs as much as a short test. A server that a
// test has changed, ended or is still connected to is not lent again.

import { Redis } from 'ioredis'
import { startRedis } from '../../src/sandbox/redis.ts'

type Server = { url: string; close: () => Promise<void>; settings: string }

/** Those of this process that nobody has. They end with it. */
const free: Server[] = []

/** Sockets that were closed just now may still be on the list. */
const LOOKS = 10

const client = (url: string) => {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => {}) // the command that failed says so
  return redis
}

/** With its users. */
const settingsOf = async (redis: Redis) =>
  JSON.stringify([await redis.config('GET', '*'), await redis.acl('LIST')])

const isAlone = async (redis: Redis, looks = LOOKS): Promise<boolean> => {
  const clients = String(await redis.client('LIST'))
    .trim()
    .split('\n')
  if (clients.length === 1) return true
  return looks > 1 && isAlone(redis, looks - 1)
}

const start = async (): Promise<Server> => {
  const { url, close } = await startRedis()
  const redis = client(url)
  return { url, close, settings: await settingsOf(redis).finally(() => redis.disconnect()) }
}

const empty = async ({ url, settings }: Server): Promise<boolean> => {
  const redis = client(url)
  try {
    if (!(await isAlone(redis)) || (await settingsOf(redis)) !== settings) return false
    await redis.multi().flushall().config('RESETSTAT').exec()
    return true
  } catch {
    return false // it is gone, or has no room left
  } finally {
    redis.disconnect()
  }
}

/** `giveBack` closes the server, or keeps it for the next test. */
export const borrowRedis = async () => {
  const server = free.pop() ?? (await start())
  return {
    url: server.url,
    /** Ends it, where a test is about that. */
    close: server.close,
    giveBack: async () => {
      if (await empty(server)) free.push(server)
      else await server.close()
    },
  }
}
