// Webhooks that never came: Postern finds at Polar what they said, and makes up for it once.

import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BACKFILLED_KEY, backfillKey } from '../../src/redis/keys.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { runCommand, spawnCommand } from '../support/command.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { withoutBackfill } from '../support/without-backfill.ts'

/**
 * The simulated Polar stamps what happens at the same moment a little apart, the last of it ahead of the clock. A command looks
 * for nothing later than now.
 */
const untilPast = async ({ polarWorld: { webhooks } }: TestSystem) => {
  const newest = webhooks.events().map(({ created_at }) => Date.parse(created_at))
  await expect.poll(Date.now).toBeGreaterThan(Math.max(...newest))
}

/** Nobody hears of Polar's webhooks while `during` runs; then they come again. */
const outage = async (system: TestSystem, during: () => Promise<unknown>) => {
  system.polarWorld.webhooks.fault = 'unreachable'
  await during()
  system.polarWorld.webhooks.fault = undefined
}

/** While the endpoint is disabled, Polar makes no webhooks at all. */
const disabled = async (system: TestSystem, during: () => Promise<unknown>) => {
  system.polarWorld.webhooks.change({ enabled: false })
  await during()
  system.polarWorld.webhooks.change({ enabled: true })
}

/** Customers buy, subscribe, cancel, are refunded and cannot pay: each gets emails. */
const shopping = async ({ polarWorld: { scenario } }: TestSystem) => {
  await scenario.purchase({ customer: { email: 'one@example.com' } })
  const { subscriptionId } = await scenario.subscribe({ customer: { email: 'two@example.com' } })
  await scenario.cancel(subscriptionId)
  const { orderId } = await scenario.purchase({ customer: { email: 'three@example.com' } })
  await scenario.refund(orderId)
  const { subscriptionId: failing } = await scenario.subscribe({
    customer: { email: 'four@example.com' },
  })
  await scenario.failRenewal({ subscriptionId: failing })
}

const EMAILS = [
  'one@example.com order_confirmation',
  'two@example.com subscription_confirmation',
  'two@example.com subscription_cancellation',
  'three@example.com order_confirmation',
  'three@example.com order_refunded',
  'four@example.com subscription_confirmation',
  'four@example.com subscription_past_due',
].toSorted()

const emails = (system: TestSystem) =>
  system
    .mails()
    .map(({ to, tags }) => `${to[0]} ${tags.find(({ name }) => name === 'kind')?.value}`)
    .toSorted()

const redisOf = (system: TestSystem) => {
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  return redis
}

/** The first start has imported what there was. */
const startImported = async (options: Parameters<typeof startTestSystem>[0] = {}) => {
  const system = await startTestSystem({ backfill: true, reports: false, ...options })
  await system.advance(5 * MINUTE)
  expect(await redisOf(system).exists(BACKFILLED_KEY)).toBe(1)
  return system
}

const warnings = (system: TestSystem, text: string) =>
  system.logs().filter(({ msg }) => msg === text)

describe('after an outage', () => {
  test.each([
    ['of an hour, in which Polar gave up its webhooks', outage, HOUR],
    ['in which Polar had disabled the endpoint', disabled, HOUR],
  ])('%s, the emails are those of a shop without it', async (_, trouble, length) => {
    const system = await startImported()
    await trouble(system, async () => {
      await shopping(system)
      await system.advance(length)
    })
    expect(emails(system)).toEqual([])
    await system.advance(DAY)
    expect(emails(system)).toEqual(EMAILS)
    expect(warnings(system, 'webhooks were missed, and are made up for')).toHaveLength(1)
    await system.advance(DAY)
    expect(emails(system).filter((one) => EMAILS.includes(one))).toEqual(EMAILS)
    expect(warnings(system, 'webhooks were missed, and are made up for')).toHaveLength(1)
  })
})

test('a shop without an outage is asked for little, and misses nothing', async () => {
  const system = await startImported()
  await shopping(system)
  await system.settle()
  const before = Object.values(system.polarWorld.calls()).reduce((sum, n) => sum + n, 0)
  await system.advance(DAY)
  expect(emails(system)).toEqual(EMAILS)
  expect(warnings(system, 'webhooks were missed, and are made up for')).toEqual([])
  const after = Object.values(system.polarWorld.calls()).reduce((sum, n) => sum + n, 0)
  expect(after - before).toBeLessThan(25)
})

test('a failed payment and a pause that are over when they are found are called what they were', async () => {
  const system = await startImported()
  const { scenario } = system.polarWorld
  const paying = await scenario.subscribe({ customer: { email: 'one@example.com' } })
  const pausing = await scenario.subscribe({ customer: { email: 'two@example.com' } })
  await system.settle()
  const comeBack = await withoutBackfill(system)
  // Nor does the hourly look at failed payments see anything.
  system.polarWorld.missingScopes = ['payments:read']
  await disabled(system, async () => {
    const { orderId } = await scenario.failRenewal(paying)
    await scenario.pause(pausing.subscriptionId)
    await system.advance(2 * DAY)
    await scenario.recover(orderId)
    await scenario.resume(pausing.subscriptionId)
    await system.advance(4 * DAY)
  })
  await comeBack()
  await system.advance(HOUR)
  expect(emails(system)).toEqual([
    'one@example.com payment_recovered',
    'one@example.com subscription_confirmation',
    'two@example.com subscription_confirmation',
    'two@example.com subscription_resumed',
  ])
})

describe('npm run backfill', () => {
  const backfill = (system: TestSystem, ...args: string[]) =>
    runCommand('backfill', system.environment, args)

  const USAGE = 'npm run backfill -- [--dry-run]'

  const startWithOutage = async () => {
    const system = await startTestSystem({ backfill: true, reports: false })
    await outage(system, () => shopping(system))
    await untilPast(system)
    return system
  }

  const WRONG = [
    [['--dry'], USAGE],
    [['--since', 'monday'], USAGE],
    [['--since', '2026-01-02', '--until', '2026-01-01'], 'not before'],
  ] as const

  test('says what to write, or what was missed, and then makes up for it, once', async () => {
    const system = await startWithOutage()
    for (const [args, says] of WRONG) {
      const { code, err } = await backfill(system, ...args)
      expect([args, code, err]).toEqual([args, 1, expect.stringContaining(says)])
    }
    const dry = await backfill(system, '--dry-run')
    expect([dry.code, dry.err]).toEqual([0, ''])
    expect(dry.out).toMatch(/UTC to .* UTC: \d+ events were missed\.\n/)
    expect(dry.out).toMatch(/Order confirmation +2 +0 +0 +0\n/)
    expect(dry.out).toMatch(/Order refunded +1 +0 +0 +0\n/)
    expect(dry.out).toMatch(/It took \d+ calls to Polar\.\nNothing was changed\./)
    await system.settle()
    expect(emails(system)).toEqual([])

    const both = await Promise.all([backfill(system), backfill(system)])
    for (const { code, err } of both) expect(err).toMatch(code === 0 ? /^$/ : /^Nothing was begun/)
    expect(both.map(({ code }) => code)).toContain(0)
    await expect.poll(() => emails(system)).toEqual(EMAILS)
    // The late webhooks come as well.
    await system.advance(HOUR)
    const again = await backfill(system, '--since', '2026-01-01')
    expect(again.out).toContain(': 0 events were missed.')
    await system.settle()
    expect(emails(system)).toEqual(EMAILS)
  })

  test('goes on where it was killed', async () => {
    const system = await startWithOutage()
    let kill = () => {}
    system.polarWorld.fault = ({ path }) => {
      if (path === '/v1/refunds/') kill()
      return undefined
    }
    const started = (end: () => void) => {
      kill = end
    }
    await spawnCommand('backfill', system.environment, [], { started })
    const place = await redisOf(system).get(backfillKey('command'))
    expect(JSON.parse(place ?? 'null')).toMatchObject({ source: 3 })
    system.polarWorld.fault = undefined
    const { code, out } = await backfill(system)
    expect([code, out.includes('Order confirmation')]).toEqual([0, true])
    await expect.poll(() => emails(system)).toEqual(EMAILS)
  })

  test('mails nothing that is too old, and learns from it', async () => {
    const system = await startImported()
    // A Postern that is away looks for nothing.
    const comeBack = await withoutBackfill(system)
    await outage(system, async () => {
      await shopping(system)
      await system.advance(4 * DAY)
    })
    await comeBack()
    await system.advance(DAY)
    expect(emails(system).filter((one) => EMAILS.includes(one))).toEqual(
      EMAILS.filter((one) => !one.endsWith('_cancellation') && !one.endsWith('_past_due')),
    )
    expect(warnings(system, 'webhooks were missed, and are made up for')).toMatchObject([
      { too_old: 2 },
    ])
  })

  test('names what the access token may not read, and goes on with the rest', async () => {
    const system = await startWithOutage()
    system.polarWorld.missingScopes = [
      ...['events:read', 'events:write', 'webhooks:read', 'webhooks:write'],
    ]
    const { code, out, err } = await backfill(system)
    expect([code, out.includes('Order confirmation')]).toEqual([1, true])
    expect(err).toContain('The access token may not read: failed deliveries.')
    expect(err).toContain('The access token may not read: system events.')
    await expect.poll(() => emails(system)).toContain('one@example.com order_confirmation')
  })
})

describe('a first start', () => {
  test('imports what Polar has, mails nobody about it, and reminds of what comes', async () => {
    const system = await startTestSystem({
      backfill: true,
      reports: false,
      environment: { QUIET_HOURS: 'off' },
    })
    const now = system.clock.now()
    await disabled(system, async () => {
      await system.polarWorld.scenario.subscribe({
        product: { recurring_interval: 'year' },
        subscription: { current_period_end: new Date(now + 9 * DAY).toISOString() },
        customer: { email: 'yearly@example.com' },
      })
      await system.polarWorld.scenario.purchase({ customer: { email: 'one@example.com' } })
    })
    await system.advance(5 * MINUTE)
    expect(warnings(system, 'customers and subscriptions imported')).toMatchObject([{ learned: 3 }])
    await system.advance(DAY)
    expect(emails(system)).toEqual([])
    await system.advance(2 * DAY)
    expect(emails(system)).toEqual(['yearly@example.com subscription_renewal_reminder'])
  })
})
