// Scans the records of messages, events and suppressions on every primary. A place can be kept, so that another process goes on from there.

import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from '../redis/connection.ts'

/** About as many keys at a time. */
const STEP = 50

const RECORD =
  /^postern:\{s:(\d+)\}:(msg|event|suppressed):((?<=(?:msg|event):)[\w-]{22}|(?<=suppressed:)[\w-]{43})$/

export type RecordKey = {
  key: string
  shard: number
  kind: 'msg' | 'event' | 'suppressed'
  /** The hash of the address of a suppression. */
  digest: Buffer
}

/** Each primary by the id of its run: in another run the cursor means nothing. `done`: those that are scanned. */
export type ScanPlace = { nodes: readonly string[]; done: number; cursor: string }

const recordAt = (key: string): RecordKey[] => {
  const [, shard, kind, digest] = RECORD.exec(key) ?? []
  if (!digest) return []
  return [
    {
      ...{ key, shard: Number(shard), kind: kind as RecordKey['kind'] },
      digest: Buffer.from(digest, 'base64url'),
    },
  ]
}

const runOf = async (node: Redis) => {
  const [, id = ''] = /^run_id:(\w+)/m.exec(await node.info('server')) ?? []
  return { id, node }
}

export const createScan = (redis: RedisClient) => {
  const primaries = async () => {
    const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis]
    return (await Promise.all(nodes.map(runOf))).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  return {
    /** How many keys there are, of all kinds. */
    size: async (): Promise<number> => {
      const sizes = await Promise.all((await primaries()).map(({ node }) => node.dbsize()))
      return sizes.reduce((sum, size) => sum + size, 0)
    },
    /** Where to begin: at `before`, if the same primaries run as then. */
    begin: async (before: ScanPlace | null): Promise<ScanPlace> => {
      const nodes = (await primaries()).map(({ id }) => id)
      const isSame = before !== null && `${before.nodes}` === `${nodes}`
      return isSame ? before : { nodes, done: 0, cursor: '0' }
    },
    /** The next records, some of them twice over a scan. @returns the place after them; `null` at the end. */
    next: async ({ nodes, done, cursor }: ScanPlace) => {
      const found = (await primaries()).find(({ id }) => id === nodes[done])
      if (!found) throw new Error('a primary has changed')
      const [next, keys] = await found.node.scan(cursor, 'MATCH', 'postern:{s:*', 'COUNT', STEP)
      const reached = next === '0' ? done + 1 : done
      const place = reached === nodes.length ? null : { nodes, done: reached, cursor: next }
      return { records: keys.flatMap(recordAt), keys: keys.length, place }
    },
  }
}
