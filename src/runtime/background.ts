// Work that an answer did not wait for, and that the process waits for before it ends.

export const createBackground = (onError: (error: unknown) => void) => {
  const pending = new Set<Promise<unknown>>()
  return {
    track: (work: Promise<unknown>) => {
      const settled = work.catch(onError).finally(() => pending.delete(settled))
      pending.add(settled)
    },
    settled: async () => {
      await Promise.all(pending)
    },
  }
}
