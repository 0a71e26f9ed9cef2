// Kills workers and cuts off answers: measures emails sent twice or lost, and the time until work goes on. The peer takes part as
// in Resend's quick start, and once more with idempotency keys.

import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, peer, peerWithKeys, postern } from './backlog.ts'
import { count, seconds } from './figures.ts'
import { cutAnswers, type Harm, killInHand, killOften, type Task } from './kills.ts'
import type { World } from './sides.ts'
import type { Aim, Line } from './table.ts'

/** The peer's queue finds a dead worker's jobs at its second check, thirty seconds after the first. */
const TIMEOUT = 90 * SECOND

const SHORT_TIMEOUT = 22 * SECOND

const KILLS = 5

/** Purchases. The backlog is large enough that every kill meets a busy worker. */
const OURS = 2_000
const THEIRS = 300
const IN_HAND = 10

const none: Aim = { text: '0', isMet: (emails) => emails === 0 }
const waitUntil: Aim = { text: '≤ 15 s', isMet: (took) => took <= 15 * SECOND }

/** The results of each. A short run does not kill the peer, which would take a minute to recover. */
type Results<T> = { ours: T; theirs?: T; withKeys?: T }

const harmLines = (cause: string, { ours, theirs, withKeys }: Results<Harm>): Line[] => {
  const line = (row: string, of: keyof Harm, beside?: Harm): Line => ({
    row: `crash: ${row}`,
    postern: [ours[of]],
    ...(beside && { peer: [beside[of]] }),
    format: count,
    aim: none,
  })
  const beside = (of: keyof Harm) =>
    withKeys ? [line('the same, beside a peer with keys', of, withKeys)] : []
  return [
    line(`emails sent twice, ${cause}`, 'twice', theirs),
    ...beside('twice'),
    line(`emails lost, ${cause}`, 'lost', theirs),
    ...beside('lost'),
  ]
}

const comebackLine = (row: string, ours: number, theirs?: number): Line => ({
  row: `crash: from a kill ${row}`,
  postern: [ours],
  ...(theirs !== undefined && { peer: [theirs] }),
  format: seconds,
  aim: waitUntil,
})

const tasks =
  (world: World, timeout: number) =>
  (contender: Contender, purchases: number): Task => ({
    ...{ contender, world, count: purchases, timeout },
  })

const short = async (world: World): Promise<Line[]> => {
  const of = tasks(world, SHORT_TIMEOUT)
  const [killed, inHand, ours, theirs, withKeys] = await Promise.all([
    killOften({ ...of(postern, 300), kills: 1, meanwhile: async () => {} }),
    killInHand(of(postern, IN_HAND)),
    cutAnswers(of(postern, 300)),
    cutAnswers(of(peer, 60)),
    cutAnswers(of(peerWithKeys, 60)),
  ])
  return [
    ...harmLines('1 kill', { ours: killed }),
    comebackLine('to the next acceptance', killed.longest),
    comebackLine('to the last of what was in hand', inHand),
    ...harmLines('5 % of answers cut', { ours, theirs, withKeys }),
  ]
}

const full = async (world: World): Promise<Line[]> => {
  const of = tasks(world, TIMEOUT)
  const often = <T>(contender: Contender, purchases: number, meanwhile: () => Promise<T>) =>
    killOften({ ...of(contender, purchases), kills: KILLS, meanwhile })
  const ours = await often(postern, OURS, async () => {})
  // The peer waits a minute for a dead worker's jobs; the other tasks run meanwhile.
  const theirs = await often(peer, THEIRS, () =>
    Promise.all([
      often(peerWithKeys, THEIRS, async () => {}),
      killInHand(of(postern, IN_HAND)),
      killInHand(of(peer, IN_HAND)),
    ]),
  )
  const [withKeys, inHand, theirsInHand] = theirs.meanwhile
  const cut = await cutAnswers(of(postern, OURS))
  const [theirsCut, withKeysCut] = await Promise.all([
    cutAnswers(of(peer, THEIRS)),
    cutAnswers(of(peerWithKeys, THEIRS)),
  ])
  return [
    ...harmLines(`${KILLS} kills`, { ours, theirs, withKeys }),
    comebackLine('to the next acceptance, longest', ours.longest, theirs.longest),
    comebackLine('to the last of what was in hand', inHand, theirsInHand),
    ...harmLines('5 % of answers cut', { ours: cut, theirs: theirsCut, withKeys: withKeysCut }),
  ]
}

export const crash = (world: World, isShort: boolean): Promise<Line[]> =>
  isShort ? short(world) : full(world)
