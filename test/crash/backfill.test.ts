// Kills Postern while it makes up for missed webhooks. Each fact is mailed once, and none is lost: not even those from
// while it was dead.

import { Redis } from 'ioredis'
import { test } from 'vitest'
import { OPERATOR_RUN } from '../../src/backfill/runs.ts'
import { windowOf } from '../../src/backfill/window.ts'
import { createWorkStore } from '../../src/operator/long-work/store.ts'
import { createDue } from '../../src/redis/due.ts'
import { BACKFILLED_KEY, backfillKey } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, systemClock } from '../../src/runtime/clock.ts'
import { BACKFILL, shardIdOf } from '../../src/schedule/entries.ts'
import { startHere } from '../support/here.ts'
import { killAt, killIn, type Moment, naming } from '../support/kill-at.ts'
import type { OnFinished } from '../support/process.ts'
import { loseJobs } from '../support/records.ts'
import { startWorld, type World } from '../support/world.ts'

/** Patient enough for a busy machine. */
const POLL = { timeout: MINUTE, interval: 100 }

const openWorld = async (onFinished: OnFinished) => {
  const world = await startWorld()
  onFinished(world.close)
  const redis = new Redis(world.redis.url)
  onFinished(() => redis.disconnect())
  const due = createDue(redis, 'schedule', systemClock, shardIdOf)
  // It is not a first start.
  await redis.set(BACKFILLED_KEY, Date.now() - HOUR)
  world.polar.webhooks.change({ enabled: false })
  /** A start waits two minutes before it looks; here it looks at once. */
  const look = (by = 0) => due.at(BACKFILL, Date.now() + by)
  return { ...world, look, due, inspect: redis }
}

const loses = async ({ polar: { scenario } }: World) => {
  await scenario.purchase({ customer: { email: 'one@example.com' } })
  const { orderId } = await scenario.subscribe({ customer: { email: 'two@example.com' } })
  await scenario.refund(orderId)
}

const losesMore = ({ polar: { scenario } }: World) =>
  scenario.purchase({ customer: { email: 'three@example.com' } })

const EMAILS = [
  'one@example.com order_confirmation',
  'three@example.com order_confirmation',
  'two@example.com order_refunded',
  'two@example.com subscription_confirmation',
]

const emails = ({ resend }: World) =>
  resend
    .inbox()
    .map(({ to, tags }) => `${to[0]} ${tags.find(({ name }) => name === 'kind')?.value}`)
    .toSorted()

const STORED = naming(':event:', ':due:events', '"type":"order.paid"')
const setting = (key: string) => naming(`\r\nset\r\n$${key.length}\r\n${key}\r\n`)
const PLACE = setting(backfillKey(BACKFILL))
const DONE = setting(BACKFILLED_KEY)

/** The second of the pages is the one that finds all but the refund. */
const FOUND = 2

/** Each goes on with the second page, where the one before was killed, or after it. */
const kills: readonly [when: string, at: Moment][] = [
  ['before a found event is stored', { before: STORED }],
  ['between storing a found event and knowing it', { after: STORED }],
  ['between storing what a page has and keeping the place', { before: PLACE }],
  ['between keeping the place and knowing it', { after: PLACE }],
  ['between the last page and noting that all is made up for', { before: DONE }],
  ['between noting that and forgetting the place', { after: DONE }],
]

test.concurrent('what was lost is mailed once after a kill at each step', {
  timeout: 8 * MINUTE,
}, async (context) => {
  const { expect, onTestFinished } = context
  const world = await openWorld(onTestFinished)
  const { inspect, look, settings } = world
  await loses(world)
  for (const [n, [when, at]] of kills.entries()) {
    const later = n * HOUR
    const bringAbout = () => look(later)
    await killIn(world, { when, at, settings, later, bringAbout }, context)
    if (n === 0) await losesMore(world)
    await loseJobs(world.redis.url)
  }
  const end = kills.length * HOUR
  await startHere(settings, { later: end }, onTestFinished)
  const madeUpFor = async () => Number(await inspect.get(BACKFILLED_KEY))
  // The second look finds the same facts once more.
  for (let looks = 0; looks < 2; looks++) {
    const before = await madeUpFor()
    await look(end)
    await expect.poll(madeUpFor, POLL).toBeGreaterThan(before)
    await expect.poll(() => emails(world), POLL).toEqual(EMAILS)
  }
})

test.concurrent('a backfill that was started in the console goes on after its process was killed', {
  timeout: 4 * MINUTE,
}, async ({ expect, onTestFinished }) => {
  const world = await openWorld(onTestFinished)
  const { settings } = world
  await loses(world)
  const place = setting(backfillKey(OPERATOR_RUN))
  const doomed = await killAt(world, { before: place, nth: FOUND }, settings, onTestFinished)
  await doomed.ready()
  const store = createWorkStore({ redis: world.inspect, due: world.due, clock: systemClock })
  const window = windowOf(Date.now() - HOUR, Date.now() + MINUTE)
  await store.begin({ what: 'backfill', isDry: false, window }, { by: 'console', from: 'a test' })
  await doomed.killed
  expect(await store.latest()).toMatchObject({ state: 'running' })

  await startHere(settings, {}, onTestFinished)
  await expect.poll(() => store.latest(), POLL).toMatchObject({ state: 'done', share: 1 })
  await expect.poll(() => emails(world), POLL).toEqual(EMAILS.filter((one) => !/three/.test(one)))
})
