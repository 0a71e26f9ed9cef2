// Follows work that an HTTP answer did not wait for, so that the process waits for it before it ends.

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
