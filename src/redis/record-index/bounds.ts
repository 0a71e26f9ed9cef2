// Which numbers of a shard may lie between two times. It reads a few of the times that each block of numbers has.

import type { RedisClient } from '../connection.ts'
import { createScript } from '../script.ts'
import { BLOCK, type Layout, secondsOf } from './layout.ts'

/** In seconds: entries lie in the order of their times but for this. Numbers are taken before they are written. */
export const DISORDER = 600

/** Searches the first block whose last entry is so late. A block without a time is like the one before it. */
const LUA = `
local last = tonumber(redis.call('GET', KEYS[1]) or 0)
local function seconds(block)
  while block >= 0 do
    local bytes = redis.call('GETRANGE', KEYS[2], block * 4, block * 4 + 3)
    local time = #bytes == 4 and struct.unpack('>I4', bytes) or 0
    if time > 0 then return time end
    block = block - 1
  end
  return 0
end
local function block(time)
  local low, high = 0, math.floor(last / ${BLOCK})
  while low < high do
    local middle = math.floor((low + high) / 2)
    if seconds(middle) >= time then high = middle else low = middle + 1 end
  end
  return low
end
local first = 1
if ARGV[1] ~= '' then first = math.max(1, block(tonumber(ARGV[1])) * ${BLOCK}) end
if ARGV[2] ~= '' then last = math.min(last, block(tonumber(ARGV[2])) * ${BLOCK} + ${BLOCK - 1}) end
return { first, last }`

/** Milliseconds, from the first to before the second: rounded to whole seconds, so that nothing is missed. */
export type Times = { from?: number | undefined; until?: number | undefined }

export const isWithin =
  ({ from, until }: Times) =>
  (at: number) =>
    (from === undefined || secondsOf(at) >= secondsOf(from)) && (until === undefined || at < until)

export const createBounds = (redis: RedisClient, layout: Layout) => {
  const run = createScript(redis, LUA)
  /** The lowest and the highest number; the highest is lower if there are none. */
  return async (shard: number, { from, until }: Times): Promise<[low: number, high: number]> => {
    const args = [
      from === undefined ? '' : secondsOf(from) - DISORDER,
      until === undefined ? '' : secondsOf(until) + DISORDER,
    ]
    return (await run([layout.counter(shard), layout.times(shard)], args)) as [number, number]
  }
}
