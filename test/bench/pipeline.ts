// Goes from stored events to accepted emails without a rate limit, and measures the worker's processor time. The worker is warm
// and stopped while the backlog is made, so the figures contain neither its start nor the endpoint's work. The processor
// time of Redis is that of both. Then the same with a collector of traces.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { type Contender, openBacklog, peer, postern } from './backlog.ts'
import { startCollector } from './collector.ts'
import { ms, rate } from './figures.ts'
import { startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

const TIMEOUT = 30 * SECOND

/** After the warm-up and after the last acceptance, so that the worker can record its results. */
const REST = 0.3 * SECOND

type Amounts = { warmUp: number; count: number }

const piped = async (contender: Contender, world: World, { warmUp, count }: Amounts) => {
  const backlog = await openBacklog(contender, { world })
  const { tally } = backlog
  try {
    const worker = backlog.startWorker()
    await worker.ready()
    const first = await backlog.fill('warm', warmUp)
    await tally.waitUntil(() => tally.reached() >= warmUp, TIMEOUT)
    await sleep(REST)
    worker.freeze()
    const redisBefore = await backlog.redisUsed()
    const names = await backlog.fill('pipeline', count)
    const usedBefore = await worker.used()
    const began = performance.now()
    worker.thaw()
    await tally.waitUntil(() => tally.reached() >= warmUp + count, TIMEOUT)
    await sleep(REST)
    const used = (await worker.used()) - usedBefore
    const redisUsed = (await backlog.redisUsed()) - redisBefore
    backlog.check([...first, ...names])
    return {
      perCore: (count / used) * SECOND,
      perSecond: (count / (tally.lastAt() - began)) * SECOND,
      redis: redisUsed / count,
    }
  } finally {
    await backlog.close()
  }
}

type Piped = Awaited<ReturnType<typeof piped>>

/** Postern with a collector of its traces beside it. */
const pipedWithTraces = async (world: World, amounts: Amounts) => {
  const collector = await startCollector()
  const web: Contender['web'] = (world, more) =>
    startPostern(world, { ...more, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, ['web'])
  try {
    const figures = await piped({ ...postern, web }, world, amounts)
    if (collector.posts() === 0) throw new Error('no span was sent')
    return figures
  } finally {
    collector.close()
  }
}

export const pipeline = async (world: World, isShort: boolean): Promise<Line[]> => {
  const rounds = isShort ? 1 : 3
  const ourAmounts = isShort ? { warmUp: 500, count: 1_000 } : { warmUp: 1_000, count: 5_000 }
  const theirAmounts = isShort ? { warmUp: 50, count: 100 } : { warmUp: 150, count: 400 }
  const ours: Piped[] = []
  const traced: Piped[] = []
  const theirs: Piped[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await piped(postern, world, ourAmounts))
    traced.push(await pipedWithTraces(world, ourAmounts))
    theirs.push(await piped(peer, world, theirAmounts))
  }
  const beside = (of: keyof Piped, format = rate) => ({
    postern: ours.map((one) => one[of]),
    peer: theirs.map((one) => one[of]),
    format,
  })
  return [
    {
      row: "pipeline: stored event to accepted email, a core of the worker's",
      ...beside('perCore'),
      aim: { text: '≥ 500/s', isMet: (perCore) => perCore >= 500 },
    },
    { row: 'pipeline: the same, one worker by the clock', ...beside('perSecond') },
    { row: 'pipeline: processor time of Redis, webhook to email', ...beside('redis', ms) },
    {
      row: 'pipeline: a core, with traces',
      postern: traced.map(({ perCore }) => perCore),
      base: ours.map(({ perCore }) => perCore),
      format: rate,
    },
  ]
}
