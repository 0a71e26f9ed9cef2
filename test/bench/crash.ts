// Workers that die and answers that never arrive: how many emails are accepted twice or never, and how soon work goes on. The
// peer takes part as Resend's quick start leaves it, and once more with idempotency keys.

import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, peer, peerWithKeys, postern } from './backlog.ts'
import { count, seconds } from './figures.ts'
import type { World } from './ground.ts'
import { cutAnswers, type Harm, killInHand, killOften, type Task } from './kills.ts'
import type { Aim, Line } from './table.ts'

/** The peer finds a dead worker's jobs by the second look of its queue, thirty seconds after the first. */
const PATIENCE = 90 * SECOND

const SHORT_PATIENCE = 22 * SECOND

const KILLS = 5

/** Purchases. What a kill can harm is what is in hand; so many more wait that every kill meets a worker at work. */
const OURS = 2_000
const THEIRS = 300
const IN_HAND = 10

const none: Aim = { words: '0', isMet: (emails) => emails === 0 }
const soon: Aim = { words: '≤ 15 s', isMet: (took) => took <= 15 * SECOND }

/** What became of each; the peer is not killed in a short run, where nobody waits a minute for it. */
type Became<T> = { ours: T; theirs?: T; withKeys?: T }

const harmLines = (what: string, { ours, theirs, withKeys }: Became<Harm>): Line[] => {
  const line = (row: string, of: keyof Harm, beside?: Harm): Line => ({
    row: `crash: ${row}`,
    postern: [ours[of]],
    ...(beside && { peer: [beside[of]] }),
    say: count,
    aim: none,
  })
  const beside = (of: keyof Harm) =>
    withKeys ? [line('the same, beside a peer with keys', of, withKeys)] : []
  return [
    line(`emails sent twice, ${what}`, 'twice', theirs),
    ...beside('twice'),
    line(`emails lost, ${what}`, 'lost', theirs),
    ...beside('lost'),
  ]
}

const comebackLine = (row: string, ours: number, theirs?: number): Line => ({
  row: `crash: from a kill ${row}`,
  postern: [ours],
  ...(theirs !== undefined && { peer: [theirs] }),
  say: seconds,
  aim: soon,
})

const tasks =
  (world: World, patience: number) =>
  (contender: Contender, purchases: number): Task => ({
    ...{ contender, world, count: purchases, patience },
  })

const short = async (world: World): Promise<Line[]> => {
  const of = tasks(world, SHORT_PATIENCE)
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
  const of = tasks(world, PATIENCE)
  const often = <T>(contender: Contender, purchases: number, meanwhile: () => Promise<T>) =>
    killOften({ ...of(contender, purchases), kills: KILLS, meanwhile })
  const ours = await often(postern, OURS, async () => {})
  // A dead worker's jobs come back after a minute, in which there is time for the rest.
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
