// Which numbers of a shard carry a label: reads only bitmaps, many chunks with one command.

import type { RedisClient } from '../connection.ts'
import { createScript } from '../script.ts'
import { CHUNK, chunkOf, type Layout } from './layout.ts'

/** Bitmaps that one script reads. */
const MAX_BITMAPS = 256

/**
 * Its keys are the bitmaps of one chunk, one a label, then those of the next chunk on the way. It jumps over zeros. A bitmap
 * that is read downwards is reversed first, so that the next byte of every bitmap lies behind the one before it.
 */
const LUA = `
local labels, step, n, last, limit =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local found = {}
local function bytes(key)
  local map = redis.call('GET', key) or ''
  if step > 0 then return map end
  return string.reverse(map .. string.rep('\\0', ${CHUNK / 8} - #map))
end
for first = 1, #KEYS, labels do
  local base = n - n % ${CHUNK}
  local stop = step > 0 and math.min(last, base + ${CHUNK - 1}) or math.max(last, base)
  local maps = {}
  for i = first, first + labels - 1 do maps[i - first + 1] = bytes(KEYS[i]) end
  while (stop - n) * step >= 0 do
    local place = math.floor((n - base) / 8)
    if step < 0 then place = ${CHUNK / 8 - 1} - place end
    local nearest
    for _, map in ipairs(maps) do
      local at = string.find(map, '[^%z]', place + 1)
      if at and (not nearest or at < nearest) then nearest = at end
    end
    if not nearest then break end
    local byte = 0
    for _, map in ipairs(maps) do byte = bit.bor(byte, string.byte(map, nearest) or 0) end
    local start = base + 8 * (step > 0 and nearest - 1 or ${CHUNK / 8} - nearest)
    if nearest > place + 1 then n = step > 0 and start or start + 7 end
    while n >= start and n <= start + 7 and (stop - n) * step >= 0 do
      if bit.band(byte, bit.rshift(128, n - start)) ~= 0 then
        if #found == limit then return { n, found } end
        found[#found + 1] = n
      end
      n = n + step
    end
  end
  if (stop - n) * step >= 0 then n = stop + step end
end
return { n, found }`

/** `numbers` in the order of reading, and where to go on. */
export type Numbers = { numbers: readonly number[]; next: number }

/** Numbers from `from` to `to`, both included, upwards or downwards. It is empty if `to` lies on the other side. */
export type Range = { from: number; to: number; step: 1 | -1 }

export const isEmpty = ({ from, to, step }: Range) => (to - from) * step < 0

export const createNumbers = (redis: RedisClient, layout: Layout) => {
  const run = createScript(redis, LUA)
  /** The first numbers of a range, at most `limit`, that carry any of the labels. */
  return async (
    shard: number,
    labels: readonly string[],
    range: Range,
    limit: number,
  ): Promise<Numbers> => {
    const { to, step } = range
    if (labels.length === 0) return { numbers: [], next: to + step }
    const numbers: number[] = []
    let next = range.from
    while (!isEmpty({ from: next, to, step }) && numbers.length < limit) {
      const [first, end] = [chunkOf(next), chunkOf(to)]
      const chunks = Math.min(Math.abs(end - first) + 1, Math.ceil(MAX_BITMAPS / labels.length))
      const keys = Array.from({ length: chunks }, (_, index) =>
        labels.map((label) => layout.bits(shard, label, first + index * step)),
      ).flat()
      const args = [labels.length, step, next, to, limit - numbers.length]
      const [reached, found] = (await run(keys, args)) as [number, number[]]
      numbers.push(...found)
      next = reached
    }
    return { numbers, next }
  }
}
