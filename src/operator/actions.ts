// The actions of operators, by a command or in the console. The newest are kept for the console, and a worker logs each.
// A command writes no log itself, so it leaves a note in Redis, and the first worker that takes the note writes the line. What
// begins is noted too, until its result is: an action whose process died on the way is logged as not finished.

import { randomUUID } from 'node:crypto'
import type { RedisClient } from '../redis/connection.ts'
import { OPERATOR_KEYS } from '../redis/keys.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
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
  /** `mark`: the id in the key of the mark of deletion, which stays. */
  | { act: 'customer erased'; mark: string; messages: number; events: number }
  | { act: 'events replayed'; events: number }
  | { act: 'suppression released'; message: string | null; because: string; reason?: string }
  | { act: 'reminder cancelled'; subscription: string }
  | { act: 'test email sent'; kind: string; language: string }
  | { act: 'long work started'; work: string }
  | { act: 'long work stopped'; work: string }
  | { act: 'configuration checked'; findings: number }
  /** Its process died, or Redis failed: it may have been done. */
  | ({ act: 'action not finished' } & Begun)
  | { act: 'signed in' }
  | { act: 'signed out' }
)

/** An action that has begun, and what it is about. */
export type Begun = {
  action: Act['act']
  message?: string
  customer?: string
  mark?: string
  subscription?: string
  work?: string
  kind?: string
}

/** `Omit` over each member of the union. */
type Undated<A> = A extends OperatorAction ? Omit<A, 'at' | 'by'> : never

/** One thing that an operator does. */
export type Act = Undated<OperatorAction>

/** Actions that the console shows, and notes that are kept while no worker runs: the newest stay. */
const MOST_KEPT = 1_000

const MOST_TAKEN = 100

const EVERY = SECOND

/** No action takes so long: one that has no result by then is not finished. */
const LONGEST = 10 * MINUTE

/** Actions that have begun are read so often. */
const BEGUN_READ_EVERY = MINUTE

export const createOperatorActions = (redis: RedisClient, clock: Clock) => {
  let begunReadAt = 0

  const note = async (by: Actor, act: Act) => {
    const text = JSON.stringify({ ...act, by, at: clock.now() })
    for (const key of [OPERATOR_KEYS.toLog, OPERATOR_KEYS.actions]) {
      await redis.rpush(key, text)
      await redis.ltrim(key, -MOST_KEPT, -1)
    }
  }

  /** Notes the actions that have begun long ago and have no result. */
  const noteUnfinished = async () => {
    if (clock.now() < begunReadAt + BEGUN_READ_EVERY) return
    begunReadAt = clock.now()
    for (const [id, text] of Object.entries(await redis.hgetall(OPERATOR_KEYS.begun))) {
      const { at, by, ...begun } = JSON.parse(text) as Begun & { at: number; by: Actor }
      if (clock.now() < at + LONGEST || (await redis.hdel(OPERATOR_KEYS.begun, id)) === 0) continue
      await note(by, { act: 'action not finished', ...begun })
    }
  }

  return {
    note,
    /** The notes of one kind of actor. */
    noteBy: (by: Actor): NoteAct => ({
      result: (act) => note(by, act),
      perform: async (begun, perform) => {
        const id = randomUUID()
        await redis.hset(OPERATOR_KEYS.begun, id, JSON.stringify({ ...begun, by, at: clock.now() }))
        const result = await perform()
        await redis.hdel(OPERATOR_KEYS.begun, id)
        return result
      },
    }),
    /** Takes the oldest notes to log: no other worker gets them. */
    take: async (): Promise<OperatorAction[]> => {
      await noteUnfinished()
      const texts = await redis.lpop(OPERATOR_KEYS.toLog, MOST_TAKEN)
      return (texts ?? []).map((text) => JSON.parse(text) as OperatorAction)
    },
    /** The newest actions, newest first. */
    newest: async (limit: number): Promise<OperatorAction[]> => {
      const texts = await redis.lrange(OPERATOR_KEYS.actions, -limit, -1)
      return texts.map((text) => JSON.parse(text) as OperatorAction).toReversed()
    },
  }
}

export type OperatorActions = ReturnType<typeof createOperatorActions>

/** Notes what one kind of actor does. */
export type NoteAct = {
  result: (act: Act) => Promise<void>
  /** Performs an action that notes its result, and notes before it that it begins. */
  perform: <Result>(begun: Begun, perform: () => Promise<Result>) => Promise<Result>
}

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
