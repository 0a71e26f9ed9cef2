// Logs what operators do by command. A command is a process of its own that writes no log, so it leaves a note in Redis, and
// the first worker that takes the note writes the line.

import type { RedisClient } from '../redis/connection.ts'
import { OPERATOR_ACTIONS_KEY } from '../redis/keys.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'

/** Ids and reasons, never an address. `at` in milliseconds. */
type OperatorAction = { at: number } & (
  | { act: 'all mail held' }
  | { act: 'all mail released' }
  | { act: 'message released'; message: string; because: string }
  | { act: 'message sent again'; message: string; as: string }
  | { act: 'customer erased'; messages: number; events: number }
  | { act: 'events replayed'; events: number }
  | { act: 'suppression released'; message: string | null; because: string }
)

/** `Omit` over each member of the union. */
type Undated<A> = A extends OperatorAction ? Omit<A, 'at'> : never

/** Notes that are kept while no worker runs; the newest stay. */
const MOST_KEPT = 1_000

const MOST_TAKEN = 100

const EVERY = SECOND

export const createOperatorActions = (redis: RedisClient, clock: Clock) => ({
  note: async (act: Undated<OperatorAction>) => {
    await redis.rpush(OPERATOR_ACTIONS_KEY, JSON.stringify({ ...act, at: clock.now() }))
    await redis.ltrim(OPERATOR_ACTIONS_KEY, -MOST_KEPT, -1)
  },
  /** Takes the oldest notes: no other worker gets them. */
  take: async (): Promise<OperatorAction[]> => {
    const texts = await redis.lpop(OPERATOR_ACTIONS_KEY, MOST_TAKEN)
    return (texts ?? []).map((text) => JSON.parse(text) as OperatorAction)
  },
})

export type OperatorActions = ReturnType<typeof createOperatorActions>

/** Logs new notes every second until it is closed. */
export const logOperatorActions = (acts: Pick<OperatorActions, 'take'>, log: Log) => {
  let running: Promise<void> | undefined
  const write = async () => {
    for (const { act, at, ...rest } of await acts.take())
      log.warn({ ...rest, by: 'command', at: new Date(at) }, act)
  }
  const timer = setInterval(() => {
    running ??= write()
      .catch((error) => log.error(failure(error), 'operator acts not read'))
      .finally(() => {
        running = undefined
      })
  }, EVERY)
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}
