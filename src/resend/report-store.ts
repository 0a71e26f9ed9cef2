// Resend's reports in Redis: each stored raw, once, and on disk before Postern answers 202. Once a report is applied, only its
// outcome stays, since its body names people.

import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { shardSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { createStoreOnce } from '../redis/store-once.ts'
import { type Clock, DAY, SECOND } from '../runtime/clock.ts'

/** Resend retries for ten hours. A report that comes even later is applied again, which changes nothing. */
const REMEMBERED = 7 * DAY

const SETTLE = `
redis.call('HDEL', KEYS[1], 'body')
redis.call('HSET', KEYS[1], 'type', ARGV[2], 'outcome', ARGV[3], 'settled_at', ARGV[4])
redis.call('EXPIRE', KEYS[1], ${REMEMBERED / SECOND})
redis.call('ZREM', KEYS[2], ARGV[1])`

/** The outcome of a report: the message that it is about, or why it was ignored. */
export type ReportOutcome = { message: string; reported: string } | { ignored: string }

type StoredReport = { body: string; receivedAt: number }

export const createReportStore = (redis: RedisClient, due: Due, clock: Clock) => {
  const add = createStoreOnce(redis, clock)
  const settle = createScript(redis, SETTLE)
  const reportKey = (id: string) => shardSlot(id, 'report', id)

  return {
    /**
     * Stores a signed report, raw as it came. Once this resolves it is as durable as Redis is.
     * @returns `false` if the report was stored before.
     */
    add: (id: string, body: Uint8Array): Promise<boolean> =>
      add({ id, key: reportKey(id), body, due, priority: 'high' }),
    /** A report that is not applied yet; `null` for any other. */
    load: async (id: string): Promise<StoredReport | null> => {
      const [body, receivedAt] = await redis.hmget(reportKey(id), 'body', 'received_at')
      return body == null ? null : { body, receivedAt: Number(receivedAt) }
    },
    /** Records the outcome of a report and drops its body; nothing more is due for it. */
    settle: async (id: string, type: string, outcome: ReportOutcome) => {
      await settle([reportKey(id), due.keyOf(id)], [id, type, JSON.stringify(outcome), clock.now()])
    },
  }
}

export type ReportStore = ReturnType<typeof createReportStore>
