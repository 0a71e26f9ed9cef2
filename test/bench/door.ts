// Events through the door at fifty connections: how many a second are answered for, how soon, and when all are understood.
// The peer's worker is off and Postern sends nothing, so neither spends its time on emails; Postern's one process understands
// and plans what it takes while it takes it.

import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { everyShard, shardSlot } from '../../src/redis/keys.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { median, ms, percentile, rate } from './figures.ts'
import { type Side, startPeer, startPostern, type World } from './ground.ts'
import { type Fired, fire } from './load/fire.ts'
import type { Line } from './table.ts'

const CONNECTIONS = 50
const DRAIN = 60 * SECOND
const LOOK = 10

type Door = { start: () => Promise<Side>; finish: Finish }

/** Waits until all that was taken is seen to, and throws if any of it is lost. */
type Finish = (redis: Redis, names: readonly string[]) => Promise<void>

const understood: Finish = async (redis, names) => {
  const until = performance.now() + DRAIN
  const isDue = async () => {
    const counts = everyShard('due', 'events').map((key) => redis.zcard(key))
    return (await Promise.all(counts)).some((count) => count > 0)
  }
  while (await isDue()) {
    if (performance.now() > until) throw new Error('events were not understood within a minute')
    await sleep(LOOK)
  }
  void names
}

/** Every event has led to a message. */
const allPlanned = async (redis: Redis, names: readonly string[]) => {
  const outcomes = await Promise.all(
    names.map((name) => redis.hget(shardSlot(`msg_${name}`, 'event', `msg_${name}`), 'outcome')),
  )
  const planned = outcomes.filter((outcome) => outcome?.startsWith('{"messages":["msg_')).length
  if (planned < names.length)
    throw new Error(`${names.length - planned} of ${names.length} events led to no message`)
}

const queued: Finish = async (redis, names) => {
  const queue = new Queue('emails', { connection: redis })
  const { waiting = 0 } = await queue.getJobCounts('waiting')
  if (waiting !== names.length) throw new Error(`${waiting} jobs for ${names.length} events`)
}

const answeredWell = ({ statuses }: Fired, count: number) => {
  const well = (statuses[200] ?? 0) + (statuses[202] ?? 0)
  if (well !== count) throw new Error(`not every event was taken: ${JSON.stringify(statuses)}`)
}

const names = (round: string, count: number) =>
  Array.from({ length: count }, (_, i) => `door-${round}-${i}`)

/** One burst through a door that was just opened and has warmed up. */
const burst = async ({ start, finish }: Door, count: number) => {
  const side = await start()
  const redis = new Redis(side.redisUrl)
  try {
    const order = { url: `${side.url}/webhooks/polar`, connections: CONNECTIONS }
    const first = names('warm', Math.ceil(count / 4))
    answeredWell(await fire({ ...order, names: first }), first.length)
    await finish(redis, first)
    const all = names('measured', count)
    const fired = await fire({ ...order, names: all })
    answeredWell(fired, count)
    await finish(redis, [...first, ...all])
    const until = performance.now() - fired.began
    if (finish === understood) await allPlanned(redis, all)
    return {
      accepted: (count / fired.took) * SECOND,
      understood: (count / until) * SECOND,
      p50: percentile(fired.latencies, 0.5),
      p99: percentile(fired.latencies, 0.99),
    }
  } catch (error) {
    const complaints = side.processes.map((one) => one.complaints()).join('\n')
    throw new Error(`door: ${(error as Error).message}\n${complaints}`, { cause: error })
  } finally {
    redis.disconnect()
    await side.close()
  }
}

type Burst = Awaited<ReturnType<typeof burst>>

export const door = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, count] = isShort ? [1, 500] : [3, 8000]
  const shadow = { SEND_MODE: 'shadow' }
  const one: Door = { start: () => startPostern(world, shadow), finish: understood }
  const two: Door = {
    start: () => startPostern(world, shadow, ['web', 'worker']),
    finish: understood,
  }
  const peer: Door = { start: () => startPeer(world, {}, ['web']), finish: queued }
  const bursts: [Burst[], Burst[], Burst[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    bursts[0].push(await burst(one, count))
    bursts[1].push(await burst(peer, count))
    bursts[2].push(await burst(two, count))
  }
  const [ours, theirs, apart] = bursts.map((each) => ({
    accepted: median(each.map(({ accepted }) => accepted)),
    understood: median(each.map((taken) => taken.understood)),
    p50: median(each.map(({ p50 }) => p50)),
    p99: median(each.map(({ p99 }) => p99)),
  })) as [Burst, Burst, Burst]
  return [
    {
      row: `door: accepted, ${CONNECTIONS} connections`,
      postern: ours.accepted,
      peer: theirs.accepted,
      say: rate,
      aim: { words: '≥ 4× the peer', isMet: (_, ratio) => ratio >= 4 },
    },
    { row: 'door: p50', postern: ours.p50, peer: theirs.p50, say: ms },
    {
      row: 'door: p99',
      postern: ours.p99,
      peer: theirs.p99,
      say: ms,
      aim: { words: '≤ ½ the peer', isMet: (_, ratio) => ratio <= 0.5 },
    },
    { row: 'door: understood and planned', postern: ours.understood, say: rate },
    {
      row: 'door: accepted, web and worker apart',
      postern: apart.accepted,
      peer: theirs.accepted,
      say: rate,
    },
    { row: 'door: p99, apart', postern: apart.p99, peer: theirs.p99, say: ms },
    { row: 'door: understood, apart', postern: apart.understood, say: rate },
  ]
}
