// Opens Postern on two Redis servers, one with a short history and one with a long one. To write them takes many minutes, so all
// rows of a run share them.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import type { Message } from '../../../src/messages/message.ts'
import { createMovableClock } from '../../../src/runtime/clock.ts'
import { count, seconds } from '../figures.ts'
import { startLeanPolar } from '../polar/start.ts'
import { type Side, startPostern, type World } from '../sides.ts'
import { createEngine, type Engine } from './engine.ts'
import { messageAt, type SeedOrder, type Share } from './seed.ts'
import type { Command } from './seeder.ts'
import { createTemplates } from './templates.ts'

/** The latest messages, which are clicked and looked up. */
const LATEST = 500

const SEEDER = fileURLToPath(new URL('./seeder.ts', import.meta.url))

const POLL = 100

export type History = {
  side: Side
  engine: Engine
  length: number
  latest: readonly Message[]
  /** Moves the engine's clock. */
  advance: (by: number) => void
}

/** While history is written, Redis keeps no append-only file; it has one again before anything is measured. */
const withoutFile = async <T>(redis: Redis, work: () => Promise<T>): Promise<T> => {
  await redis.config('SET', 'appendonly', 'no')
  const result = await work()
  await redis.config('SET', 'appendonly', 'yes')
  const isRewriting = async () =>
    /aof_rewrite_(in_progress|scheduled):1/.test(await redis.info('persistence'))
  while (await isRewriting()) await sleep(POLL)
  return result
}

const seedShare = async ({ redisUrl }: Side, share: Share, order: SeedOrder) => {
  const child = fork(SEEDER)
  child.send({ redisUrl, share, order } satisfies Command)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the ${share} of a history were not written`)
}

/** The rows need these: each click is a GET and a POST, the metrics are asked for, and an operator signs in. */
export const METRICS_TOKEN = 'the-token-of-the-bench'
export const CONSOLE_PASSWORD = 'the password of the bench'
const SETTINGS = {
  LINK_CONFIRM: 'strict',
  METRICS_TOKEN,
  CONSOLE_PASSWORD,
  POLAR_RATE_LIMIT: '1000000',
  TRUSTED_PROXIES: '127.0.0.1/32',
}

const openHistory = async (world: World, length: number): Promise<History> => {
  const { releases } = world
  const polar = releases.add(await startLeanPolar(0), ({ close }) => close())
  const settings = { ...SETTINGS, POLAR_BASE_URL: polar.url }
  const side = releases.add(await startPostern(world, settings, []), ({ close }) => close())
  const redis = releases.add(new Redis(side.redisUrl, { enableAutoPipelining: true }), (one) =>
    one.disconnect(),
  )
  const clock = createMovableClock()
  const engine = releases.add(createEngine(redis, clock), ({ close }) => close())
  const templates = await createTemplates(engine)
  const order = { count: length, until: Date.now(), templates }
  const began = performance.now()
  await withoutFile(redis, () =>
    Promise.all([seedShare(side, 'messages', order), seedShare(side, 'events', order)]),
  )
  const took = seconds(performance.now() - began)
  process.stderr.write(`${count(length)} messages written in ${took}\n`)
  await side.join('web').ready()
  const latest = Array.from({ length: LATEST }, (_, n) => messageAt(order, length - 1 - n).message)
  return { side, engine, length, latest, advance: clock.advance }
}

export type Histories = { short: History; long: History }

const opened = new WeakMap<World, Promise<Histories>>()

/** The same for all rows of a run; they are closed with its world. */
export const openHistories = (world: World, isShort: boolean): Promise<Histories> => {
  const open = async () => {
    const [few, many] = isShort ? [1_000, 100_000] : [10_000, 1_000_000]
    return { short: await openHistory(world, few), long: await openHistory(world, many) }
  }
  const histories = opened.get(world) ?? open()
  opened.set(world, histories)
  return histories
}
