// The schedule brings reminders of renewals, of trials that end and of cards that expire. Each is read from Polar again before
// it goes.

import { describe, expect, test } from 'vitest'
import { customerKey, shardSlot } from '../../src/redis/keys.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { inspect, linesOf } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const yearly = { name: 'Pro', recurring_interval: 'year' as const }
const trial = { name: 'Pro', recurring_interval: 'month' as const, trialDays: 14 }
const TOKEN = 'a-token-of-the-merchant'

const RENEWAL = 'subscription_renewal_reminder'
const TRIAL = 'subscription_trial_conversion_reminder'

const OPTIONS = { reports: false, environment: { QUIET_HOURS: 'off', API_TOKEN: TOKEN } }

const startWith = (environment: NodeJS.ProcessEnv) =>
  startTestSystem({ ...OPTIONS, environment: { ...OPTIONS.environment, ...environment } })

const pass = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

/** A new customer with a yearly subscription, or another. */
const subscribe = async (
  system: TestSystem,
  { customer = {}, ...input }: { customer?: object; product?: object; amount?: number } = {},
) => {
  const email = newAddress()
  const { subscriptionId, customerId } = await system.polarWorld.scenario.subscribe({
    ...{ customer: { email, ...customer }, product: yearly, amount: 24_000 },
    ...input,
  })
  await system.settle()
  const key = shardSlot(customerKey(customerId), 'due', 'schedule')
  return {
    ...{ subscriptionId, customerId },
    mails: (kind: string) => system.mails(kind).filter(({ to }) => to.includes(email)),
    /** The entries of the customer in the schedule. */
    scheduled: async () => {
      const entries = await inspect(system).zrange(key, '0', '-1')
      return entries.filter((entry) => entry.startsWith(customerId))
    },
    /** The lines of the log about the subscription. */
    lines: (text: string) =>
      linesOf(system, text).filter(
        ({ subscription, entry }) =>
          subscription === subscriptionId || `${entry}`.startsWith(customerId),
      ),
  }
}

/** Moves the clock to so long before the end of the subscription's period. */
const passUntil = async (system: TestSystem, subscriptionId: string, before: number) => {
  const { current_period_end } = system.polarWorld.world.subscriptions.get(subscriptionId) ?? {}
  await pass(system, Date.parse(current_period_end ?? '') - before - system.clock.now())
}

/** The time at which a reminder has just fallen due. */
const WEEK_BEFORE = 7 * DAY - HOUR

const reads = (system: TestSystem) => system.polarWorld.calls()['/v1/subscriptions/{id}'] ?? 0

const shared = shareSystem(OPTIONS)

describe('a yearly subscription', () => {
  test('is reminded of a week before it renews, once, with the amount and the card', async () => {
    const system = shared()
    const { subscriptionId, mails, lines } = await subscribe(system)
    await passUntil(system, subscriptionId, 7 * DAY + HOUR)
    expect(mails(RENEWAL)).toEqual([])
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    const [mail, ...more] = mails(RENEWAL)
    expect(more).toEqual([])
    expect(mail?.subject).toContain('Pro')
    expect(mail?.text).toContain('$240.00')
    expect(mail?.text).toMatch(/Visa ending in \d{4}/)
    expect(firstLink(mail?.text ?? null)).toMatch(/\/l\//)
    await pass(system, 5 * DAY)
    expect(mails(RENEWAL)).toHaveLength(1)
    expect(lines('reminder fell due')).toMatchObject([
      { subscription: subscriptionId, kind: RENEWAL },
    ])
  })

  test('is reminded of again in the year after', async () => {
    const system = shared()
    const { subscriptionId, mails } = await subscribe(system)
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await passUntil(system, subscriptionId, 0)
    await system.polarWorld.scenario.renew({ subscriptionId })
    await system.settle()
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(mails(RENEWAL)).toHaveLength(2)
  })

  test('is not reminded of once it is cancelled', async () => {
    const system = shared()
    const { subscriptionId, mails, scheduled, lines } = await subscribe(system)
    expect(await scheduled()).toHaveLength(1)
    await system.polarWorld.scenario.cancel(subscriptionId)
    await system.settle()
    expect(await scheduled()).toEqual([])
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(mails(RENEWAL)).toEqual([])
    expect(lines('reminder fell due')).toEqual([])
  })

  test('is not reminded of if Polar says that it was cancelled, though no event came', async () => {
    const system = shared()
    const { subscriptionId, mails, scheduled, lines } = await subscribe(system)
    system.polarWorld.script.cancel(subscriptionId) // its events are lost
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(mails(RENEWAL)).toEqual([])
    expect(lines('reminder fell due')).toMatchObject([{ because: 'no longer due' }])
    expect(await scheduled()).toEqual([])
  })

  test('is reminded of later if its period has moved', async () => {
    const system = shared()
    const { subscriptionId, mails } = await subscribe(system)
    const { world } = system.polarWorld
    const before = world.subscriptions.get(subscriptionId)
    if (!before?.current_period_end) throw new Error('no period')
    const moved = new Date(Date.parse(before.current_period_end) + 30 * DAY).toISOString()
    await passUntil(system, subscriptionId, 8 * DAY)
    world.subscriptions.set(subscriptionId, { ...before, current_period_end: moved })
    await pass(system, DAY + HOUR)
    expect(mails(RENEWAL)).toEqual([])
    await pass(system, 30 * DAY)
    expect(mails(RENEWAL)).toHaveLength(1)
  })

  test('is not reminded of where a reminder waited until its day had come', async () => {
    const system = shared()
    const { subscriptionId, mails, lines } = await subscribe(system)
    system.polarWorld.fault = ({ path }) =>
      path.startsWith('/v1/subscriptions/') ? { status: 503 } : undefined
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await pass(system, 2 * DAY)
    expect(lines('reminder put off').length).toBeGreaterThan(1)
    system.polarWorld.fault = undefined
    await pass(system, 6 * DAY)
    expect(mails(RENEWAL)).toEqual([])
  })

  test('is reminded of when Polar answers again', async () => {
    const system = shared()
    const { subscriptionId, mails } = await subscribe(system)
    system.polarWorld.fault = ({ path }) =>
      path.startsWith('/v1/subscriptions/') ? { status: 503 } : undefined
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(mails(RENEWAL)).toEqual([])
    system.polarWorld.fault = undefined
    await pass(system, 11 * MINUTE)
    expect(mails(RENEWAL)).toHaveLength(1)
  })

  test('that Polar no longer knows is not reminded of, nor asked about again', async () => {
    const system = shared()
    const { subscriptionId, mails, scheduled, lines } = await subscribe(system)
    await passUntil(system, subscriptionId, 8 * DAY)
    system.polarWorld.world.subscriptions.delete(subscriptionId)
    await pass(system, DAY + HOUR)
    expect(mails(RENEWAL)).toEqual([])
    expect(lines('reminder not sent')).toMatchObject([{ because: 'unknown at Polar' }])
    expect(await scheduled()).toEqual([])
  })

  test('is not reminded of while Polar has suspended the merchant, and is afterwards', async () => {
    const system = shared()
    const { subscriptionId, mails } = await subscribe(system)
    const { world } = system.polarWorld
    const { capabilities } = world.organization
    world.changeOrganization({ capabilities: { ...capabilities, subscription_renewals: false } })
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await pass(system, DAY)
    expect(mails(RENEWAL)).toEqual([])
    world.changeOrganization({ capabilities })
    await pass(system, 2 * HOUR)
    expect(mails(RENEWAL)).toHaveLength(1)
  })
})

test('a monthly subscription is not reminded of', async () => {
  const { scheduled } = await subscribe(shared(), { product: { name: 'Basic' } })
  expect(await scheduled()).toEqual([])
})

describe('a trial', () => {
  test('has its end announced three days before, with the price that follows', async () => {
    const system = shared()
    const { mails } = await subscribe(system, { product: trial, amount: 2_000 })
    await pass(system, 10 * DAY)
    expect(mails(TRIAL)).toEqual([])
    await pass(system, DAY + HOUR)
    const [mail, ...more] = mails(TRIAL)
    expect(more).toEqual([])
    expect(mail?.text).toContain('$20.00')
  })

  test('that is cancelled is not reminded of, and is once the cancellation is taken back', async () => {
    const system = shared()
    const { subscriptionId, mails } = await subscribe(system, { product: trial })
    await pass(system, 5 * DAY)
    await system.polarWorld.scenario.cancel(subscriptionId)
    await pass(system, 7 * DAY)
    expect(mails(TRIAL)).toEqual([])
    await system.polarWorld.scenario.uncancel(subscriptionId)
    await system.settle()
    expect(mails(TRIAL)).toHaveLength(1)
  })
})

test('an erased customer leaves nothing in the schedule', async () => {
  const system = shared()
  const { customerId, scheduled } = await subscribe(system)
  expect(await scheduled()).toHaveLength(1)
  await fetch(`${system.postern}/api/customers/${customerId}`, {
    ...{ method: 'DELETE', headers: { authorization: `Bearer ${TOKEN}` } },
  })
  expect(await scheduled()).toEqual([])
})

test('a yearly subscription is reminded of in the daytime where the customer lives', async () => {
  const system = await startWith({ QUIET_HOURS: '20-8' })
  // In winter, when it is an hour later in Berlin.
  const year = new Date(system.clock.now()).getUTCFullYear() + 1
  system.clock.advance(Date.UTC(year, 11, 1, 2) - system.clock.now())
  const { subscriptionId, mails } = await subscribe(system, {
    customer: { billing_address: { country: 'DE', city: 'Berlin' } },
  })
  await passUntil(system, subscriptionId, 7 * DAY)
  expect(mails(RENEWAL)).toEqual([])
  await pass(system, 4 * HOUR)
  expect(mails(RENEWAL)).toEqual([])
  await pass(system, 2 * HOUR)
  expect(mails(RENEWAL)).toHaveLength(1)
})

test('a reminder is rehearsed on its day in shadow mode, and one whose kind is off is neither scheduled nor read', async () => {
  const system = await startWith({ SEND_MODE: 'shadow', EMAIL_KINDS_OFF: TRIAL })
  const trying = await subscribe(system, { product: trial })
  const { subscriptionId } = await subscribe(system)
  expect(await trying.scheduled()).toEqual([])
  await pass(system, 12 * DAY)
  expect(reads(system)).toBe(0)
  await passUntil(system, subscriptionId, WEEK_BEFORE)
  expect(system.resendWorld.requests()).toBe(0)
  const unsent = linesOf(system, 'message not sent').filter(({ kind }) => kind === RENEWAL)
  expect(unsent).toMatchObject([{ because: 'shadow' }])
})

describe('a card', () => {
  const CARD = 'payment_method_expiration_reminder'

  /** The next first of March that is so far ahead that a monthly sweep comes before it. */
  const nextMarch = (now: number): number => {
    const year = new Date(now).getUTCFullYear()
    const march = Date.UTC(year, 2, 1, 12)
    return march > now + 40 * DAY ? march : Date.UTC(year + 1, 2, 1, 12)
  }

  /** A customer with a monthly subscription, whose card expires in a month of a year. */
  const withCard = async (system: TestSystem, month: number, year: number) => {
    const { subscriptionId, customerId, mails } = await subscribe(system, {
      product: { name: 'Basic' },
    })
    const { world } = system.polarWorld
    const [card] = world.cardsOf(customerId)
    if (!card) throw new Error('no card')
    const change = (exp_month: number, exp_year: number) => {
      const method_metadata = { ...card.method_metadata, exp_month, exp_year }
      world.cards.set(card.id, { ...card, method_metadata })
    }
    change(month, year)
    return { subscriptionId, change, reminders: () => mails(CARD) }
  }

  test('that expires at the end of the month is reminded of, once, with what it pays, and no other is', async () => {
    const system = await startWith({})
    const march = nextMarch(system.clock.now())
    await pass(system, march - system.clock.now()) // a sweep that finds nobody
    const year = new Date(march).getUTCFullYear()
    const { reminders } = await withCard(system, 3, year)
    const others = {
      expiresLater: await withCard(system, 4, year),
      expiresInAnotherYear: await withCard(system, 3, year + 1),
      paysNothing: await withCard(system, 3, year),
      isReplaced: await withCard(system, 3, year),
    }
    await pass(system, 9 * DAY)
    expect(reminders()).toEqual([])
    await pass(system, DAY + HOUR)
    others.isReplaced.change(3, year + 4)
    await pass(system, DAY - HOUR)
    await system.polarWorld.scenario.cancel(others.paysNothing.subscriptionId)
    await pass(system, DAY)
    await pass(system, DAY)
    expect(linesOf(system, 'cards scheduled')).toMatchObject([{ customers: 0 }, { customers: 5 }])
    const [mail, ...more] = reminders()
    expect(more).toEqual([])
    expect(mail?.text).toContain(`March ${year}`)
    expect(mail?.text).toContain('Basic')
    for (const [name, other] of Object.entries(others))
      expect([name, other.reminders()]).toEqual([name, []])
    await pass(system, 31 * DAY)
    await pass(system, DAY)
    expect(reminders()).toHaveLength(1)
    expect(others.expiresLater.reminders()).toHaveLength(1)
  })
})
