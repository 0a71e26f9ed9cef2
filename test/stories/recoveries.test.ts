// A payment that is recovered is thanked for once, and credited to the email whose link brought the customer, or to nobody.

import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { inspect, linesOf, type Mail, messageOf } from '../support/mailed.ts'
import { bearer, credited, fail, get, pay, recovery, start, TOKENS } from '../support/recoveries.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

const clicksOf = async (system: TestSystem, mail: Mail) =>
  (await get(system, `/api/messages/${messageOf(mail)}/clicks`)).json.clicks

/** A person follows the link of an email. The click is kept after the answer. */
const follow = async (system: TestSystem, mail: Mail | undefined) => {
  if (!mail) throw new Error('no email')
  const before = (await clicksOf(system, mail)).length
  await visit(firstLink(mail.text))
  await expect.poll(() => clicksOf(system, mail)).toHaveLength(before + 1)
}

/** Polar cannot say how an order was paid. */
const withoutPayments = ({ path }: { path: string }) =>
  path === '/v1/payments/' ? { status: 503 } : undefined

/** A browser that sends no Sec-Fetch headers. */
const UNSURE = { 'user-agent': NAVIGATION['user-agent'] }

describe('a recovered payment is credited', () => {
  test('to the last reminder whose link a person followed', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    await follow(system, system.mails('subscription_past_due')[0])
    await system.advance(6 * DAY + HOUR)
    const [second, first] = system.mails('payment_reminder')
    await follow(system, second)
    await follow(system, first)
    await pay(system, orderId)
    expect(await credited(system)).toEqual({ payment_reminder_2: recovery() })
    expect(system.mails('payment_recovered')).toHaveLength(1)
  })

  test('to an email whose Continue button was pressed, and not to one that was only opened', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    await system.advance(3 * DAY + HOUR)
    const [notice] = system.mails('subscription_past_due')
    const [reminder] = system.mails('payment_reminder')
    if (!notice || !reminder) throw new Error('an email is missing')
    await visit(firstLink(reminder.text), { headers: { 'user-agent': 'Slackbot 1.0' } })
    await visit(firstLink(reminder.text), { headers: UNSURE })
    await expect.poll(() => clicksOf(system, reminder)).toMatchObject([{ visitor: 'unsure' }])
    const link = firstLink(notice.text)
    const { body } = await visit(link, { headers: UNSURE })
    await press(link, body)
    await expect.poll(() => clicksOf(system, notice)).toHaveLength(2)
    await pay(system, orderId)
    expect(await credited(system)).toEqual({ subscription_past_due: recovery() })
  })

  test('to nobody where Polar’s own retry succeeded, though a link was followed', async () => {
    const system = await start()
    await fail(system)
    await follow(system, system.mails('subscription_past_due')[0])
    system.polarWorld.world.declines.clear()
    await system.advance(2 * DAY + 2 * HOUR)
    expect(await credited(system)).toEqual({ polar: recovery() })
    expect(system.mails('payment_recovered')).toHaveLength(1)
  })

  test.each([
    ['the customer, who came without our link', false, 'customer'],
    ['the first notice, whose link was followed', true, 'subscription_past_due'],
  ])('after a change of card to %s', async (_, isFollowed, by) => {
    const system = await start()
    const { customerId } = await fail(system)
    if (isFollowed) await follow(system, system.mails('subscription_past_due')[0])
    await system.polarWorld.scenario.changeCard(customerId)
    await system.settle()
    expect(await credited(system)).toEqual({ [by]: recovery() })
  })

  test('to the customer where a link was followed only after the payment', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    system.polarWorld.fault = withoutPayments
    await pay(system, orderId)
    system.clock.advance(MINUTE)
    await follow(system, system.mails('subscription_past_due')[0])
    system.polarWorld.fault = undefined
    await system.advance(15 * MINUTE)
    expect(await credited(system)).toEqual({ customer: recovery() })
  })
})

describe('several open orders', () => {
  const weekly = { recurring_interval: 'week' as const }

  test('are thanked for once, with the last payment, and credited each', async () => {
    const system = await start()
    const { orderId, customerId } = await fail(system, weekly)
    await system.advance(8 * DAY)
    const { world } = system.polarWorld
    const open = [...world.orders.values()].filter(({ status }) => status === 'pending')
    const second = open.find(({ id }) => id !== orderId)
    expect(open).toHaveLength(2)
    await pay(system, orderId)
    // The customer paid with another card: the one on file still declines.
    world.declines.set(world.defaultCardOf(customerId)?.id ?? '', INSUFFICIENT_FUNDS)
    expect(system.mails('payment_recovered')).toEqual([])
    expect(system.mails('subscription_cycled')).toHaveLength(1)
    await system.advance(5 * DAY + HOUR)
    const reminders = system.mails('payment_reminder')
    expect(reminders).toHaveLength(3)
    expect(reminders[0]?.text).not.toContain('$58.00')
    await follow(system, reminders[0])
    await pay(system, second?.id ?? '')
    expect(system.mails('payment_recovered')).toHaveLength(1)
    expect(system.mails('subscription_cycled')).toHaveLength(1)
    expect(await credited(system)).toEqual({
      ...{ customer: recovery(), payment_reminder_3: recovery() },
    })
  })
})

describe('a payment is counted once', () => {
  test('though Polar’s payments could not be read at first', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    await follow(system, system.mails('subscription_past_due')[0])
    system.polarWorld.fault = withoutPayments
    await pay(system, orderId)
    expect(await credited(system)).toEqual({})
    expect(linesOf(system, 'credit put off')).toHaveLength(1)
    system.polarWorld.fault = undefined
    await system.advance(15 * MINUTE)
    expect(await credited(system)).toEqual({ subscription_past_due: recovery() })
  })

  test('however often its events come, and in whatever order', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    const { script, deliver } = system.polarWorld
    const { events } = script.recover(orderId, 'retry_customer')
    for (const event of [...events.toReversed(), ...events]) await deliver(event)
    await system.settle()
    for (const event of events) await deliver(event)
    await system.settle()
    expect(await credited(system)).toEqual({ customer: recovery() })
    expect(system.mails('payment_recovered')).toHaveLength(1)
  })

  test('not at all where it recovers nothing', async () => {
    const system = await start()
    const { subscriptionId } = await system.polarWorld.scenario.subscribe()
    await system.polarWorld.scenario.renew({ subscriptionId })
    await system.settle()
    expect((await get(system, '/api/recovered')).json).toEqual({
      ...{ since: null, until: null, recovered: [] },
    })
  })
})

test('an erased customer leaves the totals, and no payment that is still to be credited', async () => {
  const system = await start()
  const first = await fail(system)
  await pay(system, first.orderId)
  const second = await fail(system)
  system.polarWorld.fault = withoutPayments
  await pay(system, second.orderId)
  const due = async () => {
    const redis = inspect(system)
    const keys = await redis.keys('postern:*:due:schedule')
    return (await Promise.all(keys.map((key) => redis.zrange(key, '0', '-1')))).flat()
  }
  expect((await due()).filter((entry) => entry.endsWith('/credit'))).toHaveLength(1)
  for (const { customerId } of [first, second])
    await visit(`${system.postern}/api/customers/${customerId}`, {
      ...{ method: 'DELETE', ...bearer(TOKENS.API_TOKEN) },
    })
  expect((await due()).filter((entry) => entry.includes('/'))).toEqual([])
  expect(await credited(system)).toEqual({ customer: recovery() })
})
