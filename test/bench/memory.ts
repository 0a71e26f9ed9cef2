// How much of Redis's memory a message takes that is finished, with all that belongs to it: fresh, and once its email and the
// payload of its event have grown old. Purchases of as many customers go through a whole Postern. `used_memory` counts
// everything; MEMORY USAGE says which kind of record takes how much of it.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Click, createClickStore } from '../../src/clicks/store.ts'
import { markOf } from '../../src/links/link.ts'
import { createFirstClick } from '../../src/messages/first-click.ts'
import type { Listed } from '../../src/records/list.ts'
import { everyShard } from '../../src/redis/keys.ts'
import { DAY, HOUR, SECOND, systemClock } from '../../src/runtime/clock.ts'
import { storesOn } from '../support/deliveries.ts'
import { eventStoreOn } from '../support/stored-events.ts'
import { type Purchase, purchaseToday } from './events.ts'
import { bytes } from './figures.ts'
import { CONNECTIONS, post, purchases, REST, until, used, WARM } from './memory/measure.ts'
import { besidePeers } from './memory/peers.ts'
import { startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

/** Keys of a kind whose memory is asked for. */
const SAMPLE = 500

const KINDS: [string, RegExp][] = [
  ['message record', /:msg:/],
  ['email as sent', /:body:/],
  ['event', /:event:/],
  ['customer state', /:(?:state|subs?):/],
  ['once-only keys', /:once:/],
  ['index: log and times', /:(?:log:\d+|times|n)$/],
  ['index: labels', /:bits:/],
  ['index: terms', /:terms:/],
  ['due sets', /:due:/],
  ['queues', /^\{postern\}/],
  ['all else', /./],
]

const kindOf = (key: string) => KINDS.find(([, pattern]) => pattern.test(key))?.[0] ?? ''

const keysOf = async (redis: Redis): Promise<string[]> => {
  const keys = new Set<string>()
  for await (const some of redis.scanStream({ count: 1_000 }))
    for (const key of some as string[]) keys.add(key)
  return [...keys]
}

/** Bytes by kind of record: the mean of a sample of its keys, times how many there are. */
const byKind = async (redis: Redis): Promise<Map<string, number>> => {
  const keys = await keysOf(redis)
  const sums = await Promise.all(
    KINDS.map(async ([kind]) => {
      const all = keys.filter((key) => kindOf(key) === kind)
      if (all.length === 0) return [kind, 0] as const
      const every = Math.ceil(all.length / SAMPLE)
      const sample = all.filter((_, n) => n % every === 0)
      const sizes = await Promise.all(sample.map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)))
      const sum = sizes.reduce((total: number, size) => total + (size ?? 0), 0)
      return [kind, (sum / sample.length) * all.length] as const
    }),
  )
  return new Map(sums)
}

const untilDone = (redis: Redis, accepted: number) => {
  const { index } = storesOn(redis)
  const isDone = async () => {
    const due = ['events', 'deliveries'].flatMap((stage) => everyShard('due', stage))
    const left = await Promise.all(due.map((key) => redis.zcard(key)))
    return left.every((size) => size === 0) && (await index.size('delivery:accepted')) >= accepted
  }
  return until(isDone)
}

/** Each message is reported as delivered, and a person signs in by its link: what the endpoints write of it. */
const reportAndClick = async (redis: Redis) => {
  const { deliveries, index, list, records } = storesOn(redis)
  const clicks = createClickStore({ records, firstClickWrites: createFirstClick(index) })
  const live = async ({ id, record }: Listed) => {
    const loaded = await deliveries.load(id)
    if (loaded?.delivery.state !== 'accepted') return
    const { providerId, at: acceptedAt } = loaded.delivery
    const at = acceptedAt + SECOND
    const report = { is: 'delivered', at } as const
    await deliveries.apply(
      loaded,
      { what: 'reported', at, report, providerId, acceptedAt },
      { mailedAt: at },
    )
    const click: Click = {
      ...{ link: markOf('overview'), at: at + HOUR, visitor: 'person', evidence: ['pressed'] },
      ...{ ending: 'signed_in', took: 12.3 },
    }
    await clicks.add(() => records.load(record.key), click, randomUUID())
  }
  let some: Promise<void>[] = []
  for await (const listed of list.labelled('delivery:accepted')) {
    some.push(live(listed))
    if (some.length < CONNECTIONS) continue
    await Promise.all(some)
    some = []
  }
  await Promise.all(some)
}

/** Ages records as a worker does, but at once. */
const age = async (redis: Redis, all: readonly Purchase[]) => {
  const clock = { now: () => systemClock.now() + 30 * DAY }
  const { customerLifetimes } = storesOn(redis, clock)
  const { lifetimes } = eventStoreOn(redis, clock)
  for (const key of await keysOf(redis)) if (key.includes(':body:')) await redis.unlink(key)
  for (const { webhookId, customerId } of all) {
    await lifetimes.dropPayload(webhookId)
    await customerLifetimes.rest(customerId, null)
  }
  await sleep(REST)
}

type Taken = { total: number; kinds: Map<string, number> }

const measured = async (world: World, count: number): Promise<Record<'fresh' | 'old', Taken>> => {
  const side = await startPostern(world, { RESEND_RATE_LIMIT: '1000' })
  const redis = new Redis(side.redisUrl)
  try {
    const warm = purchases(WARM, purchaseToday)
    await post(side.url, warm)
    await untilDone(redis, WARM)
    await reportAndClick(redis)
    await age(redis, warm)
    const before = { total: await used(redis), kinds: await byKind(redis) }
    const taken = async (): Promise<Taken> => {
      const kinds = [...(await byKind(redis))].map(
        ([kind, sum]) => [kind, (sum - (before.kinds.get(kind) ?? 0)) / count] as const,
      )
      return { total: ((await used(redis)) - before.total) / count, kinds: new Map(kinds) }
    }
    const all = purchases(count, purchaseToday)
    await post(side.url, all)
    await untilDone(redis, count)
    await reportAndClick(redis)
    const fresh = await taken()
    await age(redis, all)
    return { fresh, old: await taken() }
  } catch (error) {
    const complaints = side.processes.map((one) => one.stderr()).join('\n')
    throw new Error(`${(error as Error).message}\n${complaints}`, { cause: error })
  } finally {
    redis.disconnect()
    await side.close()
  }
}

const atMost = (limit: number) => ({
  text: `≤ ${bytes(limit)} bytes`,
  isMet: (taken: number) => taken <= limit,
})

const AIMS = { fresh: atMost(2_500), old: atMost(1_024) }

export const memory = async (world: World, isShort: boolean): Promise<Line[]> => {
  const taken = await measured(world, isShort ? 1_000 : 10_000)
  const byRecord = (['fresh', 'old'] as const).flatMap((when): Line[] => {
    const { total, kinds } = taken[when]
    const kindLine = ([kind]: [string, RegExp]): Line => ({
      ...{ row: `memory, ${when}: ${kind}`, postern: [kinds.get(kind) ?? 0], format: bytes },
      ...(kind === 'once-only keys' && { aim: atMost(40) }),
    })
    return [
      {
        row: `memory, ${when}: bytes a finished message`,
        ...{ postern: [total], format: bytes, aim: AIMS[when] },
      },
      ...KINDS.map(kindLine),
    ]
  })
  const ours = { fresh: taken.fresh.total, old: taken.old.total }
  return [...byRecord, ...(await besidePeers(world, isShort, ours))]
}
