// Connections to the one Redis (or the nodes of one cluster), and the check that what it answers "stored" for is on disk.

import { Cluster, Redis } from 'ioredis'
import { SECOND } from '../runtime/clock.ts'

export type RedisClient = Redis | Cluster

const ASK = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  commandTimeout: 1.5 * SECOND,
  // What Redis may have done already is not sent again: a compare-and-write would take its own work for another's.
  autoResendUnfulfilledCommands: false,
}

/**
 * Whoever waits on a person or on Polar fails fast; a worker waits for Redis as long as it takes. What many ask at the same
 * moment goes together, which is cheapest; but then the first of them waits until the last has asked.
 */
const OPTIONS = {
  ask: { ...ASK, enableAutoPipelining: true },
  ask_at_once: { ...ASK, enableAutoPipelining: false },
  work: { maxRetriesPerRequest: null, enableOfflineQueue: true, enableAutoPipelining: false },
}

const MOST_RECONNECT_WAIT = 2 * SECOND
const reconnectWait = (times: number) =>
  Math.min(50 * 2 ** Math.min(times, 10), MOST_RECONNECT_WAIT)

const open = (urls: readonly string[], purpose: keyof typeof OPTIONS): RedisClient => {
  const { enableOfflineQueue, enableAutoPipelining, ...options } = OPTIONS[purpose]
  const [url = ''] = urls
  if (urls.length === 1) {
    return new Redis(url, {
      ...options,
      enableOfflineQueue,
      retryStrategy: reconnectWait,
      lazyConnect: true,
      enableAutoPipelining,
    })
  }
  const { username, password, protocol } = new URL(url)
  return new Cluster([...urls], {
    lazyConnect: true,
    enableOfflineQueue,
    clusterRetryStrategy: reconnectWait,
    redisOptions: {
      ...options,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
}

/** Redis could not be reached, or is not set up to keep what it is given. */
export class RedisUnfit extends Error {
  override readonly name = 'RedisUnfit'
}

/**
 * Connects: for asking, where a command fails within three seconds (it may have to wait for those sent before it), or for
 * working, where commands wait until Redis is back.
 * @throws {RedisUnfit} when it cannot be reached.
 */
export const connect = async (
  urls: readonly string[],
  purpose: keyof typeof OPTIONS,
  onError: (error: Error) => void,
): Promise<RedisClient> => {
  const redis = open(urls, purpose)
  const ignore = () => {} // a first failure is thrown below
  redis.on('error', ignore)
  try {
    await redis.connect()
    redis.off('error', ignore)
    redis.on('error', onError)
  } catch (cause) {
    redis.disconnect()
    const hosts = urls.map((url) => new URL(url).host).join(', ')
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new RedisUnfit(`REDIS_URL: no Redis lets us in at ${hosts} (${why})`, { cause })
  }
  return redis
}

/** A node of the client's: the server itself, or every master of the cluster. */
const nodes = (redis: RedisClient): Redis[] =>
  redis instanceof Cluster ? redis.nodes('master') : [redis]

const setting = async (redis: Redis, name: string): Promise<string | undefined> => {
  const reply = (await redis.config('GET', name)) as string[]
  return reply[1]
}

/**
 * Checks that Redis writes what it is given to disk and never evicts it. Answers a warning where writes reach the disk
 * only once a second.
 * @throws {RedisUnfit} naming what to change.
 */
export const checkDurability = async (redis: RedisClient): Promise<string | undefined> => {
  let everySecond = false
  for (const node of nodes(redis)) {
    const [appendonly, appendfsync, policy] = await Promise.all([
      setting(node, 'appendonly'),
      setting(node, 'appendfsync'),
      setting(node, 'maxmemory-policy'),
    ]).catch((cause) => {
      throw new RedisUnfit(
        'Redis refuses CONFIG GET, so its durability cannot be checked. See to it that it runs with appendonly yes and ' +
          'maxmemory-policy noeviction, then set REDIS_DURABILITY=assumed.',
        { cause },
      )
    })
    const wrong = [
      appendonly === 'yes' ? [] : [`appendonly is ${appendonly}, set it to yes`],
      policy === 'noeviction' ? [] : [`maxmemory-policy is ${policy}, set it to noeviction`],
    ].flat()
    if (wrong.length > 0)
      throw new RedisUnfit(`Redis would lose what it is given: ${wrong.join('; ')}.`)
    everySecond ||= appendfsync !== 'always'
  }
  return everySecond
    ? 'Redis syncs to disk once a second (appendfsync); set it to always, or a crash of its machine may lose a second.'
    : undefined
}
