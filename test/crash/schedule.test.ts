// Kills Postern while a reminder falls due. Each reminder is sent once, and none is lost.

import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { createDue } from '../../src/redis/due.ts'
import { CARD_SWEEP_KEY } from '../../src/redis/keys.ts'
import { DAY, MINUTE, SECOND, systemClock } from '../../src/runtime/clock.ts'
import { CARD_SWEEP, shardIdOf } from '../../src/schedule/entries.ts'
import { startHere } from '../support/here.ts'
import { killIn, type Moment, naming } from '../support/kill-at.ts'
import type { OnFinished } from '../support/process.ts'
import { leftDue, loseJobs } from '../support/records.ts'
import { startWorld, type World } from '../support/world.ts'

const openWorld = async (onFinished: OnFinished) => {
  const world = await startWorld()
  onFinished(world.close)
  return { ...world, settings: { ...world.settings, QUIET_HOURS: 'off' } }
}

/** By then an interrupted attempt counts as lost, and so does a nudge. */
const LATER = 30 * SECOND

const yearly = { recurring_interval: 'year' as const }

/** Patient enough for a busy machine. */
const POLL = { timeout: MINUTE, interval: 100 }

/** A subscription whose reminder is due as soon as Postern knows it, which sends no other email. */
const tellOf = async ({ polar }: World) => {
  const current_period_end = new Date(Date.now() + 6 * DAY).toISOString()
  const { events } = polar.script.subscribe({
    product: yearly,
    subscription: { current_period_end },
  })
  const updated = events.find(({ type }) => type === 'subscription.updated')
  if (!updated) throw new Error('no update')
  // On a starved machine Redis may not be heard in time: then Polar delivers again.
  const deliver = async () => (await polar.deliver(updated)).status
  await expect.poll(deliver, POLL).toSatisfy((status) => [202, 0].includes(status))
}

const tagsOf = ({ resend }: World, name: string) =>
  resend.inbox().map(({ tags }) => tags.find((tag) => tag.name === name)?.value)

/** The one step that writes the state, a fact's once-only key, its message and its due entry. */
const DECIDED = naming(':messages:once:', ':msg:', ':due:deliveries\r\n')

/** A script that does nothing but end or put off an entry of the schedule, which is a customer and a subscription. */
const MOVED = (sent: string) =>
  /\r\n\$1\r\n1\r\n\$\d+\r\npostern:\{s:\d+\}:due:schedule\r\n\$73\r\n[\w-]{36}\/[\w-]{36}\r\n/.test(
    sent,
  )

type Reminded = {
  when: string
  at: Moment
  /** Whether another reminder is needed to get there: one that is decided never comes there again. */
  isNew?: boolean
}

const kills: readonly Reminded[] = [
  {
    when: 'between failing to read Polar and putting the reminder off',
    ...{ at: { before: MOVED }, isNew: true },
  },
  { when: 'between reading Polar and deciding the reminder', at: { before: DECIDED } },
  { when: 'between deciding the reminder and nudging about it', at: { after: DECIDED } },
  {
    when: 'between deciding the reminder and ending its entry',
    ...{ at: { before: MOVED }, isNew: true },
  },
  { when: 'between ending the entry and knowing it', at: { after: MOVED }, isNew: true },
]

test.concurrent('each reminder is sent once after a kill at each step', {
  timeout: 8 * MINUTE,
}, async (context) => {
  const { expect, onTestFinished } = context
  const world = await openWorld(onTestFinished)
  const { polar, redis, resend, settings } = world
  polar.fault = ({ path }) => (path.startsWith('/v1/subscriptions/') ? { status: 503 } : undefined)
  for (const [n, { when, at, isNew }] of kills.entries()) {
    const bringAbout = isNew ? () => tellOf(world) : undefined
    await killIn(world, { when, at, settings, later: n * LATER, bringAbout }, context)
    polar.fault = undefined
    await loseJobs(redis.url)
  }
  const later = kills.length * LATER
  await startHere(settings, { later }, onTestFinished)
  await expect.poll(() => leftDue(redis.url, later + LATER), POLL).toBe(0)
  const reminders = kills.filter(({ isNew }) => isNew)
  expect(resend.accepted()).toBe(reminders.length)
  expect(tagsOf(world, 'kind')).toEqual(reminders.map(() => 'subscription_renewal_reminder'))
})

/** Items of a page of Polar's. */
const PAGE = 100

/** The middle of next month, in milliseconds from now: cards that expire in that month are reminded of. */
const untilNextMonth = () => {
  const now = new Date()
  const middle = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15, 12))
  return {
    shift: middle.getTime() - now.getTime(),
    expires: { exp_month: middle.getUTCMonth() + 1, exp_year: middle.getUTCFullYear() },
  }
}

/** Two customers on the first page of the live subscriptions and one on the second, each with a card that expires. */
const fillPages = ({ polar }: World, expires: object) => {
  const { script, world } = polar
  const subscribe = () => {
    const { customerId } = script.subscribe()
    for (const card of world.cardsOf(customerId))
      world.cards.set(card.id, {
        ...card,
        method_metadata: { ...card.method_metadata, ...expires },
      })
    return customerId
  }
  const customers = [subscribe(), subscribe()]
  const { customerId } = script.welcome()
  for (let n = customers.length; n <= PAGE; n++)
    script.subscribe({ customer: customerId, subscription: { cancel_at_period_end: true } })
  return [...customers, subscribe()]
}

const PAGE_KEPT = naming(`\r\nset\r\n$${CARD_SWEEP_KEY.length}\r\n${CARD_SWEEP_KEY}\r\n`)

test.concurrent('one reminder of each card after kills between two pages of the sweep over all cards', {
  timeout: 6 * MINUTE,
}, async (context) => {
  const { expect, onTestFinished } = context
  const world = await openWorld(onTestFinished)
  const { redis, resend, settings } = world
  const { shift, expires } = untilNextMonth()
  const customers = fillPages(world, expires)
  const client = new Redis(redis.url)
  onTestFinished(() => client.disconnect())
  await createDue(client, 'schedule', systemClock, shardIdOf).at(CARD_SWEEP, Date.now())
  const first = { when: 'before it notes the first page', at: { before: PAGE_KEPT } }
  await killIn(world, { ...first, settings, later: shift }, context)
  const second = { when: 'when it has noted the first page', at: { after: PAGE_KEPT } }
  await killIn(world, { ...second, settings, later: shift + LATER }, context)

  const next = await startHere(settings, { later: shift + 2 * LATER }, onTestFinished)
  await expect.poll(next.output, POLL).toContain('"page":2')
  await expect.poll(() => client.exists(CARD_SWEEP_KEY), POLL).toBe(0)
  next.kill()
  // The customers of a page are spread over a day.
  const end = shift + DAY + 3 * LATER
  await startHere(settings, { later: end }, onTestFinished)
  await expect.poll(resend.accepted, POLL).toBe(customers.length)
  await expect.poll(() => leftDue(redis.url, end + 2 * MINUTE), POLL).toBe(0)
  expect(tagsOf(world, 'kind')).toEqual(customers.map(() => 'payment_method_expiration_reminder'))
  expect(new Set(tagsOf(world, 'message')).size).toBe(customers.length)
})
