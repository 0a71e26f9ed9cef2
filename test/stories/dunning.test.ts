// A customer with a failed payment is reminded until the subscription ends, in each of the four courses, or until it is over.

import { beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { linesOf } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const OPTIONS = { reports: false, environment: { QUIET_HOURS: 'off', LINK_SETTLE_SECONDS: '0' } }

/** A new customer with a monthly subscription whose first renewal fails. */
const fail = async (system: TestSystem, input = {}, product = {}) => {
  const { scenario } = system.polarWorld
  const email = newAddress()
  const { subscriptionId, customerId } = await scenario.subscribe({ customer: { email }, product })
  const { orderId } = await scenario.failRenewal({ subscriptionId, ...input })
  await system.settle()
  const failedAt = system.clock.now()
  const mails = (kind?: string) => system.mails(kind).filter(({ to }) => to.includes(email))
  /** The emails since the failure, oldest first: their kinds, and the days after it. */
  const received = () =>
    mails()
      .toReversed()
      .filter(({ accepted_at }) => Date.parse(accepted_at) >= failedAt - HOUR)
      .map(({ tags, accepted_at }) => [
        tags.find(({ name }) => name === 'kind')?.value,
        Math.floor((Date.parse(accepted_at) - failedAt + HOUR) / DAY),
      ])
      .filter(([kind]) => kind !== 'subscription_confirmation')
  /** The page to which the button of the newest reminder leads. */
  const page = async () => {
    const link = firstLink(mails('payment_reminder')[0]?.text ?? null)
    const { location } = await visit(link, { headers: NAVIGATION })
    return location.replace(/\?.*/, '')
  }
  return { subscriptionId, customerId, orderId, mails, received, page }
}

const declinedFor = (reason: string) => ({ decline: { ...INSUFFICIENT_FUNDS, reason } })

const STEPS = [
  ['subscription_past_due', 0],
  ['payment_reminder', 3],
  ['payment_reminder', 6],
  ['payment_reminder', 13],
  ['payment_final_notice', 19],
]

/** Why nobody pays, on which day it ends, and what the last reminder says. */
const COURSES: [string, object, number, string][] = [
  ['funds are missing', declinedFor('insufficient_funds'), 21, 'We will try the payment again on'],
  [
    'the bank declines for good',
    declinedFor('do_not_honor'),
    21,
    'We won’t charge this payment method again',
  ],
  ['there is no card', { noCard: true }, 23, 'Add payment method'],
  ['the bank asks the customer', declinedFor('authentication_required'), 21, 'Confirm payment'],
]

/** Payments of several customers fail, and 24 days pass. */
const playDays = async (system: TestSystem) => {
  const { scenario } = system.polarWorld
  const unpaid: Record<string, Awaited<ReturnType<typeof fail>>> = {}
  for (const [why, input] of COURSES) unpaid[why] = await fail(system, input)
  const weekly = await fail(system, {}, { recurring_interval: 'week' })
  const leaver = await fail(system)
  const payer = await fail(system)

  await system.advance(4 * DAY)
  await scenario.cancel(leaver.subscriptionId)
  await system.advance(3 * DAY)
  await scenario.changeCard(payer.customerId)
  await system.settle()
  await system.advance(7 * DAY)
  const fortnight = { received: weekly.received(), page: await weekly.page() }
  await system.advance(10 * DAY)
  return { unpaid, weekly, leaver, payer, fortnight }
}

describe('a failed payment', () => {
  const shared = shareSystem(OPTIONS)
  let days: Awaited<ReturnType<typeof playDays>>
  beforeAll(async () => {
    days = await playDays(shared())
  })

  test.each(COURSES)('that nobody pays is reminded of until the end: %s', (why, _, end, says) => {
    const { received = () => [], mails = () => [] } = days.unpaid[why] ?? {}
    expect(received()).toEqual([...STEPS, ['subscription_revoked', end]])
    const reminders = mails('payment_reminder')
    expect(reminders.at(-1)?.text).toContain(says)
    const isRetried = says.startsWith('We will try')
    for (const { text } of [...reminders, ...mails('payment_final_notice')])
      if (!isRetried) expect(text).not.toContain('We will try')
  })

  test('is one conversation', () => {
    const { mails = () => [] } = days.unpaid['funds are missing'] ?? {}
    const conversation = [...mails('payment_reminder'), ...mails('subscription_past_due')]
    expect(conversation).toHaveLength(4)
    const [thread, ...others] = new Set(conversation.map(({ headers }) => headers.References))
    expect(thread).toMatch(/^<[\w.-]+@larkspur\.example\.com>$/)
    expect(others).toEqual([])
    expect(conversation.some(({ headers }) => 'X-Entity-Ref-ID' in headers)).toBe(false)
  })

  test('is not reminded of once the customer pays with a new card, and is thanked for once', () => {
    expect(days.payer.received()).toEqual([...STEPS.slice(0, 3), ['payment_recovered', 7]])
  })

  test('is not reminded of once the customer cancels', () => {
    const { mails, received } = days.leaver
    expect(received().filter(([kind]) => kind === 'payment_reminder')).toEqual([
      ['payment_reminder', 3],
    ])
    expect(mails('payment_final_notice')).toEqual([])
  })

  test('of a weekly plan that fails again has one reminder a step, with all that is owed', () => {
    expect(days.fortnight.received).toEqual(STEPS.slice(0, 4))
    const [third, second] = days.weekly.mails('payment_reminder')
    expect(second?.text).toContain('$29.00')
    expect(third?.text).toContain('$58.00')
  })

  test('has a button that leads to the payment methods where several orders are open', () => {
    expect(days.fortnight.page).toMatch(/\/portal\/settings$/)
  })
})

describe('three days after a failed payment', () => {
  const shared = shareSystem(OPTIONS)

  const pass = async () => {
    shared().clock.advance(3 * DAY + HOUR)
    await shared().settle()
  }

  test('the customer is not reminded when nothing is owed any more', async () => {
    const { subscriptionId, orderId, mails } = await fail(shared())
    const { orders } = shared().polarWorld.world
    const order = orders.get(orderId)
    if (!order) throw new Error('no open order')
    orders.set(orderId, { ...order, status: 'void', next_payment_attempt_at: null })
    await pass()
    expect(mails('payment_reminder')).toEqual([])
    expect(linesOf(shared(), 'reminder fell due')).toContainEqual(
      expect.objectContaining({ subscription: subscriptionId, because: 'nothing is owed' }),
    )
  })

  test('the customer is not reminded where Polar says that it was paid, though no event came', async () => {
    const { customerId, mails } = await fail(shared())
    shared().polarWorld.script.changeCard(customerId) // its events are lost
    await pass()
    expect(mails('payment_reminder')).toEqual([])
  })

  test('the button leads to the order, and to the payment methods once five attempts are used up', async () => {
    const { orderId, page } = await fail(shared())
    await pass()
    const { world } = shared().polarWorld
    const [payment] = world.paymentsOf(orderId)
    if (!payment) throw new Error('no failed payment')
    const pages = [await page()]
    for (let attempt = 1; attempt <= 5; attempt++) {
      const id = `attempt-${attempt}`
      world.payments.set(id, { ...payment, id, trigger: 'retry_customer' })
      pages.push(await page())
    }
    expect(pages.slice(0, 5)).toEqual(
      Array(5).fill(expect.stringMatching(`/portal/orders/${orderId}$`)),
    )
    expect(pages[5]).toMatch(/\/portal\/settings$/)
  })
})

test('a reminder is rehearsed on its day in shadow mode', async () => {
  const system = await startTestSystem({
    ...OPTIONS,
    environment: { ...OPTIONS.environment, SEND_MODE: 'shadow' },
  })
  await fail(system)
  system.clock.advance(3 * DAY + HOUR)
  await system.settle()
  expect(
    linesOf(system, 'message not sent').filter(({ kind }) => kind === 'payment_reminder'),
  ).toMatchObject([{ because: 'shadow' }])
})
