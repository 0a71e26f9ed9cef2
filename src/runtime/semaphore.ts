// A semaphore: at most so many at a time, the others wait. It can be closed: then nobody waits any longer.

export const createSemaphore = (most: number) => {
  let taken = 0
  let isClosed = false
  const waiting: (() => void)[] = []
  return {
    /** Resolves with `true` when there is a place, with `false` once it is closed. */
    acquire: async (): Promise<boolean> => {
      if (taken < most && !isClosed) taken++
      else if (!isClosed) await new Promise<void>((resolve) => waiting.push(resolve)) // the place is handed on
      return !isClosed
    },
    release: () => {
      const next = waiting.shift()
      if (next) next()
      else taken--
    },
    close: () => {
      isClosed = true
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
