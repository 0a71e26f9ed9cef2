// Metrics of Redis: its memory, and whether it keeps what it is given.

import type { Memory } from '../redis/memory.ts'
import type { Kit } from './kit.ts'

type RedisParts = {
  memory: () => Promise<readonly Memory[]>
  /** The fault that the last check found; `null` where all was well. */
  lastReason: () => string | null
}

export const redisMetrics = ({ gauge }: Kit, { memory, lastReason }: RedisParts) => {
  const of = (numberOf: (memory: Memory) => number) => async () =>
    (await memory()).map((one, index) => ({
      labels: { node: `${index + 1}` },
      value: numberOf(one),
    }))
  gauge(
    {
      name: 'postern_redis_memory_used_bytes',
      help: 'Memory that Redis uses, on each primary.',
      labels: ['node'],
    },
    of(({ used }) => used),
  )
  gauge(
    {
      name: 'postern_redis_memory_max_bytes',
      help: 'Memory that Redis may use (maxmemory), on each primary; 0 where it has no limit.',
      labels: ['node'],
    },
    of(({ max }) => max),
  )
  gauge(
    {
      name: 'postern_redis_durable',
      help: 'Whether Redis took a durable write when this process last checked.',
    },
    async () => [{ value: Number(lastReason() === null) }],
  )
}
