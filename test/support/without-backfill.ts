// A system that looks for no missed webhooks, where a test is about something else that finds out.

import type { Config } from '../../src/config.ts'
import { connect } from '../../src/redis/connection.ts'
import { createDue } from '../../src/redis/due.ts'
import type { MovableClock } from '../../src/runtime/clock.ts'
import { BACKFILL, shardIdOf } from '../../src/schedule/entries.ts'

type System = { config: Config; clock: MovableClock }

/** Takes the backfill out of the schedule, and returns what puts it back, due now. */
export const withoutBackfill = async (system: System): Promise<() => Promise<void>> => {
  const withDue = async (work: (due: ReturnType<typeof createDue>) => Promise<void>) => {
    const redis = await connect(system.config.redis, 'ask', () => {})
    await work(createDue(redis, 'schedule', system.clock, shardIdOf)).finally(() =>
      redis.disconnect(),
    )
  }
  await withDue((due) => due.done(BACKFILL))
  return () => withDue((due) => due.at(BACKFILL, system.clock.now()))
}
