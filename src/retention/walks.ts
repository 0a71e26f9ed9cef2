// Walks the entries of an index from the oldest on, as they reach an age. Each shard keeps how far it has come, so that a walk
// goes on after a crash. An entry that is not finished is left behind, and visited again once a day.

import type { RedisClient } from '../redis/connection.ts'
import { keyOnShard, SHARDS } from '../redis/keys.ts'
import { CHUNK, type Found, type RecordIndex } from '../redis/record-index.ts'
import { createShardScript } from '../redis/shard-script.ts'
import { type Clock, DAY } from '../runtime/clock.ts'

/** Entries of one step: so few that nothing waits for it, though all shards take a step side by side. */
const STEP = 10

/** An entry that was left behind is visited again after so long. */
const AGAIN = DAY

export type Walk = {
  /** Names the walk in Redis. */
  name: string
  index: Pick<RecordIndex, 'range' | 'counter'>
  /** The age, in milliseconds, at which an entry is visited. */
  age: number
  /** Lets an entry age. Safe to repeat. @returns `false` where it is not finished, and must stay as it is. */
  visit: (found: Found) => Promise<boolean>
  /** Called once every entry below `n` is gone. Safe to repeat. */
  emptied?: (shard: number, n: number) => Promise<void>
}

/** How far a walk has come on a shard, when it last visited what it had left behind (ms), and up to where all is gone. */
type Place = { next: number; againAt: number; emptied: number }

/**
 * Finds the walks that have an entry before them which is old enough, as far as they know, or some behind them to visit again.
 * The arguments are the time before which a visit to those behind is old, and for each walk its name and the time before which
 * an entry is old enough. The keys of a shard are that of its places, and two for each walk. It answers with the names for
 * each shard.
 */
const OPEN = `
local walks = (#ARGV - 1) / 2
local answer = {}
for first = 1, #KEYS, 1 + 2 * walks do
  local open = {}
  for walk = 1, walks do
    local name, old = ARGV[2 * walk], tonumber(ARGV[2 * walk + 1])
    local counter, behind = KEYS[first + 2 * walk - 1], KEYS[first + 2 * walk]
    local next, time, again = unpack(redis.call('HMGET', KEYS[first], name, name .. ':time', name .. ':again'))
    local isBefore = tonumber(next or 1) <= tonumber(redis.call('GET', counter) or 0)
    local isNew = isBefore and tonumber(time or 0) <= old
    local isOld = tonumber(again or 0) <= tonumber(ARGV[1])
    if isNew or (isOld and redis.call('EXISTS', behind) == 1) then open[#open + 1] = name end
  end
  answer[#answer + 1] = table.concat(open, ' ')
end
return answer`

export const createWalks = (redis: RedisClient, clock: Clock, walks: readonly Walk[]) => {
  const placeKey = (shard: number) => keyOnShard(shard, 'aging')
  /** A sorted set of the numbers that were left behind. */
  const behindKey = (shard: number, { name }: Walk) => keyOnShard(shard, 'aging', name)
  const open = createShardScript<string>(redis, OPEN, (shard) => [
    placeKey(shard),
    ...walks.flatMap((walk) => [walk.index.counter(shard), behindKey(shard, walk)]),
  ])

  const placeOf = async ({ name }: Walk, shard: number): Promise<Place> => {
    const [next, againAt, emptied] = await redis.hmget(
      placeKey(shard),
      ...[name, `${name}:again`, `${name}:emptied`],
    )
    return { next: Number(next ?? 1), againAt: Number(againAt ?? 0), emptied: Number(emptied ?? 0) }
  }

  const note = (shard: number, field: string, value: number) =>
    redis.hset(placeKey(shard), field, value)

  const visitAgain = async (walk: Walk, shard: number): Promise<void> => {
    const key = behindKey(shard, walk)
    let after = 0
    let numbers: number[]
    do {
      const members = await redis.zrangebyscore(key, `(${after}`, '+inf', 'LIMIT', 0, STEP)
      numbers = members.map(Number)
      for (const n of numbers) {
        const [found] = (await walk.index.range(shard, n, 1)).found
        const isGone = found?.n !== n
        if (isGone || (await walk.visit(found))) await redis.zrem(key, n)
        after = n
      }
    } while (numbers.length === STEP)
    await note(shard, `${walk.name}:again`, clock.now())
  }

  /** Visits the next entries that are old enough. @returns where the walk goes on, and whether it may at once. */
  const visitNext = async (walk: Walk, shard: number, from: number) => {
    const { found, next } = await walk.index.range(shard, from, STEP)
    const young = found.findIndex(({ at }) => at > clock.now() - walk.age)
    const old = young < 0 ? found : found.slice(0, young)
    const finished = await Promise.all(old.map(walk.visit))
    const behind = old.filter((_, at) => !finished[at])
    // This comes before the walk goes on: after a crash in between, it visits them again.
    await Promise.all(behind.map(({ n }) => redis.zadd(behindKey(shard, walk), n, `${n}`)))
    const reached = found[young]?.n ?? next
    // Until the first one that is too young is old enough, no step finds anything.
    const time = found[young]?.at ?? 0
    await redis.hset(placeKey(shard), walk.name, reached, `${walk.name}:time`, time)
    return { reached, hasMore: young < 0 && found.length > 0 }
  }

  /** Tells the walk once a whole chunk of the index is empty. */
  const tellEmptied = async (walk: Walk, shard: number, reached: number, before: number) => {
    const chunk = Math.floor(reached / CHUNK) * CHUNK
    if (!walk.emptied || chunk <= before) return
    const [behind] = await redis.zrange(behindKey(shard, walk), '0', '0')
    const emptied = Math.floor(Math.min(reached, Number(behind ?? reached)) / CHUNK) * CHUNK
    if (emptied <= before) return
    await walk.emptied(shard, emptied)
    await note(shard, `${walk.name}:emptied`, emptied)
  }

  return {
    /** Each walk, with the shards on which a step may bring it forward. */
    open: async (): Promise<(readonly [Walk, shards: number[]])[]> => {
      const now = clock.now()
      const each = walks.flatMap(({ name, age }) => [name, now - age])
      const names = (await open([now - AGAIN, ...each])).map((text) => text.split(' '))
      return walks.map(
        (walk) => [walk, SHARDS.filter((_, at) => names[at]?.includes(walk.name))] as const,
      )
    },
    /** One small step of a walk on one shard. @returns whether the next one may come at once. */
    step: async (walk: Walk, shard: number): Promise<boolean> => {
      const { next, againAt, emptied } = await placeOf(walk, shard)
      if (clock.now() >= againAt + AGAIN) await visitAgain(walk, shard)
      const { reached, hasMore } = await visitNext(walk, shard, next)
      await tellEmptied(walk, shard, reached, emptied)
      return hasMore
    },
  }
}
