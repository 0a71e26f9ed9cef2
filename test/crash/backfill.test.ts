// Kills Postern with -9 while it makes up for lost webhooks. Each fact is mailed once, and none is lost: not even those from
// while it was dead.

import { Redis } from 'ioredis'
import { describe, test } from 'vitest'
import { OPERATOR_RUN } from '../../src/backfill/runs.ts'
import { windowOf } from '../../src/backfill/window.ts'
import { createWorkStore } from '../../src/operator/long-work/store.ts'
import { createDue } from '../../src/redis/due.ts'
import { BACKFILLED_KEY, backfillKey } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, systemClock } from '../../src/runtime/clock.ts'
import { BACKFILL, shardIdOf } from '../../src/schedule/entries.ts'
import { killAt, type Moment, naming } from '../support/kill-at.ts'
import { laterBy, type OnFinished, startPostern } from '../support/process.ts'
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

describe('what was lost is mailed once after a kill', () => {
  test.concurrent.for([
    ['before a found event is stored', { before: STORED }],
    ['between storing a found event and knowing it', { after: STORED }],
    ['between storing what a page has and keeping the place', { before: PLACE, nth: FOUND }],
    ['between keeping the place and knowing it', { after: PLACE, nth: FOUND }],
    ['between the last page and noting that all is made up for', { before: DONE }],
    ['between noting that and forgetting the place', { after: DONE }],
  ] satisfies [string, Moment][])(
    '%s',
    { timeout: 4 * MINUTE },
    async ([, at], { expect, onTestFinished }) => {
      const world = await openWorld(onTestFinished)
      const { look, settings } = world
      await loses(world)
      const doomed = await killAt(world, at, settings, onTestFinished)
      await doomed.ready()
      await look()
      await doomed.killed
      await losesMore(world)
      await loseJobs(world.redis.url)

      await startPostern(laterBy(HOUR, settings), onTestFinished)
      await look(HOUR)
      await expect.poll(() => emails(world), POLL).toEqual(EMAILS)
      await look(HOUR)
      await expect.poll(() => emails(world), POLL).toEqual(EMAILS)
    },
  )
})

test('a backfill that was started in the console goes on after its process was killed', {
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

  await startPostern(settings, onTestFinished)
  await expect.poll(() => store.latest(), POLL).toMatchObject({ state: 'done', share: 1 })
  await expect.poll(() => emails(world), POLL).toEqual(EMAILS.filter((one) => !/three/.test(one)))
})
