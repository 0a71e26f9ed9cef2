// Calls several listeners in turn.

/** @returns `undefined` where there is none, so that nothing is called at all. */
export const inTurn = <A extends unknown[]>(
  ...listeners: readonly (((...args: A) => void) | undefined)[]
): ((...args: A) => void) | undefined => {
  const present = listeners.filter((listener) => listener !== undefined)
  if (present.length === 0) return undefined
  return (...args) => {
    for (const listener of present) listener(...args)
  }
}
