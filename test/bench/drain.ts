// A backlog of purchases under Resend's limit of requests, which batches get round and single emails don't: how many are
// accepted a second, from the worker being ready until the last of them.

import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, openBacklog, peer, postern } from './backlog.ts'
import { percent, rate } from './figures.ts'
import type { World } from './ground.ts'
import type { Aim, Line } from './table.ts'

const PATIENCE = 30 * SECOND

const drained = async (contender: Contender, world: World, rateLimit: number, count: number) => {
  const backlog = await openBacklog(contender, { world, rateLimit })
  const { resend, tally } = backlog
  try {
    const names = await backlog.fill('drain', count)
    let asked = 0
    resend.fault = ({ path }) => {
      if (path.startsWith('/emails')) asked += 1
      return undefined
    }
    await backlog.startWorker().ready()
    const began = performance.now()
    await tally.soon(() => tally.reached() >= count, PATIENCE)
    backlog.check(names)
    return {
      accepted: (count / (tally.lastAt() - began)) * SECOND,
      /** Nothing else goes wrong here: what brought no email met the limit. */
      refused: (asked - tally.requests()) / asked,
    }
  } finally {
    await backlog.close()
  }
}

type Drained = Awaited<ReturnType<typeof drained>>

const lines = (limit: number, ours: Drained, theirs: Drained, aim: Aim): Line[] => [
  {
    row: `drain: messages accepted a second at ${limit} requests a second`,
    postern: [ours.accepted],
    peer: [theirs.accepted],
    say: rate,
    aim,
  },
  {
    row: 'drain: the same, requests that met the limit',
    postern: [ours.refused],
    peer: [theirs.refused],
    say: percent,
    aim: { words: '≤ 1 %', isMet: (share) => share <= 0.01 },
  },
]

export const drain = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [slow, fast] = isShort ? [1_000, 1_500] : [10_000, 10_000]
  const [theirSlow, theirFast] = isShort ? [10, 20] : [100, 150]
  const oursSlow = await drained(postern, world, 5, slow)
  const oursFast = await drained(postern, world, 10, fast)
  // The limit holds the peer back, not the machine: both of its drains have room beside each other.
  const [theirsSlow, theirsFast] = await Promise.all([
    drained(peer, world, 5, theirSlow),
    drained(peer, world, 10, theirFast),
  ])
  return [
    ...lines(5, oursSlow, theirsSlow, {
      words: '≥ 80×, ≥ 450/s',
      isMet: (accepted, ratio) => ratio >= 80 && accepted >= 450,
    }),
    ...lines(10, oursFast, theirsFast, {
      words: '≥ 60×',
      isMet: (_, ratio) => ratio >= 60,
    }),
  ]
}
