// How much work each stage has: what is due, what is due later, and the nudges on their way.

import type { Stage } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'

/** One stage. `lateBy` is how long its first id has been due, in milliseconds; `null` where none is. */
export type StageLoad = {
  name: string
  /** Ids that are due, or being worked on. */
  due: number
  later: number
  /** When the first id falls due, in milliseconds; `null` where there is none. */
  next: number | null
  lateBy: number | null
  /** Nudges that wait for a worker or are with one. */
  nudges: { high: number; low: number }
}

type Watched = Pick<Stage, 'name'> & {
  due: Pick<Stage['due'], 'count' | 'size' | 'next'>
  queues: { high: Pick<Stage['queues']['high'], 'jobs'>; low: Pick<Stage['queues']['low'], 'jobs'> }
}

export const createQueues = (stages: Record<string, Watched>, clock: Pick<Clock, 'now'>) => {
  const loadOf = async ({ name, due, queues }: Watched): Promise<StageLoad> => {
    const [count, size, next, high, low] = await Promise.all([
      due.count(),
      due.size(),
      due.next(),
      queues.high.jobs(),
      queues.low.jobs(),
    ])
    const now = clock.now()
    return {
      name,
      due: count,
      later: Math.max(0, size - count),
      next: Number.isFinite(next) ? next : null,
      lateBy: next <= now ? now - next : null,
      nudges: { high, low },
    }
  }
  return () => Promise.all(Object.values(stages).map(loadOf))
}

export type Queues = ReturnType<typeof createQueues>
