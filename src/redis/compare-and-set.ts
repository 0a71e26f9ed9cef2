// Compare-and-set: writes several keys of one slot if the guarding records are still what was read.

import type { RedisClient } from './connection.ts'
import { createScript } from './script.ts'

/** First the guards with their expected values, then the writes. A number instead of `set` is a time to live, in milliseconds. */
const LUA = `
local guards = tonumber(ARGV[1])
for i = 1, guards do
  if (redis.call('GET', KEYS[i]) or '') ~= ARGV[i + 1] then return 0 end
end
local answer = 1
for i = guards + 1, #KEYS do
  local how, value = ARGV[2 * i - guards], ARGV[2 * i - guards + 1]
  if how == 'set' then redis.call('SET', KEYS[i], value)
  elseif how == 'new' then if not redis.call('SET', KEYS[i], value, 'NX') then answer = 2 end
  elseif how == 'delete' then redis.call('DEL', KEYS[i])
  else redis.call('SET', KEYS[i], value, 'PX', how) end
end
return answer`

/** `set` overwrites, for good or for `expiresIn` milliseconds; `new` keeps an existing value; `delete` removes. */
export type Write = { key: string } & (
  | { set: string; expiresIn?: number }
  | { new: string }
  | { delete: true }
)

/** A record that must still be what was read; `null`: it was absent. */
export type Guard = { key: string; expected: string | null }

const argumentsOf = (write: Write): [how: string | number, value: string] =>
  'set' in write
    ? [write.expiresIn ?? 'set', write.set]
    : 'new' in write
      ? ['new', write.new]
      : ['delete', '']

export const createCompareAndSet = (redis: RedisClient) => {
  const run = createScript(redis, LUA)
  /**
   * Writes all or nothing.
   * @returns `false` when a guard has changed since it was read; `kept` when a `new` key existed already and stays.
   */
  return async (
    guard: Guard | readonly Guard[],
    writes: readonly Write[],
  ): Promise<'written' | 'kept' | false> => {
    const guards = [guard].flat()
    const done = await run(
      [...guards, ...writes].map(({ key }) => key),
      [
        guards.length,
        ...guards.map(({ expected }) => expected ?? ''),
        ...writes.flatMap(argumentsOf),
      ],
    )
    return done === 1 ? 'written' : done === 2 && 'kept'
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
