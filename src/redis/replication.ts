// Waits until replicas have a write. Redis answers sooner, and a failover loses what the promoted replica does not have yet.

import { Cluster, type Redis, ReplyError } from 'ioredis'
import { SECOND } from '../runtime/clock.ts'
import { everyShard, shardOfKey } from './keys.ts'

type Client = Redis | Cluster

/** Less than the time-out of a command, so that Redis answers. */
const PATIENCE = SECOND

type Confirm = (shard: number) => Promise<void>

/** Only of the connections whose writes replicas must have. */
const confirmations = new WeakMap<Client, Confirm>()

const tooFew = (found: number, wanted: number): Error =>
  new ReplyError(`NOREPLICAS ${found} of ${wanted} replicas have the write`)

const refreshed = (cluster: Cluster) =>
  new Promise<void>((resolve) => cluster.refreshSlotsCache(() => resolve()))

/**
 * A write of its own and a WAIT for it, over one connection. Whatever was written to that server before is older, whichever
 * connection it came by. In a script or in a MULTI, WAIT would not wait.
 */
const mark = async (
  redis: Client,
  key: string,
  replicas: number,
  redirections = 1,
): Promise<void> => {
  const replies = (await redis.pipeline().set(key, '1').wait(replicas, PATIENCE).exec()) ?? []
  const failed = replies.find(([error]) => error)?.[0]
  // ioredis does not follow this by itself, since WAIT was executed.
  if (failed?.message.startsWith('MOVED') && redis instanceof Cluster && redirections > 0) {
    await refreshed(redis)
    return mark(redis, key, replicas, redirections - 1)
  }
  if (failed) throw failed
  const found = Number(replies[1]?.[1] ?? 0)
  if (found < replicas) throw tooFew(found, replicas)
}

/**
 * Runs one confirmation a key at a time; those that are asked for meanwhile share the next. If one fails, so does the next:
 * what was written before may be lost, though a new primary would confirm it.
 */
const inGroups = (confirm: (key: string) => Promise<void>) => {
  const running = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<void>>()
  const start = (key: string) => {
    next.delete(key)
    const confirming = confirm(key)
    const done = () => {
      if (running.get(key) === confirming) running.delete(key)
    }
    running.set(key, confirming)
    confirming.then(done, done)
    return confirming
  }
  return (key: string): Promise<void> => {
    const waiting = next.get(key)
    if (waiting) return waiting
    const before = running.get(key) ?? Promise.resolve()
    const asked = before.then(
      () => start(key),
      (error) => {
        next.delete(key)
        throw error
      },
    )
    next.set(key, asked)
    return asked
  }
}

/** From now on, whoever asks is told when so many replicas have what `redis` wrote. `through` is a connection for that alone. */
export const awaitReplicas = (redis: Client, through: Client, replicas: number): void => {
  const confirm = inGroups((key) => mark(through, key, replicas))
  const marks = everyShard('probe')
  const [only = ''] = marks
  const markOf = new Map(marks.map((key) => [shardOfKey(key), key]))
  confirmations.set(redis, (shard) =>
    confirm(redis instanceof Cluster ? (markOf.get(shard) ?? only) : only),
  )
  redis.once('end', () => through.disconnect())
}

/**
 * Resolves when as many replicas as REDIS_REPLICAS says have all writes to this key's shard; at once where it says none.
 * @throws a reply of NOREPLICAS when too few have them in time. Redis has done the write all the same.
 */
export const whenReplicated = async (redis: Client, key: string): Promise<void> => {
  const shard = shardOfKey(key)
  if (shard !== null) await confirmations.get(redis)?.(shard)
}
