// Once an hour Postern looks for failed payments that Polar sent no event of, or whose event was lost.

import { beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { linesOf } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'a-token-of-prometheus'

const OPTIONS = {
  reports: false,
  environment: { QUIET_HOURS: 'off', METRICS_TOKEN: TOKEN, LINK_SETTLE_SECONDS: '0' },
}

const pass = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

/** Lets Postern look once, so that all that has failed before counts as seen. */
const firstLook = (system: TestSystem) => pass(system, 2 * HOUR)

/** A new customer who subscribes, and the emails about that. */
const subscribe = async (system: TestSystem) => {
  const email = newAddress()
  const ids = await system.polarWorld.scenario.subscribe({ customer: { email } })
  await system.settle()
  const mails = (kind?: string) => system.mails(kind).filter(({ to }) => to.includes(email))
  return { ...ids, mails }
}

/** A renewal that fails, whose events are lost. */
const loseFailure = async (system: TestSystem) => {
  const subscribed = await subscribe(system)
  const lost = system.polarWorld.script.failRenewal({ subscriptionId: subscribed.subscriptionId })
  lost.afterwards()
  return { ...subscribed, lost }
}

const failUsage = async (system: TestSystem, input = {}) => {
  const { subscriptionId, mails } = await subscribe(system)
  const invoice = { subscriptionId, amount: 700, ...input }
  return { ...(await system.polarWorld.scenario.failUsage(invoice)), mails }
}

/** A subscription that has ended, and whose last invoice cannot be paid. */
const endUnpaid = async (system: TestSystem) => {
  const subscribed = await subscribe(system)
  const { orderId } = await system.polarWorld.scenario.end(subscribed.subscriptionId, {
    ...{ usage: 845, failing: {} },
  })
  return { ...subscribed, orderId: orderId ?? '' }
}

const uncollected = (system: TestSystem, orderId: string) =>
  linesOf(system, 'final invoice not collected').filter(({ order }) => order === orderId)

/** A counter of the metrics. */
const metric = async (system: TestSystem, name: string) => {
  const { body } = await visit(`${system.postern}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  const line = body.split('\n').find((one) => one.startsWith(`postern_${name} `))
  return Number(line?.split(' ')[1] ?? 0)
}

const shared = shareSystem(OPTIONS)
beforeAll(() => firstLook(shared()))

describe('a renewal that failed, whose event was lost,', () => {
  test('is told within the hour and only once though the event comes late, and is reminded of', async () => {
    const system = shared()
    const { subscriptionId, lost, mails } = await loseFailure(system)
    await pass(system, HOUR)
    const [mail] = mails('subscription_past_due')
    expect(mail?.text).toContain('failed on')
    const found = linesOf(system, 'past-due subscription found')
    expect(found.filter(({ subscription }) => subscription === subscriptionId)).toHaveLength(1)
    for (const event of lost.events) await system.polarWorld.deliver(event)
    await pass(system, HOUR)
    expect(mails('subscription_past_due')).toHaveLength(1)
    await pass(system, 3 * DAY)
    expect(mails('payment_reminder')).toHaveLength(1)
  })

  test('is not told where it was paid meanwhile', async () => {
    const { lost, mails } = await loseFailure(shared())
    shared().polarWorld.script.recover(lost.orderId)
    await pass(shared(), HOUR)
    expect(mails('subscription_past_due')).toEqual([])
  })

  test('is found later where Polar was away at the hour', async () => {
    const system = shared()
    const { mails } = await loseFailure(system)
    system.polarWorld.fault = () => ({ status: 503, body: {} })
    await pass(system, HOUR)
    expect(mails('subscription_past_due')).toEqual([])
    system.polarWorld.fault = undefined
    await pass(system, HOUR / 2)
    expect(mails('subscription_past_due')).toHaveLength(1)
  })
})

test('a renewal that failed before the first look is told to nobody, and one that was told is not read again', async () => {
  const system = await startTestSystem(OPTIONS)
  const early = await loseFailure(system)
  await firstLook(system)
  const told = await subscribe(system)
  await system.polarWorld.scenario.failRenewal({ subscriptionId: told.subscriptionId })
  await system.settle()
  const callsTo = (path: string) => system.polarWorld.calls()[path] ?? 0
  const reads = () => callsTo('/v1/subscriptions/{id}')
  const before = reads()
  await pass(system, HOUR)
  expect(callsTo('/v1/payments/')).toBeGreaterThan(1)
  expect(reads()).toBe(before)
  expect(early.mails('subscription_past_due')).toEqual([])
  expect(told.mails('subscription_past_due')).toHaveLength(1)
})

describe('an invoice of usage that failed', () => {
  test('is told with the amount, the next attempt, and the order to pay', async () => {
    const system = shared()
    const { orderId, mails } = await failUsage(system)
    expect(mails('payment_reminder')).toEqual([])
    await pass(system, HOUR)
    const [mail] = mails('payment_reminder')
    expect(mail?.subject).toMatch(/^Payment open for the usage of /)
    expect(mail?.text).toContain('$7.00')
    expect(mail?.text).toContain('Otherwise we will try the payment again on')
    expect(mail?.text).toContain('Your subscription continues meanwhile.')
    expect(mail?.text).not.toMatch(/subscription ends|Pay by/)
    const { location } = await visit(firstLink(mail?.text ?? null), { headers: NAVIGATION })
    expect(location).toContain(`/portal/orders/${orderId}`)
  })

  test('promises no attempt after a decline for good', async () => {
    const decline = { ...INSUFFICIENT_FUNDS, reason: 'expired_card' }
    const { mails } = await failUsage(shared(), { decline })
    await pass(shared(), HOUR)
    const [mail] = mails('payment_reminder')
    expect(mail?.text).toContain('The card has expired.')
    expect(mail?.text).not.toContain('try the payment again')
  })

  test('is not told where it was paid meanwhile', async () => {
    const { orderId, mails } = await failUsage(shared())
    shared().polarWorld.script.recover(orderId) // its events are lost
    await pass(shared(), HOUR)
    expect(mails('payment_reminder')).toEqual([])
  })

  test('waits for the morning where the customer lives, and is not told where it is paid before', async () => {
    const environment = { ...OPTIONS.environment, QUIET_HOURS: '0-23' }
    const system = await startTestSystem({ ...OPTIONS, environment })
    await firstLook(system)
    await pass(system, DAY + DAY / 2 - (system.clock.now() % DAY)) // noon (UTC)
    const [waiting, paid] = [await failUsage(system), await failUsage(system)]
    await pass(system, HOUR)
    system.polarWorld.script.recover(paid.orderId) // its events are lost
    await system.advance(DAY)
    expect(paid.mails('payment_reminder')).toEqual([])
    const [mail] = waiting.mails('payment_reminder')
    const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/Stockholm' })
    expect(hour.format(Date.parse(mail?.accepted_at ?? ''))).toBe('23')
  })
})

test('retries that fail are counted by what started them, and mailed to nobody', async () => {
  const system = await startTestSystem(OPTIONS)
  await firstLook(system)
  const usage = await failUsage(system)
  const renewal = await subscribe(system)
  await system.polarWorld.scenario.failRenewal({ subscriptionId: renewal.subscriptionId })
  await system.advance(2 * DAY + 3 * HOUR)
  expect(await metric(system, 'failed_payments_total{trigger="retry_dunning"}')).toBe(2)
  expect(renewal.mails('payment_reminder')).toEqual([])
  await system.advance(23 * DAY)
  expect(usage.mails('payment_reminder')).toHaveLength(1)
  expect(usage.mails('subscription_past_due')).toEqual([])
})

describe('a final invoice that failed', () => {
  test('is for the operator, and the customer is not mailed', async () => {
    const system = shared()
    const unpaid = () => metric(system, 'final_invoices_unpaid_total')
    const failed = () => metric(system, 'failed_payments_total{trigger="subscription_cycle"}')
    const before = [await unpaid(), await failed()] as const
    const { orderId, mails } = await endUnpaid(system)
    await pass(system, HOUR)
    expect(uncollected(system, orderId)).toHaveLength(1)
    const kinds = mails().flatMap(({ tags }) => tags.map(({ value }) => value))
    expect(kinds.filter((kind) => /payment|invoice|past_due/.test(kind))).toEqual([])
    expect([await unpaid(), await failed()]).toEqual([before[0] + 1, before[1] + 1])
  })

  test('and was paid meanwhile is no news', async () => {
    const { orderId } = await endUnpaid(shared())
    shared().polarWorld.script.recover(orderId)
    await pass(shared(), HOUR)
    expect(uncollected(shared(), orderId)).toEqual([])
  })
})

test('without the scope for payments the operator is told once, and nothing else stops', async () => {
  const system = await startTestSystem(OPTIONS)
  await firstLook(system)
  system.polarWorld.fault = ({ path }) =>
    path === '/v1/payments/'
      ? {
          ...{ status: 403, body: { error: 'insufficient_scope' } },
          headers: { 'www-authenticate': 'Bearer scope="payments:read"' },
        }
      : undefined
  const { subscriptionId, mails } = await subscribe(system)
  await pass(system, HOUR)
  await pass(system, HOUR)
  expect(linesOf(system, 'call denied by Polar')).toMatchObject([{ scopes: ['payments:read'] }])
  await system.polarWorld.scenario.failRenewal({ subscriptionId })
  await pass(system, HOUR)
  expect(mails('subscription_past_due')).toHaveLength(1)
})
