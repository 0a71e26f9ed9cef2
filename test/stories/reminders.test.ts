// The schedule brings reminders of renewals, of trials that end and of cards that expire. Each is read from Polar again before
// it goes.

import { describe, expect, test } from 'vitest'
import { customerKey, shardSlot } from '../../src/redis/keys.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { inspect, linesOf } from '../support/mailed.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const ann = { name: 'Ann Meyer', email: 'ann@example.com' }
const yearly = { name: 'Pro', recurring_interval: 'year' as const }
const QUIET_OFF = { QUIET_HOURS: 'off' }

const RENEWAL = 'subscription_renewal_reminder'
const TRIAL = 'subscription_trial_conversion_reminder'

const start = (environment: NodeJS.ProcessEnv = {}, options = {}) =>
  startTestSystem({ reports: false, environment: { ...QUIET_OFF, ...environment }, ...options })

const pass = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

const subscribe = async (system: TestSystem, input = {}) => {
  const ids = await system.polarWorld.scenario.subscribe({
    ...{ customer: ann, product: yearly, amount: 24_000 },
    ...input,
  })
  await system.settle()
  return ids
}

/** Moves the clock to so long before the end of the subscription's period. */
const passUntil = async (system: TestSystem, subscriptionId: string, before: number) => {
  const { current_period_end } = system.polarWorld.world.subscriptions.get(subscriptionId) ?? {}
  await pass(system, Date.parse(current_period_end ?? '') - before - system.clock.now())
}

/** The time at which a reminder has just fallen due. */
const WEEK_BEFORE = 7 * DAY - HOUR

/** The entries of a customer in the schedule. */
const scheduled = async (system: TestSystem, customerId: string) => {
  const key = shardSlot(customerKey(customerId), 'due', 'schedule')
  const entries = await inspect(system).zrange(key, '0', '-1')
  return entries.filter((entry) => entry.startsWith(customerId))
}

const reads = (system: TestSystem) => system.polarWorld.calls()['/v1/subscriptions/{id}'] ?? 0

describe('a yearly subscription', () => {
  test('is reminded of a week before it renews, once, with the amount and the card', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    await passUntil(system, subscriptionId, 7 * DAY + HOUR)
    expect(system.mails(RENEWAL)).toEqual([])
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    const [mail, ...more] = system.mails(RENEWAL)
    expect(more).toEqual([])
    expect(mail?.to).toEqual([ann.email])
    expect(mail?.subject).toContain('Pro')
    expect(mail?.text).toContain('$240.00')
    expect(mail?.text).toMatch(/Visa ending in \d{4}/)
    expect(firstLink(mail?.text ?? null)).toMatch(/\/l\//)
    await pass(system, 5 * DAY)
    expect(system.mails(RENEWAL)).toHaveLength(1)
    expect(linesOf(system, 'reminder fell due')).toMatchObject([
      { subscription: subscriptionId, kind: RENEWAL },
    ])
  })

  test('is reminded of again in the year after', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await passUntil(system, subscriptionId, 0)
    await system.polarWorld.scenario.renew({ subscriptionId })
    await system.settle()
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(system.mails(RENEWAL)).toHaveLength(2)
  })

  test('is not reminded of once it is cancelled', async () => {
    const system = await start()
    const { subscriptionId, customerId } = await subscribe(system)
    expect(await scheduled(system, customerId)).toHaveLength(1)
    await system.polarWorld.scenario.cancel(subscriptionId)
    await system.settle()
    expect(await scheduled(system, customerId)).toEqual([])
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(system.mails(RENEWAL)).toEqual([])
    expect(reads(system)).toBe(0)
  })

  test('is not reminded of if Polar says that it was cancelled, though no event came', async () => {
    const system = await start()
    const { subscriptionId, customerId } = await subscribe(system)
    system.polarWorld.script.cancel(subscriptionId) // its events are lost
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(system.mails(RENEWAL)).toEqual([])
    expect(linesOf(system, 'reminder fell due')).toMatchObject([{ because: 'no longer due' }])
    expect(await scheduled(system, customerId)).toEqual([])
  })

  test('is reminded of later if its period has moved', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    const { world } = system.polarWorld
    const before = world.subscriptions.get(subscriptionId)
    if (!before?.current_period_end) throw new Error('no period')
    const moved = new Date(Date.parse(before.current_period_end) + 30 * DAY).toISOString()
    await passUntil(system, subscriptionId, 8 * DAY)
    world.subscriptions.set(subscriptionId, { ...before, current_period_end: moved })
    await pass(system, DAY + HOUR)
    expect(system.mails(RENEWAL)).toEqual([])
    await pass(system, 30 * DAY)
    expect(system.mails(RENEWAL)).toHaveLength(1)
  })

  test('is not reminded of where a reminder waited until its day had come', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    system.polarWorld.fault = ({ path }) =>
      path.startsWith('/v1/subscriptions/') ? { status: 503 } : undefined
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await pass(system, 2 * DAY)
    expect(linesOf(system, 'reminder put off').length).toBeGreaterThan(1)
    system.polarWorld.fault = undefined
    await pass(system, 6 * DAY)
    expect(system.mails(RENEWAL)).toEqual([])
  })

  test('is reminded of when Polar answers again', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    system.polarWorld.fault = ({ path }) =>
      path.startsWith('/v1/subscriptions/') ? { status: 503 } : undefined
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(system.mails(RENEWAL)).toEqual([])
    system.polarWorld.fault = undefined
    await pass(system, 11 * MINUTE)
    expect(system.mails(RENEWAL)).toHaveLength(1)
  })

  test('that Polar no longer knows is not reminded of, nor asked about again', async () => {
    const system = await start()
    const { subscriptionId, customerId } = await subscribe(system)
    await passUntil(system, subscriptionId, 8 * DAY)
    system.polarWorld.world.subscriptions.delete(subscriptionId)
    await pass(system, DAY + HOUR)
    expect(system.mails(RENEWAL)).toEqual([])
    expect(linesOf(system, 'reminder not sent')).toMatchObject([{ because: 'unknown at Polar' }])
    expect(await scheduled(system, customerId)).toEqual([])
  })

  test('is not reminded of while Polar has suspended the merchant, and is afterwards', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system)
    const { world } = system.polarWorld
    const { capabilities } = world.organization
    world.changeOrganization({ capabilities: { ...capabilities, subscription_renewals: false } })
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    await pass(system, DAY)
    expect(system.mails(RENEWAL)).toEqual([])
    world.changeOrganization({ capabilities })
    await pass(system, 2 * HOUR)
    expect(system.mails(RENEWAL)).toHaveLength(1)
  })

  test('is reminded of in the daytime where the customer lives', async () => {
    const system = await start({ QUIET_HOURS: '20-8' })
    // In winter, when it is an hour later in Berlin.
    const year = new Date(system.clock.now()).getUTCFullYear() + 1
    system.clock.advance(Date.UTC(year, 11, 1, 2) - system.clock.now())
    const { subscriptionId } = await subscribe(system, {
      customer: { ...ann, billing_address: { country: 'DE', city: 'Berlin' } },
    })
    await passUntil(system, subscriptionId, 7 * DAY)
    expect(system.mails(RENEWAL)).toEqual([])
    await pass(system, 4 * HOUR)
    expect(system.mails(RENEWAL)).toEqual([])
    await pass(system, 2 * HOUR)
    expect(system.mails(RENEWAL)).toHaveLength(1)
  })

  test('is not reminded of where the kind is off, and Polar is not asked', async () => {
    const system = await start({ EMAIL_KINDS_OFF: RENEWAL })
    const { customerId, subscriptionId } = await subscribe(system)
    expect(await scheduled(system, customerId)).toEqual([])
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(reads(system)).toBe(0)
  })

  test('is rehearsed on its day in shadow mode', async () => {
    const system = await start({ SEND_MODE: 'shadow' })
    const { subscriptionId } = await subscribe(system)
    await passUntil(system, subscriptionId, WEEK_BEFORE)
    expect(system.resendWorld.requests()).toBe(0)
    expect(
      linesOf(system, 'message not sent').filter(({ kind }) => kind === RENEWAL),
    ).toMatchObject([{ because: 'shadow' }])
  })
})

test('a monthly subscription is not reminded of', async () => {
  const system = await start()
  const { customerId } = await subscribe(system, { product: { name: 'Basic' } })
  expect(await scheduled(system, customerId)).toEqual([])
})

describe('a trial', () => {
  const trial = { name: 'Pro', recurring_interval: 'month' as const, trialDays: 14 }

  test('has its end announced three days before, with the price that follows', async () => {
    const system = await start()
    await subscribe(system, { product: trial, amount: 2_000 })
    await pass(system, 10 * DAY)
    expect(system.mails(TRIAL)).toEqual([])
    await pass(system, DAY + HOUR)
    const [mail, ...more] = system.mails(TRIAL)
    expect(more).toEqual([])
    expect(mail?.text).toContain('$20.00')
  })

  test('that is cancelled is not reminded of, and is once the cancellation is taken back', async () => {
    const system = await start()
    const { subscriptionId } = await subscribe(system, { product: trial })
    await pass(system, 5 * DAY)
    await system.polarWorld.scenario.cancel(subscriptionId)
    await pass(system, 7 * DAY)
    expect(system.mails(TRIAL)).toEqual([])
    await system.polarWorld.scenario.uncancel(subscriptionId)
    await system.settle()
    expect(system.mails(TRIAL)).toHaveLength(1)
  })
})

test('an erased customer leaves nothing in the schedule', async () => {
  const system = await start({ API_TOKEN: 'a-token-of-the-merchant' })
  const { customerId } = await subscribe(system)
  expect(await scheduled(system, customerId)).toHaveLength(1)
  await fetch(`${system.postern}/api/customers/${customerId}`, {
    ...{ method: 'DELETE', headers: { authorization: 'Bearer a-token-of-the-merchant' } },
  })
  expect(await scheduled(system, customerId)).toEqual([])
})

describe('a card', () => {
  const CARD = 'payment_method_expiration_reminder'

  /** The next first of March that is so far ahead that a monthly sweep comes before it. */
  const nextMarch = (now: number): number => {
    const year = new Date(now).getUTCFullYear()
    const march = Date.UTC(year, 2, 1, 12)
    return march > now + 40 * DAY ? march : Date.UTC(year + 1, 2, 1, 12)
  }

  /** @param expires the month, and after how many years from then. */
  const startOn = async ({ month, years = 0 }: { month: number; years?: number }) => {
    const system = await start()
    const march = nextMarch(system.clock.now())
    await pass(system, march - system.clock.now()) // a sweep that finds nobody
    const year = new Date(march).getUTCFullYear()
    const { customerId } = await subscribe(system, { product: { name: 'Basic' } })
    const { world } = system.polarWorld
    const [card] = world.cardsOf(customerId)
    if (!card) throw new Error('no card')
    const expires = { exp_month: month, exp_year: year + years }
    const expiring = { ...card.method_metadata, ...expires }
    world.cards.set(card.id, { ...card, method_metadata: expiring })
    return { system, customerId, card, year }
  }

  test('that expires at the end of the month is reminded of, once, with what it pays', async () => {
    const { system, year } = await startOn({ month: 3 })
    await pass(system, 9 * DAY)
    expect(system.mails(CARD)).toEqual([])
    await pass(system, 3 * DAY)
    await pass(system, DAY)
    const [mail, ...more] = system.mails(CARD)
    expect(more).toEqual([])
    expect(mail?.text).toContain(`March ${year}`)
    expect(mail?.text).toContain('Basic')
    await pass(system, 31 * DAY)
    await pass(system, DAY)
    expect(system.mails(CARD)).toHaveLength(1)
  })

  test.each([
    ['later', { month: 4 }],
    ['in another year', { month: 3, years: 1 }],
  ])('that expires %s is not reminded of', async (_, expires) => {
    const { system } = await startOn(expires)
    await pass(system, 12 * DAY)
    await pass(system, DAY)
    expect(linesOf(system, 'cards scheduled')).toMatchObject([{ customers: 0 }, { customers: 1 }])
    expect(system.mails(CARD)).toEqual([])
  })

  test('that pays nothing any more is not reminded of', async () => {
    const { system, customerId } = await startOn({ month: 3 })
    const [subscription] = system.polarWorld.world.subscriptionsOf(customerId)
    await pass(system, 11 * DAY)
    await system.polarWorld.scenario.cancel(subscription?.id ?? '')
    await pass(system, DAY)
    await pass(system, DAY)
    expect(system.mails(CARD)).toEqual([])
  })

  test('that the customer has replaced is not reminded of', async () => {
    const { system, card, year } = await startOn({ month: 3 })
    await pass(system, 10 * DAY + HOUR)
    const { world } = system.polarWorld
    const renewed = { ...card.method_metadata, exp_month: 3, exp_year: year + 4 }
    world.cards.set(card.id, { ...card, method_metadata: renewed })
    await pass(system, DAY)
    await pass(system, DAY)
    expect(system.mails(CARD)).toEqual([])
  })
})
