// Posts events over fifty connections: measures events accepted a second, latency, and when all are interpreted. The peer's
// worker is off and Postern holds all mail, so neither spends time on emails. Postern's one process interprets events while it
// accepts them. The limit is a bare endpoint, which verifies and stores and does nothing else.

import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { everyShard } from '../../src/redis/keys.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { outcomeOf } from '../support/stored-events.ts'
import { ms, percentile, rate } from './figures.ts'
import { fire } from './load/fire.ts'
import { type Side, startBare, startPeer, startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

const CONNECTIONS = 50
const DRAIN = 60 * SECOND
const POLL = 10

type Contestant = { start: () => Promise<Side>; finish: Finish }

type Finish = {
  /** Waits until every accepted event is handled. */
  wait: (redis: Redis) => Promise<void>
  /** Throws if any event is lost. */
  check: (redis: Redis, names: readonly string[]) => Promise<void>
}

/** Each event is due until it is interpreted, and must then have a message. */
const understood: Finish = {
  wait: async (redis) => {
    const until = performance.now() + DRAIN
    const isDue = async () => {
      const counts = everyShard('due', 'events').map((key) => redis.zcard(key))
      return (await Promise.all(counts)).some((count) => count > 0)
    }
    while (await isDue()) {
      if (performance.now() > until) throw new Error('events were not interpreted within a minute')
      await sleep(POLL)
    }
  },
  check: async (redis, names) => {
    const ids = names.map((name) => `msg_${name}`)
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(redis, id)))
    const planned = outcomes.filter((outcome) => outcome && !('ignored' in outcome)).length
    if (planned < ids.length)
      throw new Error(`${ids.length - planned} of ${ids.length} events led to no message`)
  },
}

/** Each event must be a job that waits for the worker. */
const queued: Finish = {
  wait: async () => {},
  check: async (redis, names) => {
    const { waiting = 0 } = await new Queue('emails', { connection: redis }).getJobCounts('waiting')
    if (waiting !== names.length) throw new Error(`${waiting} jobs for ${names.length} events`)
  },
}

/** Each event must be stored. */
const stored: Finish = {
  wait: async () => {},
  check: async (redis, names) => {
    const keys = await redis.exists(names.map((name) => `bare:msg_${name}`))
    if (keys !== names.length) throw new Error(`${keys} of ${names.length} events are stored`)
  },
}

const names = (round: string, count: number) =>
  Array.from({ length: count }, (_, i) => `endpoint-${round}-${i}`)

/** One burst at a freshly started endpoint after a warm-up. */
const burst = async ({ start, finish }: Contestant, count: number) => {
  const side = await start()
  const redis = new Redis(side.redisUrl)
  try {
    const order = { url: `${side.url}/webhooks/polar`, connections: CONNECTIONS }
    const first = names('warm', Math.ceil(count / 4))
    await fire({ ...order, names: first })
    await finish.wait(redis)
    const all = names('measured', count)
    const [web] = side.processes
    const usedBefore = (await web?.used()) ?? Number.NaN
    const fired = await fire({ ...order, names: all })
    const used = ((await web?.used()) ?? Number.NaN) - usedBefore
    await finish.wait(redis)
    const until = performance.now() - fired.began
    await finish.check(redis, [...first, ...all])
    return {
      accepted: (count / fired.took) * SECOND,
      understood: (count / until) * SECOND,
      p50: percentile(fired.latencies, 0.5),
      p99: percentile(fired.latencies, 0.99),
      /** Processor time of the web process for one event, until the last answer, in milliseconds. */
      cpu: used / count,
    }
  } catch (error) {
    const stderr = side.processes.map((one) => one.stderr()).join('\n')
    throw new Error(`${(error as Error).message}\n${stderr}`, { cause: error })
  } finally {
    redis.disconnect()
    await side.close()
  }
}

type Burst = Awaited<ReturnType<typeof burst>>

type Bursts = Record<'ours' | 'apart' | 'theirs' | 'bare', Burst[]>

const lines = ({ ours, apart, theirs, bare }: Bursts): Line[] => {
  const each = (bursts: Burst[], of: keyof Burst) => bursts.map((burst) => burst[of])
  const others = (of: keyof Burst) => ({ peer: each(theirs, of), limit: each(bare, of) })
  const beside = (of: keyof Burst) => ({ postern: each(ours, of), ...others(of) })
  const besideApart = (of: keyof Burst) => ({ postern: each(apart, of), ...others(of) })
  return [
    {
      row: `endpoint: accepted, ${CONNECTIONS} connections`,
      ...beside('accepted'),
      format: rate,
      aim: { text: '≥ 2.5× the peer', isMet: (_, ratio) => ratio >= 2.5 },
    },
    { row: 'endpoint: p50', ...beside('p50'), format: ms },
    {
      row: 'endpoint: p99',
      ...beside('p99'),
      format: ms,
      aim: { text: '≤ ½ the peer', isMet: (_, ratio) => ratio <= 0.5 },
    },
    { row: 'endpoint: interpreted', postern: each(ours, 'understood'), format: rate },
    { row: 'endpoint: accepted, web and worker apart', ...besideApart('accepted'), format: rate },
    { row: 'endpoint: p99, apart', ...besideApart('p99'), format: ms },
    {
      row: 'endpoint: processor time an event, web process, apart',
      ...besideApart('cpu'),
      format: ms,
      aim: { text: '≤ 2.5× the limit', isMet: (_, __, ofLimit) => ofLimit <= 2.5 },
    },
    { row: 'endpoint: interpreted, apart', postern: each(apart, 'understood'), format: rate },
  ]
}

export const endpoint = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, count] = isShort ? [1, 500] : [5, 6000]
  const held = { SEND_MODE: 'hold' }
  const one: Contestant = { start: () => startPostern(world, held), finish: understood }
  const two: Contestant = {
    start: () => startPostern(world, held, ['web', 'worker']),
    finish: understood,
  }
  const peer: Contestant = { start: () => startPeer(world, {}, ['web']), finish: queued }
  const limit: Contestant = { start: () => startBare(world), finish: stored }
  const bursts: Bursts = { ours: [], apart: [], theirs: [], bare: [] }
  for (let round = 0; round < rounds; round++) {
    bursts.ours.push(await burst(one, count))
    bursts.theirs.push(await burst(peer, count))
    bursts.apart.push(await burst(two, count))
    bursts.bare.push(await burst(limit, count))
  }
  return lines(bursts)
}
