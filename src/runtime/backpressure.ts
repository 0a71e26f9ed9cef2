// Background jobs yield to HTTP requests while many are in flight, for at most half a second.

import { SECOND } from './clock.ts'

/** Up to this many requests in flight, background jobs go on beside them. */
const MAX_BESIDE = 5

/** No job yields for longer than this, however busy the process is. */
const MAX_YIELD = SECOND / 2
const POLL = 5

export const createBackpressure = () => {
  let inFlight = 0
  return {
    /** Counts a request as in flight until `work` is done. */
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      inFlight++
      try {
        return await work()
      } finally {
        inFlight--
      }
    },
    /**
     * Resolves once few requests are in flight, or after half a second.
     * @returns whether many still are: then the job should go on in small steps.
     */
    whenIdle: async (): Promise<boolean> => {
      const until = performance.now() + MAX_YIELD
      while (inFlight > MAX_BESIDE && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, POLL))
      }
      return inFlight > MAX_BESIDE
    },
  }
}
