// Counts Polar's webhooks by hour, so that a silence can be told from a quiet hour. Those that the backfill found do not count.

import type { RedisClient } from '../redis/connection.ts'
import { RECEIVED_KEY } from '../redis/keys.ts'
import { type Clock, DAY, HOUR, SECOND } from '../runtime/clock.ts'
import { type Hours, WEEKS } from './silence.ts'

/** Counts are written so often at most. A process that ends loses those of so long, and a little less is expected then. */
const EVERY = 10 * SECOND

const KEPT = (WEEKS + 1) * 7 * DAY

/** The field with the time (ms) of the last webhook; every other field is an hour since the epoch. */
const LAST = 'last'

type ReceivedParts = {
  redis: Pick<RedisClient, 'hincrby' | 'hset'>
  clock: Pick<Clock, 'now'>
  onError: (error: unknown) => void
}

/** Counts webhooks in this process. Nobody waits for it. */
export const createReceivedCount = ({ redis, clock, onError }: ReceivedParts) => {
  let unwritten = 0
  let writtenAt = Number.NEGATIVE_INFINITY
  return (): void => {
    const now = clock.now()
    unwritten++
    if (now - writtenAt < EVERY) return
    const count = unwritten
    unwritten = 0
    writtenAt = now
    Promise.all([
      redis.hincrby(RECEIVED_KEY, `${Math.floor(now / HOUR)}`, count),
      redis.hset(RECEIVED_KEY, LAST, now),
    ]).catch(onError)
  }
}

export type Received = {
  hours: Hours
  /** When the last webhook came (ms); 0: none yet. */
  last: number
}

/** Reads the counts, and removes those that nothing is compared with any more. */
export const readReceived = async (
  redis: Pick<RedisClient, 'hgetall' | 'hdel'>,
  now: number,
): Promise<Received> => {
  const { [LAST]: last = 0, ...fields } = await redis.hgetall(RECEIVED_KEY)
  const isOld = (hour: string) => Number(hour) * HOUR < now - KEPT
  const old = Object.keys(fields).filter(isOld)
  if (old.length > 0) await redis.hdel(RECEIVED_KEY, ...old)
  const kept = Object.entries(fields).filter(([hour]) => !isOld(hour))
  return {
    hours: new Map(kept.map(([hour, count]) => [Number(hour), Number(count)])),
    last: Number(last),
  }
}
