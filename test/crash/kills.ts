// Kill -9 at random, and a start after a short random while: of the web role, the worker role, and Redis.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import type { Random } from '../support/random.ts'

export type Victim = {
  kill: () => Promise<void>
  start: () => void | Promise<void>
  /** Resolves when it is up, unless it never gets there. */
  up?: () => Promise<void>
  /** The worst of moments for it, should one come within a second. */
  worstMoment?: () => Promise<void>
}

/** In milliseconds: how long it is up for, and down. */
const UP = { least: 0.5 * SECOND, most: 8 * SECOND }
const DOWN = { least: 0.1 * SECOND, most: 2 * SECOND }

/** What takes longer to be up than this is killed while it starts; now and then it is not waited for at all. */
const STARTING = 15 * SECOND
const HARDLY_STARTED = 0.1

type Orders = {
  /** So often at the least, even when there is nothing else left to do. */
  atLeast: number
  isOver: () => boolean
  onKill: () => void
}

/** Resolves when it is over, with the victim up. */
export const haunt = async (
  victim: Victim,
  random: Random,
  { atLeast, isOver, onKill }: Orders,
) => {
  for (let kills = 0; !isOver() || kills < atLeast; kills++) {
    const isWaitedFor = victim.up && !random.chance(HARDLY_STARTED)
    if (isWaitedFor) await Promise.race([victim.up?.(), sleep(STARTING)])
    await sleep(random.between(UP.least, UP.most))
    if (victim.worstMoment && random.chance(0.5))
      await Promise.race([victim.worstMoment(), sleep(SECOND)])
    await victim.kill()
    onKill()
    await sleep(random.between(DOWN.least, DOWN.most))
    await victim.start()
  }
}
