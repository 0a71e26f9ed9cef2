// The clock port: all code reads the time from a Clock, so that a test or the sandbox can move it.

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that is `ms` milliseconds ahead of another. */
export const aheadBy = (ms: number, clock: Clock): Clock => ({ now: () => clock.now() + ms })

/** A clock that runs with the system's and can be moved ahead of it. */
export const createMovableClock = () => {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    /** Moves the clock by `ms` milliseconds. */
    advance: (ms: number) => {
      offset += ms
    },
  }
}

export type MovableClock = ReturnType<typeof createMovableClock>
