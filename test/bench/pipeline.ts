// From stored events to accepted emails with no limit but the machine's: what the worker's process takes for it. The worker
// is warm and stands still while the backlog is made; so neither its start nor the door's work is in the figures, and all
// that is measured is there when it goes on.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, openBacklog, peer, postern } from './backlog.ts'
import { rate } from './figures.ts'
import type { World } from './ground.ts'
import type { Line } from './table.ts'

const PATIENCE = 30 * SECOND

/** After the last acceptance, for what is still to be recorded of it; and after the warm-up, so that nothing is in hand. */
const REST = 0.3 * SECOND

type Amounts = { warmUp: number; count: number }

const piped = async (contender: Contender, world: World, { warmUp, count }: Amounts) => {
  const backlog = await openBacklog(contender, { world })
  const { tally } = backlog
  try {
    const worker = backlog.startWorker()
    await worker.ready()
    const first = await backlog.fill('warm', warmUp)
    await tally.soon(() => tally.reached() >= warmUp, PATIENCE)
    await sleep(REST)
    worker.freeze()
    const names = await backlog.fill('pipeline', count)
    const usedBefore = await worker.used()
    const began = performance.now()
    worker.thaw()
    await tally.soon(() => tally.reached() >= warmUp + count, PATIENCE)
    await sleep(REST)
    const used = (await worker.used()) - usedBefore
    backlog.check([...first, ...names])
    return {
      perCore: (count / used) * SECOND,
      perSecond: (count / (tally.lastAt() - began)) * SECOND,
    }
  } finally {
    await backlog.close()
  }
}

type Piped = Awaited<ReturnType<typeof piped>>

export const pipeline = async (world: World, isShort: boolean): Promise<Line[]> => {
  const rounds = isShort ? 1 : 3
  const ourAmounts = isShort ? { warmUp: 500, count: 1_000 } : { warmUp: 1_000, count: 5_000 }
  const theirAmounts = isShort ? { warmUp: 50, count: 100 } : { warmUp: 150, count: 400 }
  const ours: Piped[] = []
  const theirs: Piped[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await piped(postern, world, ourAmounts))
    theirs.push(await piped(peer, world, theirAmounts))
  }
  const beside = (of: keyof Piped) => ({
    postern: ours.map((one) => one[of]),
    peer: theirs.map((one) => one[of]),
    say: rate,
  })
  return [
    {
      row: "pipeline: stored event to accepted email, a core of the worker's",
      ...beside('perCore'),
      aim: { words: '≥ 500/s', isMet: (perCore) => perCore >= 500 },
    },
    { row: 'pipeline: the same, one worker by the clock', ...beside('perSecond') },
  ]
}
