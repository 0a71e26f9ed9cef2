// Outages of webhooks at every point of what customers live through: the emails are those of a shop without an outage, less
// what is too old or cannot be known any more.

import { beforeAll, describe, expect, test } from 'vitest'
import type { Kind } from '../../emails/index.ts'
import { freshSince } from '../../src/events/fresh.ts'
import { createDue } from '../../src/redis/due.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { BACKFILL, FAILED_PAYMENTS, shardIdOf } from '../../src/schedule/entries.ts'
import { runCommand } from '../support/command.ts'
import { inspect } from '../support/mailed.ts'
import {
  beyond,
  type Customer,
  GAP,
  type Happening,
  live,
  type Mail,
  type Story,
  type Trouble,
} from '../support/outages.ts'
import type { OnFinished } from '../support/process.ts'
import { createRandom } from '../support/random.ts'
import { startTestSystem } from '../support/system.ts'

const subscribes: Happening = (scenario, { email }) => scenario.subscribe({ customer: { email } })
const buys: Happening = (scenario, { email }) => scenario.purchase({ customer: { email } })
const tries: Happening = (scenario, { email }) =>
  scenario.subscribe({
    customer: { email },
    product: { recurring_interval: 'month', trialDays: 9 },
  })
const renews: Happening = (scenario, { subscriptionId }) => scenario.renew({ subscriptionId })
const fails: Happening = (scenario, { subscriptionId }) => scenario.failRenewal({ subscriptionId })
const pays: Happening = (scenario, { orderId }) => scenario.recover(orderId)
const refunds: Happening = (scenario, { orderId }) => scenario.refund(orderId)
const cancels: Happening = (scenario, { subscriptionId }) => scenario.cancel(subscriptionId)
const uncancels: Happening = (scenario, { subscriptionId }) => scenario.uncancel(subscriptionId)
const ends: Happening = async (scenario, { subscriptionId }) => {
  await scenario.end(subscriptionId)
  return {}
}
const revokes: Happening = (scenario, { subscriptionId }) => scenario.revoke(subscriptionId)
const announcesPause: Happening = (scenario, { subscriptionId }) =>
  scenario.schedulePause(subscriptionId)
const pauses: Happening = (scenario, { subscriptionId }) => scenario.pause(subscriptionId)
const resumes: Happening = (scenario, { subscriptionId }) => scenario.resume(subscriptionId)
const changes =
  (name: string, proration: 'invoice' | 'next_period'): Happening =>
  async (scenario, { subscriptionId }) => {
    await scenario.changePlan(subscriptionId, { product: { name, amount: 5_000 }, proration })
    return {}
  }

const STORIES: Record<string, Story> = {
  'buys, and is refunded': [buys, refunds],
  'renews, cancels and leaves': [subscribes, renews, cancels, ends],
  'cancels, and stays': [subscribes, cancels, uncancels, renews],
  'cannot pay, and then can': [subscribes, fails, pays, refunds],
  'cannot pay, and leaves': [subscribes, fails, revokes],
  'pauses and resumes': [subscribes, announcesPause, pauses, resumes],
  'changes the plan twice': [
    ...[subscribes, changes('Team', 'invoice'), changes('Solo', 'next_period'), renews],
  ],
  'tries, and stays': [tries, renews],
  'tries, and leaves': [tries, cancels, ends],
}

const stories = Object.values(STORIES)
/** One of each sort: bought, kept, given up, changed and tried. */
const EVERY_OTHER = stories.filter((_, n) => n % 2 === 0)
const nameOf = (story: Story) => Object.keys(STORIES)[stories.indexOf(story)]

/** Many customers, on a busy machine. */
const SLOW = 10 * MINUTE

/** No list and no event of Polar's says so much later. */
const NEVER_FOUND = /^subscription_uncanceled|^subscription_change_scheduled|will be paused$/

/** The order of a change that comes late has an email of its own. */
const LATE_ORDER = 'order_confirmation: Your order: Team'

let calm: { made: number[][]; emails: Mail[][] }

const startImported = async (onFinished?: OnFinished) => {
  const options = { reports: false, environment: { QUIET_HOURS: 'off' } }
  const system = await startTestSystem({ backfill: true, ...options }, onFinished)
  await system.advance(5 * MINUTE)
  return system
}

beforeAll(async () => {
  const releases = createReleases()
  const system = await startImported((close) => void releases.add(null, async () => close()))
  try {
    const lived = await live(
      system,
      stories.map((story) => ({ story, loss: null })),
      'disabled',
    )
    calm = { made: lived.made, emails: lived.emails() }
  } finally {
    await releases.close()
  }
}, SLOW)

/** Each webhook of each story, from which on the others of its happening are lost. Equal beginnings count once. */
const points = (): Customer[] =>
  stories.flatMap((story, n) =>
    (calm.made[n] ?? []).flatMap((length, happening) => {
      if (happening === 0 && stories.findIndex(([begins]) => begins === story[0]) < n) return []
      return Array.from({ length }, (_, webhook): Customer => {
        const [from, to] = [
          { happening, webhook },
          { happening, webhook: length - 1 },
        ]
        return { story, loss: { from, to } }
      })
    }),
  )

const sample = <T>(some: readonly T[], share: number, name: string): T[] => {
  const random = createRandom(`outages/${name}`)
  return some.filter(() => random.chance(share))
}

const whats = (mails: readonly Mail[] = []) => mails.map(({ what }) => what)

const calmOf = ({ story }: Customer) => calm.emails[stories.indexOf(story)] ?? []

/** Lines that say which customers got emails too few or too many. */
const wrongs = (
  customers: readonly Customer[],
  emails: readonly Mail[][],
  mayLack: (customer: Customer, mail: Mail) => boolean,
): string[] =>
  customers.flatMap((customer, n) => {
    const calm = calmOf(customer)
    const got = whats(emails[n])
    const due = calm.filter((mail) => !mayLack(customer, mail))
    const lacks = beyond(whats(due), got)
    const more = beyond(got, [...whats(calm), LATE_ORDER])
    if (lacks.length === 0 && more.length === 0) return []
    return `${nameOf(customer.story)} ${JSON.stringify({ ...customer.loss, lacks, more })}`
  })

/** Whether it is of a happening whose webhooks are lost. */
const isLost = ({ loss }: Customer, { happening }: Mail) =>
  loss !== null && loss.from.happening <= happening && happening <= loss.to.happening

/** A customer hears of money that moved, whatever came after. */
const MONEY = /^order_|_confirmation$|_cycled$|^payment_recovered$/

const never = () => false

describe('the emails are those without an outage, wherever it began, after', () => {
  test.each<[string, Trouble, number, typeof isLost]>([
    ['five minutes, since Polar tries again', 'minutes', 0.03, never],
    ['an hour, in which Polar gives up', 'hour', 0.05, never],
    [
      'a disabled endpoint, but for what only a webhook says',
      ...(['disabled', 0.06] as const),
      (customer, mail) => isLost(customer, mail) && NEVER_FOUND.test(mail.what),
    ],
  ])('%s', { timeout: SLOW }, async (_, trouble, share, mayLack) => {
    const system = await startImported()
    const customers = sample(points(), share, trouble)
    const { emails } = await live(system, customers, trouble)
    expect(wrongs(customers, emails(), mayLack)).toEqual([])
  })
})

/** A little less, so that what happened first is still worth an email. */
const WEEK = 7 * DAY - 2 * HOUR

/** For how long a fact of a kind is worth an email, in milliseconds. */
const freshFor = (kind: string) => -freshSince(0)(kind as Kind)

test('after a week with a disabled endpoint, the emails are those that are not too old', {
  timeout: SLOW,
}, async () => {
  const system = await startImported()
  const due = createDue(inspect(system), 'schedule', system.clock, shardIdOf)
  // A Postern that is away looks for nothing.
  for (const entry of [BACKFILL, FAILED_PAYMENTS]) await due.done(entry)
  const customers = sample(points(), 0.05, 'week').map((customer) => {
    const { story, loss } = customer
    return { story, loss: loss && { ...loss, to: { happening: story.length, webhook: 0 } } }
  })
  const endsAt = system.clock.now() + WEEK
  const { emails } = await live(system, customers, 'disabled')
  await system.advance(endsAt - system.clock.now())
  await due.at(BACKFILL, system.clock.now())
  await system.advance(HOUR)
  const mayLack = (customer: Customer, mail: Mail) =>
    isLost(customer, mail) &&
    (NEVER_FOUND.test(mail.what) || freshFor(mail.kind) < WEEK - mail.happening * GAP)
  expect(wrongs(customers, emails(), mayLack)).toEqual([])
})

test('webhooks that come late or twice, and two backfills at once, double nothing', {
  timeout: SLOW,
}, async () => {
  const system = await startImported()
  const due = createDue(inspect(system), 'schedule', system.clock, shardIdOf)
  const { webhooks } = system.polarWorld
  const customers = EVERY_OTHER.map((story): Customer => {
    const [from, to] = [0, story.length].map((happening) => ({ happening, webhook: 0 }))
    return { story, loss: from && to ? { from, to } : null }
  })
  const { emails } = await live(system, customers, 'minutes', async () => {})
  const redeliver = async () => {
    for (const { id } of webhooks.events()) await webhooks.redeliver(id)
  }
  const until = new Date(system.clock.now() + HOUR).toISOString()
  const since = new Date(system.clock.now() - DAY).toISOString()
  await due.at(BACKFILL, system.clock.now())
  const [ran] = await Promise.all([
    runCommand('backfill', system.environment, ['--since', since, '--until', until]),
    redeliver(),
  ])
  expect(ran.err).toBe('')
  await system.advance(HOUR)
  await redeliver()
  await system.advance(DAY)
  expect(wrongs(customers, emails(), (_, { kind }) => !MONEY.test(kind))).toEqual([])
  const messages = emails().flatMap((mails) => mails.map(({ message }) => message))
  expect(new Set(messages).size).toBe(messages.length)
})
