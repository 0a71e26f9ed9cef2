// The console's schedule: what falls due and why, and a reminder that an operator cancels.

import { describe, expect, test } from 'vitest'
import { createDue, NUDGE_LOST } from '../../src/redis/due.ts'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { cardEntryOf, shardIdOf } from '../../src/schedule/entries.ts'
import { inspect } from '../support/mailed.ts'
import { PASSWORD, signedIn, startWithConsole, submit } from '../support/operator.ts'
import { shareSystem } from '../support/shared-system.ts'
import type { TestSystem } from '../support/system.ts'

const PATH = '/console/schedule'
const CANCEL = 'Cancel the reminder'
const RENEWAL = 'subscription_renewal_reminder'

const ann = { name: 'Ann Meyer', email: 'ann@example.com' }
const yearly = { name: 'Pro', recurring_interval: 'year' as const }

const OPTIONS = {
  reports: false,
  environment: { CONSOLE_PASSWORD: PASSWORD, QUIET_HOURS: 'off' },
}

/** For tests that cancel nothing and let no time pass. */
const shared = shareSystem(OPTIONS)

const atConsole = async (system: TestSystem) => ({ system, operator: await signedIn(system) })

const start = async () => atConsole(await startWithConsole(OPTIONS))

const subscribe = async ({ polarWorld, settle }: TestSystem, product: object = yearly) => {
  const ids = await polarWorld.scenario.subscribe({ customer: ann, product, amount: 24_000 })
  await settle()
  return ids
}

const failed = async (system: TestSystem) => {
  const ids = await subscribe(system, { name: 'Studio' })
  await system.polarWorld.scenario.failRenewal({ subscriptionId: ids.subscriptionId })
  await system.settle()
  return ids
}

const dueSet = (system: TestSystem) =>
  createDue(inspect(system), 'schedule', system.clock, shardIdOf)

const pass = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

const passUntilRenewal = async (system: TestSystem, subscriptionId: string, before: number) => {
  const { current_period_end } = system.polarWorld.world.subscriptions.get(subscriptionId) ?? {}
  await pass(system, Date.parse(current_period_end ?? '') - before - system.clock.now())
}

/** The rows of the table, as text. The operator signs in for it, since a session ends within a day. */
const rowsOf = async (system: TestSystem) => {
  const { status, body } = await (await signedIn(system)).read(PATH)
  expect(status).toBe(200)
  return [...body.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

const rowAbout = async (system: TestSystem, id: string) =>
  (await rowsOf(system)).find((row) => row.includes(id)) ?? ''

describe('the schedule', () => {
  test('says when a renewal is reminded of, and why, and whose it is', async () => {
    const { system, operator } = await atConsole(shared())
    const { customerId, subscriptionId } = await subscribe(system)
    const row = await rowAbout(system, subscriptionId)
    expect(row).toMatch(/^2\d{3}-\d\d-\d\d .* UTC Renewal reminder Pro It renews 2\d{3}-/)
    expect(row).toContain(customerId)
    expect(await operator.text(PATH)).toMatch(/ \d+ entries When What /)
    expect((await operator.read(PATH)).body).toContain(`href="/console/customers/${customerId}"`)
    expect((await operator.read(PATH)).body).not.toContain(ann.email)
  })

  test('says which step of a failed payment comes next', async () => {
    const { system } = await start()
    const { subscriptionId } = await failed(system)
    await pass(system, 4 * DAY)
    expect(await rowAbout(system, subscriptionId)).toMatch(
      /Payment reminder 2 Studio Payment overdue for 4 days\. Polar ends it 2\d{3}-/,
    )
  })

  test('has Postern’s own tasks, and the look at a card', async () => {
    const system = shared()
    await dueSet(system).at(cardEntryOf('customer-7'), system.clock.now() + HOUR)
    const rows = await rowsOf(system)
    expect(rows.filter((row) => row.includes('Postern’s own task'))).toHaveLength(2)
    expect(rows.join('\n')).toMatch(/Card sweep Once a month/)
    expect(rows.join('\n')).toMatch(/Card check .* customer-7/)
  })

  test('says what will appear while it is empty, and goes on page by page to its last entry', async () => {
    const { system, operator } = await start()
    const due = dueSet(system)
    for (const id of await due.all()) await due.done(id)
    expect(await operator.text(PATH)).toContain('Nothing is scheduled')
    const at = system.clock.now() + HOUR
    for (let n = 0; n < 120; n++) await due.at(cardEntryOf(`customer-${n}`), at)
    const seen: string[] = []
    let path: string | undefined = PATH
    while (path) {
      const { body } = await operator.read(path)
      seen.push(...[...body.matchAll(/customers\/(customer-\d+)"/g)].map(([, id = '']) => id))
      path = /href="([^"]+)">Later</.exec(body)?.[1]
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
  })

  test('refuses a damaged cursor', async () => {
    const { operator } = await atConsole(shared())
    for (const cursor of ['x', '1.2', '1.99.0', '-1.0.0', '']) {
      const { status, body } = await operator.read(`${PATH}?cursor=${cursor}`)
      expect([cursor, status, body]).toEqual([cursor, 400, expect.stringContaining('is damaged')])
    }
  })
})

describe('a reminder that an operator cancels', () => {
  test('is not sent, and no later event brings it back', async () => {
    const { system, operator } = await start()
    const { subscriptionId } = await subscribe(system)
    const { body } = await operator.press(PATH, CANCEL)
    expect(body).toContain('The reminder is cancelled.')
    expect(await rowAbout(system, subscriptionId)).toBe('')
    expect(await operator.text('/console/actions')).toContain(
      `reminder cancelled subscription ${subscriptionId}`,
    )
    await system.polarWorld.scenario.cancel(subscriptionId)
    await system.polarWorld.scenario.uncancel(subscriptionId)
    await system.settle()
    expect(await rowAbout(system, subscriptionId)).toBe('')
    await passUntilRenewal(system, subscriptionId, 7 * DAY - HOUR)
    expect(system.mails(RENEWAL)).toEqual([])
  })

  test('is followed by that of the next period', async () => {
    const { system, operator } = await start()
    const { subscriptionId } = await subscribe(system)
    await operator.press(PATH, CANCEL)
    await passUntilRenewal(system, subscriptionId, 0)
    await system.polarWorld.scenario.renew({ subscriptionId })
    await system.settle()
    expect(await rowAbout(system, subscriptionId)).toContain('Renewal reminder')
    await passUntilRenewal(system, subscriptionId, 7 * DAY - HOUR)
    expect(system.mails(RENEWAL)).toHaveLength(1)
  })

  test('is one step of a failed payment: the next one still comes', async () => {
    const { system, operator } = await start()
    const { subscriptionId } = await failed(system)
    await operator.press(PATH, CANCEL)
    expect(await rowAbout(system, subscriptionId)).toContain('Payment reminder 2')
    await pass(system, 5 * DAY)
    expect(system.mails('payment_reminder')).toEqual([])
    await pass(system, 2 * DAY)
    expect(system.mails('payment_reminder')).toHaveLength(1)
  })

  test('stays if another has taken its place meanwhile', async () => {
    const { system, operator } = await atConsole(shared())
    const { subscriptionId } = await subscribe(system)
    const { body } = await operator.press(PATH, CANCEL, { reminder: '2030-01-01T00:00:00.000Z' })
    expect(body).toContain('Nothing was cancelled: that reminder is gone')
    expect(await rowAbout(system, subscriptionId)).toContain('Renewal reminder')
    expect(await operator.text('/console/actions')).not.toContain('reminder cancelled')
  })

  test('stays if it is falling due', async () => {
    const { system, operator } = await start()
    const { customerId, subscriptionId } = await subscribe(system)
    await dueSet(system).at(`${customerId}/${subscriptionId}`, system.clock.now() + NUDGE_LOST)
    const { body } = await operator.press(PATH, CANCEL)
    expect(body).toContain('Nothing was cancelled: the reminder is falling due right now.')
  })

  test('has to be named', async () => {
    const { system, operator } = await atConsole(shared())
    const csrf = /name="csrf" value="([^"]+)"/.exec((await operator.read(PATH)).body)?.[1] ?? ''
    const { status } = await submit(
      `${system.postern}${PATH}/cancel`,
      { csrf, customer: 'x' },
      { cookie: operator.cookie },
    )
    expect(status).toBe(400)
  })
})
