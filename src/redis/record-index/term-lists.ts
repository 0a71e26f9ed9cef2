// The lists of terms: finds the numbers of a term, and takes entries out of the lists.

import type { RedisClient } from '../connection.ts'
import { shardOf } from '../keys.ts'
import { createScript } from '../script.ts'
import type { IndexOptions } from './entry-writes.ts'
import { generationOf, type Layout, listsOf, placeOf, TERM_BYTES, uint32 } from './layout.ts'
import type { Numbers, Range } from './numbers.ts'

const { digest, all } = TERM_BYTES

/** Numbers beside a term in any of its lists, up to a highest one, newest first. A list is not sorted. */
const FIND = `
local highest, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local found, seen = {}, {}
for i = 1, #KEYS do
  local list = redis.call('GET', KEYS[i]) or ''
  local at = string.find(list, ARGV[i + 2], 1, true)
  while at do
    if at % ${all} == 1 then
      local n = struct.unpack('>I4', list, at + ${digest})
      if n > 0 and n <= highest and not seen[n] then
        seen[n] = true
        found[#found + 1] = n
      end
    end
    at = string.find(list, ARGV[i + 2], at + 1, true)
  end
end
table.sort(found, function(one, other) return one > other end)
local numbers = {}
for i = 1, math.min(limit, #found) do numbers[i] = found[i] end
return { found[limit + 1] or 0, numbers }`

/** Overwrites entries with zeros: a list may be long, and another write of it all would cost more. */
const DROP = `
local dropped = 0
for i = 1, #KEYS do
  local list = redis.call('GET', KEYS[i]) or ''
  local at = string.find(list, ARGV[i + 1], 1, true)
  while at do
    if at % ${all} == 1 then
      redis.call('SETRANGE', KEYS[i], at - 1, ARGV[1])
      dropped = dropped + 1
    end
    at = string.find(list, ARGV[i + 1], at + 1, true)
  end
end
return dropped`

/** Keeps the entries of higher numbers, in runs, and returns how many others there were. */
const COMPACT = `
local least = math.max(1, tonumber(ARGV[1]))
local list = redis.call('GET', KEYS[1]) or ''
local runs, from, kept = {}, nil, 0
for at = 1, #list, ${all} do
  if struct.unpack('>I4', list, at + ${digest}) >= least then
    from, kept = from or at, kept + 1
  elseif from then
    runs[#runs + 1] = string.sub(list, from, at - 1)
    from = nil
  end
end
if from then runs[#runs + 1] = string.sub(list, from) end
local dropped = #list / ${all} - kept
if kept == 0 then redis.call('DEL', KEYS[1])
elseif dropped > 0 then redis.call('SET', KEYS[1], table.concat(runs)) end
return dropped`

const BLANK = Buffer.alloc(all)

export const createTermLists = (
  redis: RedisClient,
  layout: Layout,
  digestsOf: IndexOptions['digestsOf'],
) => {
  const find = createScript(redis, FIND)
  const drop = createScript(redis, DROP)
  const compact = createScript(redis, COMPACT)

  /** The lists of a generation that may have a term, under each digest of it. */
  const placesOf = (shard: number, digests: readonly Buffer[], generation: number) =>
    digests.map((digest) => {
      const { bucket, short } = placeOf(digest, generation)
      return { key: layout.terms(shard, generation, bucket), short }
    })

  return {
    /** May hold numbers of other terms, whose digests begin alike. @param range downwards. */
    numbers: async (
      term: string,
      shard: number,
      { from }: Range,
      limit: number,
    ): Promise<Numbers> => {
      const generations = Array.from({ length: generationOf(from) + 1 }, (_, index) => index)
      const digests = digestsOf(term)
      const places = generations.flatMap((generation) => placesOf(shard, digests, generation))
      const found = await find(
        places.map(({ key }) => key),
        [from, limit, ...places.map(({ short }) => short)],
      )
      const [next, numbers] = found as [number, number[]]
      return { numbers, next }
    },
    /** Takes exactly these entries of one number out, under every digest of theirs. @returns how many there were. */
    dropTerms: async (shardId: string, n: number, terms: readonly string[]): Promise<number> => {
      const places = terms.flatMap((term) =>
        placesOf(shardOf(shardId), digestsOf(term), generationOf(n)),
      )
      if (places.length === 0) return 0
      const keys = places.map(({ key }) => key)
      const entries = places.map(({ short }) => Buffer.concat([short, uint32(n)]))
      return (await drop(keys, [BLANK, ...entries])) as number
    },
    /**
     * Drops all entries of numbers below `n`, a list at a time, and what was taken out of the lists of their generations.
     * @returns how many entries there were.
     */
    compactTerms: async (shard: number, n: number): Promise<number> => {
      let count = 0
      for (let generation = 0; generation <= generationOf(n); generation++)
        for (let bucket = 0; bucket < listsOf(generation); bucket++)
          count += (await compact([layout.terms(shard, generation, bucket)], [n])) as number
      return count
    },
  }
}
