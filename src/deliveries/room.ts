// So many at a time, and no more: whoever comes beyond that waits for a place.

export const createRoom = (most: number) => {
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    /** Resolves with a place. */
    take: async (): Promise<void> => {
      if (taken < most) {
        taken++
        return
      }
      await new Promise<void>((resolve) => waiting.push(resolve)) // the place is handed on
    },
    give: () => {
      const next = waiting.shift()
      if (next) next()
      else taken--
    },
  }
}

export type Room = ReturnType<typeof createRoom>
