// Compare-and-set: writes any number of keys of one slot, all or nothing, if the guarding records are still what was read.

import type { RedisClient } from './connection.ts'
import { whenReplicated } from './replication.ts'
import { createBinaryScript } from './script.ts'

type Value = string | Buffer

/**
 * One write. All keys of a call share a slot.
 *
 * - `set` overwrites, for good or for `expiresIn` milliseconds; `new` keeps a value that exists; `delete` removes.
 * - `add` sets the score of a member of a sorted set; `remove` takes a member out.
 * - `bit` sets one bit of a bitmap; `count` adds to a field of a hash.
 * - `put` overwrites bytes at an offset; `append` adds bytes at the end.
 * - `once` claims a key of a packed list for ever (see once.ts). Only if nobody has claimed it before, the writes in `then`
 *   follow.
 */
export type Write = { key: string } & (
  | { set: Value; expiresIn?: number }
  | { new: Value }
  | { delete: true }
  | { add: string; score: number }
  | { remove: string }
  | { bit: number; value: 0 | 1 }
  | { count: string; by: number }
  | { put: Buffer; at: number }
  | { append: Buffer }
  | { once: Buffer; value: Buffer; then: readonly Write[] }
)

/** A record that must still be what was read; `null`: it was absent. */
export type Guard = { key: string; expected: Value | null }

/** A long record that is only ever replaced as a whole: its first bytes must still be what was read. */
export type StartGuard = { key: string; startsWith: Buffer }

type AnyGuard = Guard | StartGuard

/** Bytes of a once-only key, and of the value beside it. */
export const ONCE_BYTES = { key: 8, value: 5 }

/** Looks for a once-only key at multiples of an entry's length: returns its value, or nil. */
export const FIND_ONCE = `
local function found_once(list, key)
  local from = 1
  while true do
    local at = string.find(list, key, from, true)
    if not at then return nil end
    if (at - 1) % ${ONCE_BYTES.key + ONCE_BYTES.value} == 0 then
      return string.sub(list, at + ${ONCE_BYTES.key}, at + ${ONCE_BYTES.key + ONCE_BYTES.value - 1})
    end
    from = at + 1
  end
end`

/**
 * Each guard has two arguments, how it compares and with what. Each write is an operation with two arguments. `once` looks for its key at multiples of an entry's length, and skips as
 * many operations as its second argument says if it finds it.
 */
const LUA = `
local guards = tonumber(ARGV[1])
for i = 1, guards do
  local how, expected = ARGV[2 * i], ARGV[2 * i + 1]
  local found
  if how == 'start' then found = redis.call('GETRANGE', KEYS[i], 0, #expected - 1)
  else found = redis.call('GET', KEYS[i]) or '' end
  if found ~= expected then return 0 end
end
${FIND_ONCE}
local answers = {}
local i = guards + 1
while i <= #KEYS do
  local key = KEYS[i]
  local at = 2 * guards + 2 + (i - guards - 1) * 3
  local how, one, two = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if how == 'set' then
    if two == '' then redis.call('SET', key, one) else redis.call('SET', key, one, 'PX', two) end
  elseif how == 'new' then
    answers[#answers + 1] = redis.call('SET', key, one, 'NX') and 1 or 0
  elseif how == 'delete' then redis.call('DEL', key)
  elseif how == 'add' then redis.call('ZADD', key, two, one)
  elseif how == 'remove' then redis.call('ZREM', key, one)
  elseif how == 'bit' then
    if two == '1' or redis.call('EXISTS', key) == 1 then redis.call('SETBIT', key, one, two) end
  elseif how == 'count' then redis.call('HINCRBY', key, one, two)
  elseif how == 'put' then redis.call('SETRANGE', key, two, one)
  elseif how == 'append' then redis.call('APPEND', key, one)
  elseif how == 'once' then
    local digest = string.sub(one, 1, ${ONCE_BYTES.key})
    local found = found_once(redis.call('GET', key) or '', digest)
    answers[#answers + 1] = found or 1
    if found then i = i + tonumber(two) else redis.call('APPEND', key, one) end
  end
  i = i + 1
end
return answers`

type Operation = { key: string; how: string; one: Value | number; two: Value | number }

const operationsOf = (write: Write): Operation[] => {
  const { key } = write
  if ('set' in write) return [{ key, how: 'set', one: write.set, two: write.expiresIn ?? '' }]
  if ('new' in write) return [{ key, how: 'new', one: write.new, two: '' }]
  if ('delete' in write) return [{ key, how: 'delete', one: '', two: '' }]
  if ('add' in write) return [{ key, how: 'add', one: write.add, two: write.score }]
  if ('remove' in write) return [{ key, how: 'remove', one: write.remove, two: '' }]
  if ('bit' in write) return [{ key, how: 'bit', one: write.bit, two: write.value }]
  if ('count' in write) return [{ key, how: 'count', one: write.count, two: write.by }]
  if ('put' in write) return [{ key, how: 'put', one: write.put, two: write.at }]
  if ('append' in write) return [{ key, how: 'append', one: write.append, two: '' }]
  const then = write.then.flatMap(operationsOf)
  const entry = Buffer.concat([write.once, write.value])
  return [{ key, how: 'once', one: entry, two: then.length }, ...then]
}

/** The result of each `new` and `once` that was executed, in order: whether it was first, or the value found instead. */
export type Written = readonly (boolean | Buffer)[]

const answerOf = (reply: number | Buffer): boolean | Buffer =>
  typeof reply === 'number' ? reply === 1 : reply

export const createCompareAndSet = (redis: RedisClient) => {
  const run = createBinaryScript(redis, LUA)
  /** Writes all or nothing. @returns `null` when a guard has changed since it was read. */
  return async (
    guard: AnyGuard | readonly AnyGuard[],
    writes: readonly Write[],
  ): Promise<Written | null> => {
    const guards = [guard].flat()
    const operations = writes.flatMap(operationsOf)
    const replies = await run(
      [...guards, ...operations].map(({ key }) => key),
      [
        guards.length,
        ...guards.flatMap((one) =>
          'startsWith' in one ? ['start', one.startsWith] : ['whole', one.expected ?? ''],
        ),
        ...operations.flatMap(({ how, one, two }) => [how, one, two]),
      ],
    )
    if (replies === 0) return null
    const [first] = operations
    if (first) await whenReplicated(redis, first.key)
    return (replies as (number | Buffer)[]).map(answerOf)
  }
}

export type CompareAndSet = ReturnType<typeof createCompareAndSet>

/** Other writers of the same record win now and then. So many times in a row means that something is wrong. */
const MAX_CONFLICTS = 200

/**
 * Repeats `attempt` until another writer no longer comes in between.
 * @param attempt reads, decides and writes; `null` says that the record has changed since it was read.
 */
export const retryConflicts = async <T>(
  attempt: () => Promise<T | null>,
): Promise<Exclude<T, null>> => {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const result = await attempt()
    if (result !== null) return result as Exclude<T, null>
  }
  throw new Error(`gave up after ${MAX_CONFLICTS} conflicting writes`)
}
