// Kills the web role, the worker role and Redis with -9 at random times, and restarts each after a random time.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import type { Random } from '../support/random.ts'

export type Victim = {
  kill: () => Promise<void>
  start: () => void | Promise<void>
  /** Resolves when it is up. */
  up?: () => Promise<void>
  /** Resolves at the worst moment for a kill. It is awaited for up to a second. */
  worstMoment?: () => Promise<void>
}

/** Milliseconds that it is up, and down. */
const UP = { min: 0.5 * SECOND, max: 8 * SECOND }
const DOWN = { min: 0.1 * SECOND, max: 2 * SECOND }

/** A victim that takes longer to start is killed during its start; on a busy machine starts are slow. */
const STARTING = MINUTE
const KILLED_DURING_START = 0.1

type KillOptions = {
  /** Minimal number of kills, even if all other work is over. */
  atLeast: number
  isOver: () => boolean
  onKill: () => void
}

/** Resolves when the storm is over, with the victim running. */
export const killRepeatedly = async (
  victim: Victim,
  random: Random,
  { atLeast, isOver, onKill }: KillOptions,
) => {
  for (let kills = 0; !isOver() || kills < atLeast; kills++) {
    const waitsForStart = victim.up && !random.chance(KILLED_DURING_START)
    if (waitsForStart) await Promise.race([victim.up?.(), sleep(STARTING)])
    await sleep(random.between(UP.min, UP.max))
    if (victim.worstMoment && random.chance(0.5))
      await Promise.race([victim.worstMoment(), sleep(SECOND)])
    await victim.kill()
    onKill()
    await sleep(random.between(DOWN.min, DOWN.max))
    await victim.start()
  }
}
