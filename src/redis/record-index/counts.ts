// Counts by day (UTC), and totals that never end, both summed over the shards.

import { DAY } from '../../runtime/clock.ts'
import type { RedisClient } from '../connection.ts'
import { SHARDS } from '../keys.ts'
import { dayOf, type Layout } from './layout.ts'

/** By day, then by field. */
export type Counts = Record<string, Record<string, number>>

export const createCounts = (redis: RedisClient, layout: Layout) => {
  const sum = async (keyOf: (shard: number) => string) => {
    const total: Record<string, number> = {}
    for (const counts of await Promise.all(SHARDS.map((shard) => redis.hgetall(keyOf(shard)))))
      for (const [field, count] of Object.entries(counts))
        total[field] = (total[field] ?? 0) + Number(count)
    return total
  }

  return {
    /** @param from the first day, @param until the last one, both as `2026-12-31`. A day without counts is there too. */
    counts: async (from: string, until: string): Promise<Counts> => {
      const days: string[] = []
      for (let at = Date.parse(from); at <= Date.parse(until); at += DAY) days.push(dayOf(at))
      const each = days.map(async (day) => {
        return [day, await sum((shard) => layout.day(shard, day))] as const
      })
      return Object.fromEntries(await Promise.all(each))
    },
    /** All that was ever added, by field. It reads one key a shard, however long the history is. */
    totals: (): Promise<Record<string, number>> => sum(layout.totals),
  }
}
