// Resend's reports in Redis: each stored raw, once, and on disk before Postern answers 202. Nothing stays of a report that is
// applied: applying it again changes nothing, and its body names people.

import { createCompareAndSet } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { shardSlot } from '../redis/keys.ts'
import { createStoreOnce, type RawRecord, readRaw } from '../redis/store-once.ts'
import type { Clock } from '../runtime/clock.ts'

/** A report that is not applied yet. */
type StoredReport = { id: string; body: string; receivedAt: number } & Pick<RawRecord, 'start'>

export const createReportStore = (redis: RedisClient, due: Due, clock: Clock) => {
  const add = createStoreOnce(redis, clock)
  const compareAndSet = createCompareAndSet(redis)
  const reportKey = (id: string) => shardSlot(id, 'report', id)

  return {
    /**
     * Stores a signed report, raw as it came. Once this resolves it is as durable as Redis is.
     * @returns `false` if the report is stored already, and not applied yet.
     */
    add: (id: string, body: Uint8Array): Promise<boolean> =>
      add({ id, key: reportKey(id), body, due, priority: 'high' }),
    /** @returns `null` for a report that is applied, or never came. */
    load: async (id: string): Promise<StoredReport | null> => {
      const record = await redis.getBuffer(reportKey(id))
      const raw = record && readRaw(record)
      return raw && { id, body: raw.body.toString(), receivedAt: raw.receivedAt, start: raw.start }
    },
    /** Removes a report that is applied; nothing more is due for it. If it has come again since then, that one stays. */
    settle: async ({ id, start }: StoredReport): Promise<void> => {
      const key = reportKey(id)
      await compareAndSet({ key, startsWith: start }, [{ key, delete: true }, due.doneWrite(id)])
    },
  }
}

export type ReportStore = ReturnType<typeof createReportStore>
