// Brings single entries of an index in line with their records, beside processes that write them. Each call is one step, and
// does nothing where the record has changed since it was read.

import type { Guard, StartGuard } from '../compare-and-set.ts'
import type { RedisClient } from '../connection.ts'
import { createScript } from '../script.ts'
import { DISORDER } from './bounds.ts'
import type { Entry, IndexOptions } from './entry-writes.ts'
import {
  ALL,
  blockOf,
  CHUNK,
  chunkOf,
  ENTRY_BYTES,
  entryOffset,
  generationOf,
  type Layout,
  pageOf,
  placeOf,
  secondsOf,
  TERM_BYTES,
  uint32,
} from './layout.ts'

/**
 * Keys: the record, the counter, the page of the log, the times, the bitmaps, the lists of terms. A digest of '' removes the
 * entry. Nothing is written that is right already; an entry keeps its time, and the time of a block is only ever raised.
 */
const LUA = `
local how, expected, bits = ARGV[1], ARGV[2], ARGV[9]
local n, digest, seconds = tonumber(ARGV[3]), ARGV[4], ARGV[5]
local offset, block, bit = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local found
if how == 'start' then found = redis.call('GETRANGE', KEYS[1], 0, #expected - 1)
else found = redis.call('GET', KEYS[1]) or '' end
if found ~= expected then return -1 end
local changed = 0
local entry = redis.call('GETRANGE', KEYS[3], offset, offset + ${ENTRY_BYTES.all - 1})
if digest == '' then
  if string.find(entry, '[^%z]') then
    redis.call('SETRANGE', KEYS[3], offset, string.rep('\\0', ${ENTRY_BYTES.all}))
    changed = changed + 1
  end
else
  if string.sub(entry, 1, ${ENTRY_BYTES.digest}) == digest then
    seconds = string.sub(entry, ${ENTRY_BYTES.digest + 1})
  else
    redis.call('SETRANGE', KEYS[3], offset, digest .. seconds)
    changed = changed + 1
  end
  if tonumber(redis.call('GET', KEYS[2]) or 0) < n then
    redis.call('SET', KEYS[2], n)
    changed = changed + 1
  end
  local time = redis.call('GETRANGE', KEYS[4], block, block + ${ENTRY_BYTES.seconds - 1})
  local is = #time == ${ENTRY_BYTES.seconds} and struct.unpack('>I4', time) or 0
  local least = struct.unpack('>I4', seconds)
  if is < least then redis.call('SETRANGE', KEYS[4], block, seconds) end
  if is + ${DISORDER} < least then changed = changed + 1 end
end
for i = 1, #bits do
  local value = string.sub(bits, i, i)
  if redis.call('GETBIT', KEYS[4 + i], bit) ~= tonumber(value) then
    redis.call('SETBIT', KEYS[4 + i], bit, value)
    changed = changed + 1
  end
end
for i = 10, #ARGV do
  local key = KEYS[4 + #bits + i - 9]
  local list = redis.call('GET', key) or ''
  local at = string.find(list, ARGV[i], 1, true)
  while at and at % ${TERM_BYTES.all} ~= 1 do at = string.find(list, ARGV[i], at + 1, true) end
  if not at then
    redis.call('APPEND', key, ARGV[i])
    changed = changed + 1
  end
end
return changed`

type AnyGuard = Guard | StartGuard

export const createRepair = (
  redis: RedisClient,
  layout: Layout,
  { digestsOf, labels: known }: IndexOptions,
) => {
  const run = createScript(redis, LUA)
  const all = [ALL, ...known]

  const step = async (guard: AnyGuard, shard: number, n: number, entry: Entry | null) => {
    const carried = new Set(entry ? [ALL, ...entry.labels] : [])
    const terms = [...new Set(entry?.terms)].flatMap((term) => digestsOf(term).slice(0, 1))
    const generation = generationOf(n)
    const places = terms.map((digest) => placeOf(digest, generation))
    const changed = (await run(
      [
        ...[guard.key, layout.counter(shard), layout.log(shard, pageOf(n)), layout.times(shard)],
        ...all.map((label) => layout.bits(shard, label, chunkOf(n))),
        ...places.map(({ bucket }) => layout.terms(shard, generation, bucket)),
      ],
      [
        ...('startsWith' in guard ? ['start', guard.startsWith] : ['whole', guard.expected ?? '']),
        ...[n, entry?.digest ?? '', uint32(secondsOf(entry?.at ?? 0)), entryOffset(n)],
        ...[blockOf(n) * ENTRY_BYTES.seconds, n % CHUNK],
        all.map((label) => (carried.has(label) ? 1 : 0)).join(''),
        ...places.map(({ short }) => Buffer.concat([short, uint32(n)])),
      ],
    )) as number
    return changed < 0 ? null : changed > 0
  }

  return {
    /**
     * Makes an entry, or what is missing or wrong of it. Terms that it should not have stay: no list says which they are.
     * @returns whether anything was; `null` where the record has changed since it was read.
     */
    repair: (guard: AnyGuard, shard: number, n: number, entry: Entry) =>
      step(guard, shard, n, entry),
    /** Takes an entry that no record has out of the log and all labels. @returns the same. */
    clear: (guard: AnyGuard, shard: number, n: number) => step(guard, shard, n, null),
  }
}
