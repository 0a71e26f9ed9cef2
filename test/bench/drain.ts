// Drains a backlog of purchases under Resend's rate limit, which limits requests, not emails. Measures emails accepted a second,
// from the worker's readiness to the last acceptance. The limit is a full batch in every request that Resend allows.

import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, openBacklog, peer, postern } from './backlog.ts'
import { percent, rate } from './figures.ts'
import type { World } from './sides.ts'
import type { Aim, Line } from './table.ts'

/** Emails that Resend takes in one request. */
const BATCH = 100

const TIMEOUT = 30 * SECOND

const drained = async (contender: Contender, world: World, rateLimit: number, count: number) => {
  const backlog = await openBacklog(contender, { world, rateLimit })
  const { resend, tally } = backlog
  try {
    const names = await backlog.fill('drain', count)
    let calls = 0
    resend.fault = ({ path }) => {
      if (path.startsWith('/emails')) calls += 1
      return undefined
    }
    await backlog.startWorker().ready()
    const began = performance.now()
    await tally.waitUntil(() => tally.reached() >= count, TIMEOUT)
    backlog.check(names)
    return {
      accepted: (count / (tally.lastAt() - began)) * SECOND,
      /** Nothing else fails here, so every other request met the limit. */
      refused: (calls - tally.requests()) / calls,
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
    limit: [limit * BATCH],
    format: rate,
    aim,
  },
  {
    row: 'drain: the same, requests that met the limit',
    postern: [ours.refused],
    peer: [theirs.refused],
    format: percent,
    aim: { text: '≤ 1 %', isMet: (share) => share <= 0.01 },
  },
]

export const drain = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [slow, fast] = isShort ? [1_000, 1_500] : [10_000, 10_000]
  const [theirSlow, theirFast] = isShort ? [10, 20] : [100, 150]
  const oursSlow = await drained(postern, world, 5, slow)
  const oursFast = await drained(postern, world, 10, fast)
  // The rate limit slows the peer, not the machine, so both of its drains can run at the same time.
  const [theirsSlow, theirsFast] = await Promise.all([
    drained(peer, world, 5, theirSlow),
    drained(peer, world, 10, theirFast),
  ])
  return [
    ...lines(5, oursSlow, theirsSlow, {
      text: '≥ 80×, ≥ 0.95 of the limit',
      isMet: (_, ratio, ofLimit) => ratio >= 80 && ofLimit >= 0.95,
    }),
    ...lines(10, oursFast, theirsFast, {
      text: '≥ 60×, ≥ 0.95 of the limit',
      isMet: (_, ratio, ofLimit) => ratio >= 60 && ofLimit >= 0.95,
    }),
  ]
}
