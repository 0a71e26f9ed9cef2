// Handles the events of a customer one after another, in order of arrival. Waiting events keep no handler busy, so events of
// other customers never wait for them. They wait in memory; each has its due entry, and comes again if the process ends.

/** Ids that wait, some 100 bytes each. Ids beyond that come again by the due set. */
const MAX_WAITING = 10_000

/** Waiting events are handled in portions of this size, so that their reads go to Redis together. */
const PORTION = 20

/** Runs some work when its turn comes. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>

/** Runs one work after another, in order of arrival. */
export const createLine = (): Line => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {}) // its own caller gets the error
    return done
  }
}

/** Ends a turn; a second call does nothing. */
export type Leave = () => void

/**
 * @param handle handles events of one customer that have waited for their turn, and ends the turn as soon as others may begin.
 * It never fails.
 */
export const createTurns = (handle: (ids: readonly string[], leave: Leave) => Promise<void>) => {
  /** For each customer with an event in hand, the events that wait for it. */
  const customers = new Map<string, Set<string>>()
  const waiting = new Set<string>()
  const inHand = new Set<Promise<void>>()
  let isClosed = false

  const next = (customerId: string): void => {
    const others = customers.get(customerId)
    const ids = [...(others ?? [])].slice(0, PORTION)
    if (ids.length === 0 || isClosed) {
      customers.delete(customerId)
      return
    }
    for (const id of ids) {
      others?.delete(id)
      waiting.delete(id)
    }
    const leave = leaving(customerId)
    const handled = handle(ids, leave).finally(() => {
      inHand.delete(handled)
      leave()
    })
    inHand.add(handled)
  }

  const leaving = (customerId: string): Leave => {
    let isLeft = false
    return () => {
      if (!isLeft) next(customerId)
      isLeft = true
    }
  }

  return {
    /** Whether an event waits already. */
    isWaiting: (id: string): boolean => waiting.has(id),
    /** Whether no event waits, and none that has waited is in hand. */
    isIdle: (): boolean => waiting.size === 0 && inHand.size === 0,
    /**
     * The turn of an event. `null` while another event of its customer is in hand: then it is handled by its id, after those that
     * wait already.
     */
    take: (customerId: string, id: string): Leave | null => {
      const others = customers.get(customerId)
      if (!others) {
        customers.set(customerId, new Set())
        return leaving(customerId)
      }
      if (waiting.size < MAX_WAITING) {
        others.add(id)
        waiting.add(id)
      }
      return null
    },
    /** Resolves when the events in hand are done. Waiting ones are left to the due set. */
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.all(inHand)
    },
  }
}
