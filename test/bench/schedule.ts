// The bytes that an entry of the schedule takes in Redis, beside a delayed job of BullMQ, and whether it costs more to take one that falls
// due out of many. The reminder itself is left out: it does not depend on how many others wait.

import { randomUUID } from 'node:crypto'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { createDue } from '../../src/redis/due.ts'
import { DAY, systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { createReleases, type Releases } from '../../src/runtime/releases.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { entryOf, shardIdOf } from '../../src/schedule/entries.ts'
import { createFallDue } from '../../src/schedule/fall-due.ts'
import { bytes, count, median, ms } from './figures.ts'
import { used, WARM } from './memory/measure.ts'
import type { World } from './sides.ts'
import type { Line } from './table.ts'

const AT_ONCE = 1_000

const MAX_RATIO = 1.25

/** Entries that fall due in a round. */
const TIMES = 100

const someone = () => ({ customerId: randomUUID(), subscriptionId: randomUUID() })

type Someone = ReturnType<typeof someone>

/** Some time in the year that begins tomorrow: milliseconds from now. */
const later = () => DAY + Math.random() * 365 * DAY

type Holder = { redis: Redis; add: (some: readonly Someone[]) => Promise<unknown> }

const startEmpty = async (releases: Releases) => {
  const { url } = releases.add(await startRedis(), ({ close }) => close())
  const redis = new Redis(url, { enableAutoPipelining: true })
  return { url, redis: releases.add(redis, (one) => one.disconnect()) }
}

const startSchedule = async (releases: Releases) => {
  const { redis } = await startEmpty(releases)
  const due = createDue(redis, 'schedule', systemClock, shardIdOf)
  const at = (someone: Someone, time: number) => due.at(entryOf(someone), time, 'high')
  const add: Holder['add'] = (some) =>
    Promise.all(some.map((one) => at(one, systemClock.now() + later())))
  return { redis, due, at, add }
}

const startJobs = async (releases: Releases): Promise<Holder> => {
  const { url, redis } = await startEmpty(releases)
  const queue = new Queue<Someone>('reminders', { connection: { url } })
  releases.add(queue, (one) => one.close())
  const add: Holder['add'] = (some) =>
    queue.addBulk(some.map((data) => ({ name: 'remind', data, opts: { delay: later() } })))
  return { redis, add }
}

const fill = async ({ add }: Holder, number: number) => {
  for (let left = number; left > 0; left -= AT_ONCE)
    await add(Array.from({ length: Math.min(left, AT_ONCE) }, someone))
}

/** Bytes an entry, in the mean. */
const bytesEach = async (holder: Holder, number: number): Promise<number> => {
  await fill(holder, WARM)
  const before = await used(holder.redis)
  await fill(holder, number)
  return ((await used(holder.redis)) - before) / number
}

type Schedule = Awaited<ReturnType<typeof startSchedule>>

/** The median time in which a sweep finds one entry that falls due, and the entry is put off. */
const takeOne = async ({ due, at }: Schedule): Promise<number> => {
  const fallDue = createFallDue({
    ...{ due, clock: systemClock, log: createLog('silent') },
    handle: async () => systemClock.now() + later(),
  })
  const took: number[] = []
  for (let n = 0; n < TIMES; n++) {
    await at(someone(), systemClock.now() - 1)
    const began = performance.now()
    const [entry, ...more] = await due.take('high')
    if (entry === undefined || more.length > 0) throw new Error('one entry should have been due')
    await fallDue(entry)
    took.push(performance.now() - began)
  }
  return median(took)
}

export const schedule = async (_world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, few, many] = isShort ? [3, 1_000, 10_000] : [9, 1_000, 100_000]
  const releases = createReleases()
  try {
    const short = await startSchedule(releases)
    const long = await startSchedule(releases)
    const jobs = await startJobs(releases)
    await fill(short, few)
    const memory = { postern: await bytesEach(long, many), peer: await bytesEach(jobs, many) }
    const took = { short: [] as number[], long: [] as number[] }
    for (let round = -1; round < rounds; round++) {
      const one = { short: Number.NaN, long: Number.NaN }
      // Both take turns, so that the ratio is of rounds under similar conditions.
      const order = round % 2 ? (['short', 'long'] as const) : (['long', 'short'] as const)
      for (const which of order) one[which] = await takeOne(which === 'short' ? short : long)
      if (round < 0) continue // the first round warms up
      took.short.push(one.short)
      took.long.push(one.long)
    }
    return [
      {
        row: `schedule: bytes an entry, of ${count(many)}`,
        ...{ postern: [memory.postern], peer: [memory.peer], format: bytes },
      },
      { row: `schedule: an entry falls due, of ${count(few)}`, postern: took.short, format: ms },
      {
        row: `schedule: the same, of ${count(many)}`,
        ...{ postern: took.long, base: took.short, format: ms },
        aim: { text: `≤ ${MAX_RATIO}× of ${count(few)}`, isMet: (_, ratio) => ratio <= MAX_RATIO },
      },
    ]
  } finally {
    await releases.close()
  }
}
