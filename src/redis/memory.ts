// Reads how much memory Redis uses and may use.

import type { RedisClient } from './connection.ts'
import { nodesOf } from './durability.ts'

/** In bytes. `max` is 0 where no limit is set. */
export type Memory = { used: number; max: number }

const numberIn = (info: string, name: string) =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)

/** The memory of the server, or of every primary of the cluster. */
export const readMemory = (redis: RedisClient): Promise<Memory[]> =>
  Promise.all(
    nodesOf(redis).map(async (node) => {
      const info = await node.info('memory')
      return { used: numberIn(info, 'used_memory'), max: numberIn(info, 'maxmemory') }
    }),
  )
