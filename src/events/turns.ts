// One event of a customer at a time, in the order of arrival. Those that wait keep no handler busy, so that an event of another
// customer never waits for them. They wait in memory: each is due all the same, and comes again if the process ends.

/** Ids that wait, some 100 bytes each. Those beyond that come again by the due set. */
const MAX_WAITING = 10_000

/** @param handle handles an event whose turn has come after it waited. It never fails. */
export const createTurns = (handle: (id: string) => Promise<void>) => {
  /** For each customer of whom an event is in hand, those that wait for it. */
  const customers = new Map<string, Set<string>>()
  const waiting = new Set<string>()
  const inHand = new Set<Promise<void>>()
  let isClosed = false

  const pass = (customerId: string): void => {
    const others = customers.get(customerId)
    const [id] = others ?? []
    if (id === undefined || isClosed) {
      customers.delete(customerId)
      return
    }
    others?.delete(id)
    waiting.delete(id)
    const handled = handle(id).finally(() => {
      inHand.delete(handled)
      pass(customerId)
    })
    inHand.add(handled)
  }

  return {
    /** Whether an event waits already. */
    isWaiting: (id: string): boolean => waiting.has(id),
    /**
     * Calls `interpret` where no other event of the customer is in hand, and resolves with it. Otherwise it resolves at once,
     * and the event is handled by its id in its turn.
     */
    take: async (customerId: string, id: string, interpret: () => Promise<void>): Promise<void> => {
      const others = customers.get(customerId)
      if (others) {
        if (waiting.size >= MAX_WAITING) return
        others.add(id)
        waiting.add(id)
        return
      }
      customers.set(customerId, new Set())
      try {
        await interpret()
      } finally {
        pass(customerId)
      }
    },
    /** Resolves when what is in hand is done. What waits is left to the due set. */
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.all(inHand)
    },
  }
}
