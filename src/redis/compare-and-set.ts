// Compare and write: several keys of one slot, if the guarding record is still what was read.

import type { RedisClient } from './connection.ts'
import { createScript } from './script.ts'

const LUA = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
local answer = 1
for i = 2, #KEYS do
  local how, value = ARGV[2 * i - 2], ARGV[2 * i - 1]
  if how == 'set' then redis.call('SET', KEYS[i], value)
  elseif how == 'new' then if not redis.call('SET', KEYS[i], value, 'NX') then answer = 2 end
  else redis.call('DEL', KEYS[i]) end
end
return answer`

/** `set` overwrites, `new` leaves what is there, `delete` removes. */
export type Write = { key: string } & ({ set: string } | { new: string } | { delete: true })

export const createCompareAndSet = (redis: RedisClient) => {
  const run = createScript(redis, LUA)
  /**
   * Writes all or nothing.
   * @returns `false` when the guard has changed since it was read (`null`: was absent); `kept` when something `new` was there
   * already and stays.
   */
  return async (
    guard: { key: string; expected: string | null },
    writes: readonly Write[],
  ): Promise<'written' | 'kept' | false> => {
    const args = writes.flatMap((write) =>
      'set' in write ? ['set', write.set] : 'new' in write ? ['new', write.new] : ['delete', ''],
    )
    const done = await run(
      [guard.key, ...writes.map((write) => write.key)],
      [guard.expected ?? '', ...args],
    )
    return done === 1 ? 'written' : done === 2 && 'kept'
  }
}

export type CompareAndSet = ReturnType<typeof createCompareAndSet>

/** Others that write the same record win now and then; so many times in a row means that something is wrong. */
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
