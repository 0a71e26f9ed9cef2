// The actions of operators, by a command or in the console. The newest are kept for the console, and a worker logs each.
// A command writes no log itself, so it leaves a note in Redis, and the first worker that takes the note writes the line.

import type { RedisClient } from '../redis/connection.ts'
import { OPERATOR_KEYS } from '../redis/keys.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'

/** Where an operator acted. */
export type Actor = 'command' | 'console'

/** Ids and reasons, never an address. `at` in milliseconds. */
export type OperatorAction = { at: number; by: Actor } & (
  | { act: 'all mail held' }
  | { act: 'all mail released' }
  | { act: 'message released'; message: string; because: string }
  | { act: 'message sent again'; message: string; as: string; email: 'the same' | 'composed anew' }
  | { act: 'links revoked'; message: string }
  | { act: 'links revoked'; customer: string }
  | { act: 'customer exported'; customer: string }
  | { act: 'customer erased'; messages: number; events: number }
  | { act: 'events replayed'; events: number }
  | { act: 'suppression released'; message: string | null; because: string; reason?: string }
  | { act: 'reminder cancelled'; subscription: string }
  | { act: 'test email sent'; kind: string; language: string }
  | { act: 'long work started'; work: string }
  | { act: 'long work stopped'; work: string }
  | { act: 'configuration checked'; findings: number }
  | { act: 'signed in' }
  | { act: 'signed out' }
)

/** `Omit` over each member of the union. */
type Undated<A> = A extends OperatorAction ? Omit<A, 'at' | 'by'> : never

/** One thing that an operator does. */
export type Act = Undated<OperatorAction>

/** Actions that the console shows, and notes that are kept while no worker runs: the newest stay. */
const MOST_KEPT = 1_000

const MOST_TAKEN = 100

const EVERY = SECOND

export const createOperatorActions = (redis: RedisClient, clock: Clock) => ({
  note: async (by: Actor, act: Act) => {
    const text = JSON.stringify({ ...act, by, at: clock.now() })
    for (const key of [OPERATOR_KEYS.toLog, OPERATOR_KEYS.actions]) {
      await redis.rpush(key, text)
      await redis.ltrim(key, -MOST_KEPT, -1)
    }
  },
  /** Takes the oldest notes to log: no other worker gets them. */
  take: async (): Promise<OperatorAction[]> => {
    const texts = await redis.lpop(OPERATOR_KEYS.toLog, MOST_TAKEN)
    return (texts ?? []).map((text) => JSON.parse(text) as OperatorAction)
  },
  /** The newest actions, newest first. */
  newest: async (limit: number): Promise<OperatorAction[]> => {
    const texts = await redis.lrange(OPERATOR_KEYS.actions, -limit, -1)
    return texts.map((text) => JSON.parse(text) as OperatorAction).toReversed()
  },
})

export type OperatorActions = ReturnType<typeof createOperatorActions>

/** Notes what one kind of actor does. */
export type NoteAct = (act: Act) => Promise<void>

/** Logs new notes every second until it is closed. */
export const logOperatorActions = (acts: Pick<OperatorActions, 'take'>, log: Log) => {
  let running: Promise<void> | undefined
  const write = async () => {
    for (const { act, at, ...rest } of await acts.take())
      log.warn({ ...rest, at: new Date(at) }, act)
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
