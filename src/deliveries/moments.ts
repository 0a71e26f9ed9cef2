// Lets messages wait for a moment in this process. Where the clock is moved ahead, those whose time has come can be told.

import type { Clock } from '../runtime/clock.ts'

export const createMoments = (clock: Clock) => {
  const waiting = new Map<string, { until: number; goOn: () => void }>()
  return {
    /** Resolves at `until` (ms). */
    wait: (id: string, until: number): Promise<void> =>
      new Promise((resolve) => {
        const goOn = () => {
          clearTimeout(timer)
          waiting.delete(id)
          resolve()
        }
        const timer = setTimeout(goOn, Math.max(until - clock.now(), 1))
        waiting.set(id, { until, goOn })
      }),
    /** How many messages wait. */
    count: (): number => waiting.size,
    /** When the next of them goes on, in milliseconds; `Infinity` where none waits. */
    next: (): number => Math.min(...[...waiting.values()].map(({ until }) => until)),
    /** Lets those go on whose time has come by the clock. */
    catchUp: (): void => {
      for (const { until, goOn } of waiting.values()) if (until <= clock.now()) goOn()
    },
  }
}

export type Moments = ReturnType<typeof createMoments>
