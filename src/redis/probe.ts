// Proves that Redis takes a write, by writing where webhooks are stored. On a cluster it writes to every shard, and so to
// every node that may store a webhook.

import { Cluster } from 'ioredis'
import type { RedisClient } from './connection.ts'
import { everyShard } from './keys.ts'
import { whenReplicated } from './replication.ts'

/** @returns a function that writes, and fails as the write of a webhook would. */
export const createWriteProbe = (redis: RedisClient) => {
  const shards = everyShard('probe')
  const keys = redis instanceof Cluster ? shards : shards.slice(0, 1)
  return async (): Promise<void> => {
    await Promise.all(keys.map((key) => redis.set(key, '1').then(() => whenReplicated(redis, key))))
  }
}

const REFUSALS: Record<string, string> = {
  OOM: 'its memory is full, give it more (maxmemory) or make room',
  MISCONF: 'it cannot write to its disk, see its log and make room there',
  READONLY: 'it is a replica, REDIS_URL has to lead to the primary',
  NOREPLICAS: 'too few of its replicas keep up (REDIS_REPLICAS, min-replicas-to-write)',
  LOADING: 'it is loading its data, which ends by itself',
  CLUSTERDOWN: 'a part of the cluster has no primary',
  NOPERM: 'its user may not write postern:*, see its ACL',
}

export const UNREACHABLE = 'unreachable: Redis does not answer'

/** The reason for a failed write: only the code of Redis's answer, and what to do. */
export const whyNotWritten = (error: unknown): string => {
  const isReply = error instanceof Error && error.name === 'ReplyError'
  const [code = ''] = (isReply && /^[A-Z]+\b/.exec(error.message)) || []
  if (code === '') return UNREACHABLE
  return `${code}: ${REFUSALS[code] ?? 'Redis refuses writes'}`
}
