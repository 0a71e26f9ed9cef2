// Kills Postern while records grow old, and while a customer is erased. The next process finishes what was begun.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { paidOrder } from '../support/events.ts'
import { startHere } from '../support/here.ts'
import { killIn, type Moment, naming } from '../support/kill-at.ts'
import type { OnFinished } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { followRedis, type StoredKey } from '../support/redis-contents.ts'
import { startWorld } from '../support/world.ts'

const API_TOKEN = 'the-token-of-the-backend-of-a-merchant'

const ORDER = paidOrder()
const CUSTOMER = ORDER.data.customer_id as string
const ADDRESS = (ORDER.data.customer as { email: string }).email

const openWorld = async (onFinished: OnFinished, data?: string) => {
  const world = await startWorld(data === undefined ? {} : { data })
  onFinished(world.close)
  // The event has the dates of its fixture, which are old.
  const more = { API_TOKEN, LIVE_SINCE: '2020-01-01T00:00:00Z' }
  const settings: Record<string, string> = { ...world.settings, ...more }
  return { ...world, settings }
}

/** Has one order paid and mailed. */
const mail = async (folder: string) => {
  const releases = createReleases()
  const onFinished: OnFinished = (close) => void releases.add(null, async () => close())
  try {
    const { polar, redis, settings } = await openWorld(onFinished)
    const postern = await startHere(settings, {}, onFinished)
    await polar.deliver(ORDER)
    for (const line of ['event interpreted', 'message accepted'])
      await expect.poll(() => postern.output(), { timeout: MINUTE, interval: 50 }).toContain(line)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 50 }).toBe(0)
    postern.kill()
    await redis.kill()
    await cp(redis.directory, folder, { recursive: true })
  } finally {
    await releases.close()
  }
}

let mailed: Promise<string> | undefined

/** The data of a Redis in which a message is mailed: each test begins with a copy. */
const mailedData = () => {
  mailed ??= mkdtemp(join(tmpdir(), 'postern-mailed-')).then(async (folder) => {
    await mail(folder)
    return folder
  })
  return mailed
}

afterAll(async () => {
  const folder = await mailed
  if (folder) await rm(folder, { recursive: true, force: true })
})

const keysOf = (traces: readonly StoredKey[], kind: RegExp) =>
  traces.filter(({ key }) => kind.test(key)).map(({ key }) => key)

/** The one step that removes a record with its entry in the index. */
const MESSAGE_REMOVED = naming(':msg:', ':body:', ':messages:bits:all:')
const EVENT_REMOVED = naming(':event:', ':events:bits:all:')
const BODY_DROPPED = naming('unlink', ':body:')

const DROPS: readonly [when: string, at: Moment][] = [
  ['before it drops an email as sent', { before: BODY_DROPPED }],
  ['before it notes how far it has come', { after: BODY_DROPPED }],
]

const REMOVALS: readonly [when: string, at: Moment][] = [
  ['before it removes a message', { before: MESSAGE_REMOVED }],
  ['after it has removed a message', { after: MESSAGE_REMOVED }],
  ['before it removes an event', { before: EVENT_REMOVED }],
  ['after it has removed an event', { after: EVENT_REMOVED }],
]

const DROPPED_AFTER = 31 * DAY
const REMOVED_AFTER = 401 * DAY

/** By then what a killed process had in hand counts as lost. */
const LATER = 2 * MINUTE

test.concurrent('records grow old although Postern is killed at each step', {
  timeout: 8 * MINUTE,
}, async (context) => {
  const { expect, onTestFinished } = context
  const world = await openWorld(onTestFinished, await mailedData())
  const worker = { ...world.settings, ROLE: 'worker' }
  const { stored } = await followRedis(world.redis.url, onTestFinished)
  expect(keysOf(await stored(), /:(msg|body|event):/)).toHaveLength(3)
  const left = async () => keysOf(await stored(), /:(msg|body|event|state|aging:\w+):/).length
  for (const { kills, age, records } of [
    { kills: DROPS, age: DROPPED_AFTER, records: 3 },
    { kills: REMOVALS, age: REMOVED_AFTER, records: 0 },
  ]) {
    for (const [n, [when, at]] of kills.entries())
      await killIn(world, { when, at, settings: worker, later: age + n * LATER }, context)
    const later = age + kills.length * LATER
    const postern = await startHere(worker, { later }, onTestFinished)
    await expect.poll(left, { timeout: MINUTE, interval: 200 }).toBe(records)
    postern.kill()
  }
  expect(keysOf(await stored(), /:body:/)).toEqual([])
  expect(keysOf(await stored(), /:messages:once:/)).toHaveLength(1)
})

const ERASURE: readonly [when: string, at: Moment][] = [
  ['before it marks the customer', { before: naming(':state:', '\r\nset\r\n') }],
  ['before it revokes the links', { before: naming(':revocations:', 'customer_gone') }],
  ...REMOVALS,
]

test.concurrent('a customer is erased although Postern is killed at each step', {
  timeout: 8 * MINUTE,
}, async (context) => {
  const { expect, onTestFinished } = context
  const world = await openWorld(onTestFinished, await mailedData())
  const { settings } = world
  const { stored } = await followRedis(world.redis.url, onTestFinished)
  const traces = async () =>
    (await stored())
      .filter(({ key, text }) =>
        [CUSTOMER, ADDRESS].some((piece) => `${key}${text}`.includes(piece)),
      )
      .map(({ key }) => key)
  expect((await traces()).length).toBeGreaterThan(2)
  const erase = async () => {
    const headers = { authorization: `Bearer ${API_TOKEN}` }
    fetch(`${settings.PUBLIC_URL}/api/customers/${CUSTOMER}`, { method: 'DELETE', headers }).catch(
      () => {}, // it is killed while it answers
    )
  }
  for (const [n, [when, at]] of ERASURE.entries()) {
    const bringAbout = n === 0 ? erase : undefined
    await killIn(world, { when, at, settings, later: n * LATER, bringAbout }, context)
    expect((await traces()).length).toBeGreaterThan(0)
  }
  await startHere(settings, { later: ERASURE.length * LATER }, onTestFinished)
  await expect.poll(traces, { timeout: MINUTE, interval: 200 }).toEqual([])
})
