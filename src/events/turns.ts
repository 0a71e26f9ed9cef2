// The events of a customer come one after another, in the order of arrival. Those that wait keep no handler busy, so that an
// event of another customer never waits for them. They wait in memory: each is due all the same, and comes again if the
// process ends.

/** Ids that wait, some 100 bytes each. Those beyond that come again by the due set. */
const MAX_WAITING = 10_000

/** Those that wait are handed over in such portions, so that what they read is asked of Redis together. */
const PORTION = 20

/** Does some work when it may be done. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>

/** Does one work after another, in the order of arrival. */
export const createLine = (): Line => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {}) // its own caller hears of it
    return done
  }
}

/** Ends a turn; again, it does nothing. */
export type Leave = () => void

/**
 * @param handle handles events of one customer whose turn has come after they waited, and leaves it as soon as others may begin.
 * It never fails.
 */
export const createTurns = (handle: (ids: readonly string[], leave: Leave) => Promise<void>) => {
  /** For each customer of whom an event is in hand, those that wait for it. */
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
    /**
     * The turn of an event, where no other of its customer is in hand. `null` where one is: the event will be handled by its id
     * after those that wait already.
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
    /** Resolves when what is in hand is done. What waits is left to the due set. */
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.all(inHand)
    },
  }
}
