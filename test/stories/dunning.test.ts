// A customer with a failed payment is reminded until the subscription ends, in each of the four courses, or until it is over.

import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { linesOf } from '../support/mailed.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const ann = { name: 'Ann Meyer', email: 'ann@example.com' }

const start = (environment: NodeJS.ProcessEnv = {}) =>
  startTestSystem({ reports: false, environment: { QUIET_HOURS: 'off', ...environment } })

/** A monthly subscription whose first renewal fails. */
const fail = async (system: TestSystem, input = {}, product = {}) => {
  const { scenario } = system.polarWorld
  const { subscriptionId, customerId } = await scenario.subscribe({ customer: ann, product })
  await scenario.failRenewal({ subscriptionId, ...input })
  await system.settle()
  const failedAt = system.clock.now()
  /** The emails since the failure, oldest first: their kinds, and the days after it. */
  const received = () =>
    system
      .mails()
      .toReversed()
      .filter(({ accepted_at }) => Date.parse(accepted_at) >= failedAt - HOUR)
      .map(({ tags, accepted_at }) => [
        tags.find(({ name }) => name === 'kind')?.value,
        Math.floor((Date.parse(accepted_at) - failedAt + HOUR) / DAY),
      ])
      .filter(([kind]) => kind !== 'subscription_confirmation')
  return { subscriptionId, customerId, failedAt, received }
}

const declinedFor = (reason: string) => ({ decline: { ...INSUFFICIENT_FUNDS, reason } })

const STEPS = [
  ['subscription_past_due', 0],
  ['payment_reminder', 3],
  ['payment_reminder', 6],
  ['payment_reminder', 13],
  ['payment_final_notice', 19],
]

describe('a failed payment that nobody pays', () => {
  test.each([
    [
      'funds are missing',
      declinedFor('insufficient_funds'),
      21,
      'We will try the payment again on',
    ],
    [
      'the bank declines for good',
      declinedFor('do_not_honor'),
      21,
      'We won’t charge this payment method again',
    ],
    ['there is no card', { noCard: true }, 23, 'Add payment method'],
    ['the bank asks the customer', declinedFor('authentication_required'), 21, 'Confirm payment'],
  ])('is reminded of until the end: %s', async (_, input, end, says) => {
    const system = await start()
    const { received } = await fail(system, input)
    await system.advance(24 * DAY)
    expect(received()).toEqual([...STEPS, ['subscription_revoked', end]])
    const reminders = system.mails('payment_reminder')
    expect(reminders.at(-1)?.text).toContain(says)
    const isRetried = says.startsWith('We will try')
    for (const { text } of [...reminders, ...system.mails('payment_final_notice')])
      if (!isRetried) expect(text).not.toContain('We will try')
  })

  test('is one conversation', async () => {
    const system = await start()
    await fail(system)
    await system.advance(14 * DAY)
    const mails = [...system.mails('payment_reminder'), ...system.mails('subscription_past_due')]
    expect(mails).toHaveLength(4)
    const [thread, ...others] = new Set(mails.map(({ headers }) => headers.References))
    expect(thread).toMatch(/^<[\w.-]+@larkspur\.example\.com>$/)
    expect(others).toEqual([])
    expect(mails.some(({ headers }) => 'X-Entity-Ref-ID' in headers)).toBe(false)
  })
})

describe('the reminders stop', () => {
  test('when the customer pays with a new card, and are thanked for once', async () => {
    const system = await start()
    const { received, customerId } = await fail(system)
    await system.advance(7 * DAY)
    await system.polarWorld.scenario.changeCard(customerId)
    await system.settle()
    await system.advance(17 * DAY)
    expect(received()).toEqual([...STEPS.slice(0, 3), ['payment_recovered', 7]])
  })

  test('when the customer cancels', async () => {
    const system = await start()
    const { received, subscriptionId } = await fail(system)
    await system.advance(4 * DAY)
    await system.polarWorld.scenario.cancel(subscriptionId)
    await system.settle()
    await system.advance(16 * DAY)
    expect(received().filter(([kind]) => kind === 'payment_reminder')).toEqual([
      ['payment_reminder', 3],
    ])
    expect(system.mails('payment_final_notice')).toEqual([])
  })

  test('when nothing is owed any more', async () => {
    const system = await start()
    const { subscriptionId } = await fail(system)
    const { world } = system.polarWorld
    for (const order of world.orders.values())
      if (order.status === 'pending')
        world.orders.set(order.id, { ...order, status: 'void', next_payment_attempt_at: null })
    system.clock.advance(3 * DAY + HOUR)
    await system.settle()
    expect(system.mails('payment_reminder')).toEqual([])
    expect(linesOf(system, 'reminder fell due')).toMatchObject([
      { subscription: subscriptionId, because: 'nothing is owed' },
    ])
  })

  test('where Polar says that it was paid, though no event came', async () => {
    const system = await start()
    const { customerId } = await fail(system)
    system.polarWorld.script.changeCard(customerId) // its events are lost
    system.clock.advance(3 * DAY + HOUR)
    await system.settle()
    expect(system.mails('payment_reminder')).toEqual([])
  })
})

describe('a weekly plan that fails twice', () => {
  const weekly = { recurring_interval: 'week' as const }

  test('has one reminder a step, with all that is owed', async () => {
    const system = await start()
    const { received } = await fail(system, {}, weekly)
    await system.advance(14 * DAY)
    expect(received()).toEqual(STEPS.slice(0, 4))
    const [third, second] = system.mails('payment_reminder')
    expect(second?.text).toContain('$29.00')
    expect(third?.text).toContain('$58.00')
  })
})

describe('the button of a reminder leads', () => {
  test('to the order where one is open', async () => {
    const system = await start()
    await fail(system)
    await system.advance(3 * DAY + HOUR)
    const { location } = await visit(firstLink(system.mails('payment_reminder')[0]?.text ?? null), {
      headers: NAVIGATION,
    })
    expect(location).toContain('/portal/orders/')
  })

  test('to the payment methods where the customer has used up the five attempts', async () => {
    const system = await start()
    await fail(system)
    await system.advance(3 * DAY + HOUR)
    const { world } = system.polarWorld
    const order = [...world.orders.values()].find(({ status }) => status === 'pending')
    const [payment] = order ? world.paymentsOf(order.id) : []
    if (!payment) throw new Error('no failed payment')
    const link = firstLink(system.mails('payment_reminder')[0]?.text ?? null)
    const pages: string[] = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      const id = `attempt-${attempt}`
      world.payments.set(id, { ...payment, id, trigger: 'retry_customer' })
      const { location } = await visit(link, { headers: NAVIGATION })
      pages.push(location.includes('/portal/orders/') ? 'order' : location.replace(/\?.*/, ''))
    }
    expect(pages.slice(0, 4)).toEqual(['order', 'order', 'order', 'order'])
    expect(pages[4]).toMatch(/\/portal\/settings$/)
  })

  test('to the payment methods where several are open', async () => {
    const system = await start()
    await fail(system, {}, { recurring_interval: 'week' as const })
    await system.advance(14 * DAY)
    const { location } = await visit(firstLink(system.mails('payment_reminder')[0]?.text ?? null), {
      headers: NAVIGATION,
    })
    expect(location).toContain('/portal/settings')
  })
})

test('a reminder is rehearsed on its day in shadow mode', async () => {
  const system = await start({ SEND_MODE: 'shadow' })
  await fail(system)
  system.clock.advance(3 * DAY + HOUR)
  await system.settle()
  expect(
    linesOf(system, 'message not sent').filter(({ kind }) => kind === 'payment_reminder'),
  ).toMatchObject([{ because: 'shadow' }])
})
