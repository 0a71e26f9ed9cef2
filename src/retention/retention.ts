// Lets records grow old, and erases the customers who are due for it, in small steps that nothing waits for. Every worker does
// it: a step is safe to repeat, and safe beside the same step of another process.

import type { Due } from '../redis/due.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import type { createWalks } from './walks.ts'

/** From one round to the next. */
const ROUND = MINUTE

/** Between two steps of a round. */
const REST = SECOND / 5

/** How often the clock is read: the sandbox moves it. */
const POLL = SECOND

type RetentionParts = {
  walks: ReturnType<typeof createWalks>
  /** Customers who are due to be erased. */
  erasures: Pick<Due, 'take'>
  erase: (customerId: string) => Promise<unknown>
  clock: Clock
  onError: (error: unknown) => void
}

export const createRetention = (parts: RetentionParts) => {
  const { walks, erasures, erase, clock, onError } = parts
  let nextAt = 0
  let running: Promise<void> | undefined
  const stopped = new AbortController()

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, REST)
      function done() {
        clearTimeout(timer)
        stopped.signal.removeEventListener('abort', done)
        resolve()
      }
      stopped.signal.addEventListener('abort', done)
    })

  /** A walk goes on where there is more to do, on all shards side by side. */
  const round = async (pause: () => Promise<void>) => {
    for (const id of await erasures.take('high')) if (!stopped.signal.aborted) await erase(id)
    for (const [walk, open] of await walks.open()) {
      let shards = open
      while (shards.length > 0 && !stopped.signal.aborted) {
        const hasMore = await Promise.all(shards.map((shard) => walks.step(walk, shard)))
        shards = shards.filter((_, at) => hasMore[at])
        if (shards.length > 0) await pause()
      }
    }
  }

  const run = (pause: () => Promise<void>): Promise<void> => {
    if (running || stopped.signal.aborted || clock.now() < nextAt)
      return running ?? Promise.resolve()
    nextAt = clock.now() + ROUND
    running = round(pause)
      .catch(onError)
      .finally(() => {
        running = undefined
      })
    return running
  }

  const timer = setInterval(() => void run(rest), POLL)

  return {
    /** Does all that has become due by now, without rests. */
    catchUp: async () => {
      await running // it may have begun before the clock was moved
      await run(async () => {})
    },
    close: async () => {
      clearInterval(timer)
      stopped.abort()
      await running
    },
  }
}
