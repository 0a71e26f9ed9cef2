// So many at a time, and no more: whoever comes beyond that waits for a place.

export const createSemaphore = (most: number) => {
  let taken = 0
  let isClosed = false
  const waiting: (() => void)[] = []
  return {
    /** Resolves when there is a place; `false` when there will be none any more. */
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
