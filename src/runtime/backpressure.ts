// Who is waited for goes first: work that nobody waits for steps aside while many requests are in hand, for a while.

import { SECOND } from './clock.ts'

/** Requests in hand up to which other work goes on beside them. */
const FEW = 5

/** Nothing steps aside for longer than this, however busy it is. */
const PATIENCE = SECOND / 2
const LOOK = 5

export const createBackpressure = () => {
  let inHand = 0
  return {
    /** Counts `work` as in hand until it is done. */
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      inHand++
      try {
        return await work()
      } finally {
        inHand--
      }
    },
    /**
     * Resolves once few requests are in hand, or after half a second.
     * @returns whether many are in hand still, so that whoever goes on does it in small steps.
     */
    whenIdle: async (): Promise<boolean> => {
      const until = performance.now() + PATIENCE
      while (inHand > FEW && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, LOOK))
      }
      return inHand > FEW
    },
  }
}
