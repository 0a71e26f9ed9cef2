// Chance that can be had again: the same seed brings the same numbers in the same order.

/** FNV-1a: seeds that differ in a letter lead to other numbers. */
const hashOf = (seed: string) => {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export const createRandom = (seed: string) => {
  let state = hashOf(seed)
  /** From 0 up to 1 (mulberry32). */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (min: number, max: number) => min + next() * (max - min),
    /** An index of something that has `length` of them. */
    index: (length: number) => Math.floor(next() * length),
    /** True in `share` (0 to 1) of all cases. */
    chance: (share: number) => next() < share,
    /** Another stream, so that whoever draws from it more often changes nothing for the others. */
    of: (name: string) => createRandom(`${seed}/${name}`),
  }
}

export type Random = ReturnType<typeof createRandom>
