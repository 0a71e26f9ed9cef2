// Once an hour Postern looks for failed payments that Polar sent no event of, or whose event was lost.

import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { linesOf } from '../support/mailed.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'a-token-of-prometheus'

const ann = { name: 'Ann Meyer', email: 'ann@example.com' }

/** Lets Postern look once, so that all that has failed before counts as seen. */
const start = async (environment: NodeJS.ProcessEnv = {}, options = {}) => {
  const system = await startTestSystem({
    reports: false,
    environment: { QUIET_HOURS: 'off', ...environment },
    ...options,
  })
  await pass(system, 2 * HOUR)
  return system
}

const pass = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

/** The same at noon (UTC), for a test in which the hour counts, with quiet hours until an hour before midnight. */
const startAtNoon = async () => {
  const system = await start({ QUIET_HOURS: '0-23' })
  await pass(system, DAY + DAY / 2 - (system.clock.now() % DAY))
  return system
}

const subscribe = async (system: TestSystem) => {
  const ids = await system.polarWorld.scenario.subscribe({ customer: ann })
  await system.settle()
  return ids
}

const lists = (system: TestSystem) => system.polarWorld.calls()['/v1/payments/'] ?? 0

describe('a renewal that failed, whose event was lost,', () => {
  const lose = async (system: TestSystem) => {
    const { subscriptionId } = await subscribe(system)
    const lost = system.polarWorld.script.failRenewal({ subscriptionId })
    lost.afterwards()
    return { subscriptionId, lost }
  }

  test('is told within the hour, and only once though the event comes late', async () => {
    const system = await start()
    const { subscriptionId, lost } = await lose(system)
    await pass(system, HOUR)
    const [mail] = system.mails('subscription_past_due')
    expect(mail?.text).toContain('failed on')
    expect(linesOf(system, 'past-due subscription found')).toMatchObject([
      { subscription: subscriptionId },
    ])
    for (const event of lost.events) await system.polarWorld.deliver(event)
    await pass(system, HOUR)
    expect(system.mails('subscription_past_due')).toHaveLength(1)
  })

  test('is reminded of, as if nothing had been lost', async () => {
    const system = await start()
    await lose(system)
    await system.advance(4 * DAY)
    expect(system.mails('payment_reminder')).toHaveLength(1)
  })

  test('is not told where it was paid meanwhile', async () => {
    const system = await start()
    const { lost } = await lose(system)
    system.polarWorld.script.recover(lost.orderId)
    await pass(system, HOUR)
    expect(system.mails('subscription_past_due')).toEqual([])
  })

  test('before the first look is told to nobody', async () => {
    const system = await startTestSystem({ reports: false })
    await lose(system)
    await pass(system, 2 * HOUR)
    await pass(system, HOUR)
    expect(lists(system)).toBeGreaterThan(1)
    expect(system.mails('subscription_past_due')).toEqual([])
  })
})

test('a renewal that failed and was told is not read again', async () => {
  const system = await start()
  const { subscriptionId } = await subscribe(system)
  await system.polarWorld.scenario.failRenewal({ subscriptionId })
  await system.settle()
  const reads = () => system.polarWorld.calls()['/v1/subscriptions/{id}'] ?? 0
  const before = reads()
  await pass(system, HOUR)
  expect(reads()).toBe(before)
  expect(system.mails('subscription_past_due')).toHaveLength(1)
})

describe('an invoice of usage that failed', () => {
  const fail = async (system: TestSystem, input = {}) => {
    const { subscriptionId } = await subscribe(system)
    return system.polarWorld.scenario.failUsage({ subscriptionId, amount: 700, ...input })
  }

  test('is told once, with the amount, the next attempt, and the order to pay', async () => {
    const system = await start({ LINK_SETTLE_SECONDS: '0' })
    const { orderId } = await fail(system)
    expect(system.mails('payment_reminder')).toEqual([])
    await pass(system, HOUR)
    const [mail] = system.mails('payment_reminder')
    expect(mail?.subject).toMatch(/^Payment open for the usage of /)
    expect(mail?.text).toContain('$7.00')
    expect(mail?.text).toContain('Otherwise we will try the payment again on')
    expect(mail?.text).toContain('Your subscription continues meanwhile.')
    expect(mail?.text).not.toMatch(/subscription ends|Pay by/)
    const { location } = await visit(firstLink(mail?.text ?? null), { headers: NAVIGATION })
    expect(location).toContain(`/portal/orders/${orderId}`)
    await system.advance(25 * DAY)
    expect(system.mails('payment_reminder')).toHaveLength(1)
    expect(system.mails('subscription_past_due')).toEqual([])
  })

  test('promises no attempt after a decline for good', async () => {
    const system = await start()
    await fail(system, { decline: { ...INSUFFICIENT_FUNDS, reason: 'expired_card' } })
    await pass(system, HOUR)
    const [mail] = system.mails('payment_reminder')
    expect(mail?.text).toContain('The card has expired.')
    expect(mail?.text).not.toContain('try the payment again')
  })

  test('is not told where it was paid meanwhile', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    system.polarWorld.script.recover(orderId) // its events are lost
    await pass(system, HOUR)
    expect(system.mails('payment_reminder')).toEqual([])
  })

  test('is not told where it is paid before the morning', async () => {
    const system = await startAtNoon()
    const { orderId } = await fail(system)
    await pass(system, HOUR)
    system.polarWorld.script.recover(orderId) // its events are lost
    await system.advance(DAY)
    expect(system.mails('payment_reminder')).toEqual([])
  })

  test('waits for the morning where the customer lives', async () => {
    const system = await startAtNoon()
    await fail(system)
    await pass(system, HOUR)
    await system.advance(DAY)
    const [mail] = system.mails('payment_reminder')
    const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/Stockholm' })
    expect(hour.format(Date.parse(mail?.accepted_at ?? ''))).toBe('23')
  })
})

test('a final invoice that failed is for the operator, and the customer is not mailed', async () => {
  const system = await start({ METRICS_TOKEN: TOKEN })
  const { subscriptionId } = await subscribe(system)
  const { orderId } = await system.polarWorld.scenario.end(subscriptionId, {
    ...{ usage: 845, failing: {} },
  })
  await pass(system, HOUR)
  expect(linesOf(system, 'final invoice not collected')).toMatchObject([{ order: orderId }])
  const kinds = system.mails().flatMap(({ tags }) => tags.map(({ value }) => value))
  expect(kinds.filter((kind) => /payment|invoice|past_due/.test(kind))).toEqual([])
  const { body } = await visit(`${system.postern}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  expect(body).toContain('postern_final_invoices_unpaid_total 1')
  expect(body).toContain('postern_failed_payments_total{trigger="subscription_cycle"} 1')
})

test('a final invoice that was paid meanwhile is no news', async () => {
  const system = await start()
  const { subscriptionId } = await subscribe(system)
  const { orderId } = await system.polarWorld.scenario.end(subscriptionId, {
    ...{ usage: 845, failing: {} },
  })
  system.polarWorld.script.recover(orderId ?? '')
  await pass(system, HOUR)
  expect(linesOf(system, 'final invoice not collected')).toEqual([])
})

test('retries that fail are counted by what started them, and mailed to nobody', async () => {
  const system = await start({ METRICS_TOKEN: TOKEN })
  const { subscriptionId } = await subscribe(system)
  await system.polarWorld.scenario.failRenewal({ subscriptionId })
  await system.advance(2 * DAY + 3 * HOUR)
  const { body } = await visit(`${system.postern}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  expect(body).toContain('postern_failed_payments_total{trigger="retry_dunning"} 1')
  expect(system.mails('payment_reminder')).toEqual([])
})

test('without the scope for payments the operator is told once, and nothing else stops', async () => {
  const system = await start()
  system.polarWorld.fault = ({ path }) =>
    path === '/v1/payments/'
      ? {
          ...{ status: 403, body: { error: 'insufficient_scope' } },
          headers: { 'www-authenticate': 'Bearer scope="payments:read"' },
        }
      : undefined
  const { subscriptionId } = await subscribe(system)
  await pass(system, HOUR)
  await pass(system, HOUR)
  expect(linesOf(system, 'call denied by Polar')).toMatchObject([{ scopes: ['payments:read'] }])
  await system.polarWorld.scenario.failRenewal({ subscriptionId })
  await pass(system, HOUR)
  expect(system.mails('subscription_past_due')).toHaveLength(1)
})

test('while Polar is away it looks again later, and finds what it missed', async () => {
  const system = await start()
  const { subscriptionId } = await subscribe(system)
  system.polarWorld.script.failRenewal({ subscriptionId }).afterwards()
  system.polarWorld.fault = () => ({ status: 503, body: {} })
  await pass(system, HOUR)
  expect(system.mails('subscription_past_due')).toEqual([])
  system.polarWorld.fault = () => undefined
  await pass(system, HOUR / 2)
  expect(system.mails('subscription_past_due')).toHaveLength(1)
})
