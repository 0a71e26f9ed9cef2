// A month at the simulated Polar: what falls due, when, and which webhooks come of it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { type Advance, createAdvance } from '../../src/sandbox/advance.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { CHARGED } from './events-of.ts'
import { type Started, startPolar } from './world.ts'

const START = Date.parse('2026-03-02T10:20:00Z')

/** It stands still until it is moved. */
const createStillClock = () => {
  let now = START
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
}

let started: Started
let clock: ReturnType<typeof createStillClock>
let advance: Advance
beforeEach(async () => {
  clock = createStillClock()
  started = await startPolar({ clock })
  advance = createAdvance({ clock, polar: started.polar.time })
})
afterEach(() => started.close())

/** `04-02 10:20`: the month and day, and the minute. */
const minute = (instant: string) => instant.slice(5, 16).replace('T', ' ')

/** The webhooks since the last call, by the minute of their events. */
const webhooks = () => {
  const minutes: [string, ...string[]][] = []
  for (const { body, type } of started.received.splice(0)) {
    const at = minute((JSON.parse(body) as { timestamp: string }).timestamp)
    const last = minutes.at(-1)
    if (last?.[0] === at) last.push(type)
    else minutes.push([at, type])
  }
  return minutes
}

/** Lets days pass. Returns the minutes of the charges that were tried again. */
const retriesWithin = async (days: number) => {
  const happened = await advance(days * DAY)
  return happened.filter(({ what }) => what === 'retry').map(({ at }) => minute(at))
}

const subscribe = (product: object = {}) => started.polar.script.subscribe({ product })
const declineWith = (customerId: string, reason: string) =>
  started.polar.script.changeCard(customerId, { decline: { reason, message: 'No.' } })
const statusOf = (id: string) => started.polar.world.subscriptions.get(id)?.status
const paymentsOf = (orderId: string | undefined) =>
  started.polar.world.paymentsOf(orderId ?? '').map(({ status, trigger }) => `${status} ${trigger}`)
const lastOrderOf = (customerId: string) => started.polar.world.ordersOf(customerId)[0]

const CYCLED = ['subscription.cycled', 'subscription.updated']
const RENEWED = [...CYCLED, ...CHARGED]
const PAST_DUE = [...CYCLED, 'order.created', 'subscription.updated', 'subscription.past_due']
const OVER = ['subscription.updated', 'subscription.canceled', 'subscription.revoked']
const GIVEN_UP = [...OVER, 'order.updated']
const RECOVERED = ['subscription.updated', 'subscription.active', 'order.updated', 'order.paid']

describe('a renewal', () => {
  test('comes at the end of each period, at the same time of day', async () => {
    const { subscriptionId } = subscribe()
    await advance(70 * DAY)
    expect(webhooks()).toEqual([
      ['04-02 10:20', ...RENEWED],
      ['05-02 10:20', ...RENEWED],
    ])
    expect(statusOf(subscriptionId)).toBe('active')
  })

  test('of a year comes after a year', async () => {
    subscribe({ recurring_interval: 'year' })
    await advance(364 * DAY)
    expect(webhooks()).toEqual([])
    await advance(2 * DAY)
    expect(webhooks()).toEqual([['03-02 10:20', ...RENEWED]])
  })

  test('brings the plan that was chosen for it', async () => {
    const { subscriptionId, customerId } = subscribe({ amount: 2900 })
    const product = { name: 'Label Plan', amount: 7900 }
    started.polar.script.changePlan(subscriptionId, { product, proration: 'next_period' })
    await advance(40 * DAY)
    expect(webhooks()).toEqual([['04-02 10:20', ...RENEWED]])
    expect(lastOrderOf(customerId)).toMatchObject({ total_amount: 7900 })
    expect(started.polar.world.subscriptions.get(subscriptionId)?.pending_update).toBeNull()
  })

  test('that costs nothing needs no card that works', async () => {
    const { customerId } = subscribe({ amount: 0 })
    declineWith(customerId, 'insufficient_funds')
    await advance(40 * DAY)
    expect(webhooks()).toEqual([['04-02 10:20', ...RENEWED]])
    await advance(25 * DAY)
    expect(webhooks()).toEqual([['05-02 10:20', ...RENEWED]])
  })

  test('is declined once the month of the card is over, and that is a hard decline', async () => {
    const { customerId } = subscribe()
    started.polar.script.changeCard(customerId, { exp_month: 4, exp_year: 2026 })
    await advance(40 * DAY)
    expect(webhooks()).toEqual([['04-02 10:20', ...RENEWED]])
    await advance(25 * DAY)
    expect(webhooks()).toEqual([['05-02 10:20', ...PAST_DUE]])
    const order = lastOrderOf(customerId)
    expect(started.polar.world.paymentsOf(order?.id ?? '')).toMatchObject([
      { decline_reason: 'expired_card' },
    ])
    expect(order?.next_payment_attempt_at).toMatch(/^2026-05-23T10:21/)
  })
})

describe('the course of a failed renewal', () => {
  test.each(['insufficient_funds', 'authentication_required'])(
    'after a soft decline (%s) has four more charges, and ends with the last',
    async (reason) => {
      const { customerId, subscriptionId } = subscribe()
      declineWith(customerId, reason)
      expect(await retriesWithin(60)).toEqual([
        '04-04 11:00',
        '04-09 12:00',
        '04-16 13:00',
        '04-23 14:00',
      ])
      expect(webhooks()).toEqual([
        ['04-02 10:20', ...PAST_DUE],
        ['04-23 14:00', ...GIVEN_UP],
      ])
      expect(paymentsOf(lastOrderOf(customerId)?.id)).toEqual([
        'failed subscription_cycle',
        ...Array(4).fill('failed retry_dunning'),
      ])
      expect(started.polar.world.subscriptions.get(subscriptionId)).toMatchObject({
        status: 'canceled',
        past_due_at: expect.stringMatching(/^2026-04-02T10:20/),
        ended_at: expect.stringMatching(/^2026-04-23T14:00/),
      })
      expect(lastOrderOf(customerId)?.status).toBe('void')
    },
  )

  test('after a hard decline has one more charge, after the deadline, and ends with it', async () => {
    const { customerId } = subscribe()
    declineWith(customerId, 'do_not_honor')
    expect(await retriesWithin(60)).toEqual(['04-23 11:00'])
    expect(webhooks()).toEqual([
      ['04-02 10:20', ...PAST_DUE],
      ['04-23 11:00', ...GIVEN_UP],
    ])
    expect(paymentsOf(lastOrderOf(customerId)?.id)).toEqual([
      'failed subscription_cycle',
      'failed retry_dunning',
    ])
  })

  test('without a card lasts two days longer, and has no payments', async () => {
    const { customerId } = subscribe()
    started.polar.world.removeCards(customerId)
    expect(await retriesWithin(60)).toEqual([
      '04-04 11:00',
      '04-11 12:00',
      '04-18 13:00',
      '04-25 14:00',
    ])
    expect(webhooks()).toEqual([
      ['04-02 10:20', ...PAST_DUE, 'order.updated'],
      ['04-25 14:00', ...GIVEN_UP],
    ])
    expect(paymentsOf(lastOrderOf(customerId)?.id)).toEqual([])
  })

  test('does not change where a later decline is a hard one', async () => {
    const { customerId } = subscribe()
    declineWith(customerId, 'insufficient_funds')
    await advance(32 * DAY)
    const card = started.polar.world.defaultCardOf(customerId)?.id ?? ''
    started.polar.world.declines.set(card, { reason: 'stolen_card', message: 'No.' })
    expect(await retriesWithin(30)).toEqual([
      '04-04 11:00',
      '04-09 12:00',
      '04-16 13:00',
      '04-23 14:00',
    ])
  })

  test('ends at the second attempt if the card works by then', async () => {
    const { customerId, subscriptionId } = subscribe()
    declineWith(customerId, 'insufficient_funds')
    expect(await retriesWithin(35)).toEqual(['04-04 11:00'])
    started.polar.world.declines.clear()
    expect(await retriesWithin(20)).toEqual(['04-09 12:00'])
    expect(webhooks()).toEqual([
      ['04-02 10:20', ...PAST_DUE],
      ['04-09 12:00', ...RECOVERED],
    ])
    expect(statusOf(subscriptionId)).toBe('active')
    await advance(10 * DAY)
    expect(webhooks()).toEqual([['05-02 10:20', ...RENEWED]])
  })
})

describe('a weekly plan that is past due', () => {
  const weekly = () => {
    const made = subscribe({ recurring_interval: 'week' })
    declineWith(made.customerId, 'insufficient_funds')
    return made
  }

  test('goes on cycling, and becomes past due only once', async () => {
    const { customerId } = weekly()
    const retries = await retriesWithin(15)
    expect(webhooks()).toEqual([
      ['03-09 10:20', ...PAST_DUE],
      ['03-16 10:20', ...CYCLED, 'order.created'],
    ])
    expect(retries).toEqual(['03-11 11:00', '03-16 12:00'])
    const open = started.polar.world.ordersOf(customerId).filter(({ paid }) => !paid)
    expect(open.map(({ next_payment_attempt_at: at }) => minute(at ?? ''))).toEqual([
      '03-18 10:20',
      '03-23 12:00',
    ])
  })

  test('has the deadline of its first failure, for a later hard decline too', async () => {
    const { customerId } = weekly()
    await advance(8 * DAY)
    declineWith(customerId, 'do_not_honor')
    await advance(7 * DAY)
    expect(lastOrderOf(customerId)?.next_payment_attempt_at).toMatch(/^2026-03-30T10:21/)
  })

  test('is active again when the last open order is paid, and not before', async () => {
    const { subscriptionId } = weekly()
    await advance(15 * DAY)
    started.polar.world.declines.clear()
    webhooks()
    await advance(5 * DAY)
    expect(webhooks()).toEqual([['03-18 11:00', 'order.updated', 'order.paid']])
    expect(statusOf(subscriptionId)).toBe('past_due')
    await advance(2 * DAY)
    expect(webhooks()).toEqual([
      ['03-23 10:20', ...RENEWED],
      ['03-23 13:00', ...RECOVERED],
    ])
    expect(statusOf(subscriptionId)).toBe('active')
  })

  test('ends at the first attempt three weeks after its first failure, and all its open orders are void', async () => {
    const { customerId, subscriptionId } = weekly()
    await advance(60 * DAY)
    const all = webhooks()
    expect(all.at(-1)).toEqual(['03-30 12:00', ...OVER, ...Array(4).fill('order.updated')])
    expect(all.flat().filter((type) => type === 'subscription.past_due')).toHaveLength(1)
    expect(statusOf(subscriptionId)).toBe('canceled')
    const orders = started.polar.world.ordersOf(customerId).filter(({ paid }) => !paid)
    expect(orders.map(({ status }) => status)).toEqual(Array(4).fill('void'))
  })
})

describe('a trial', () => {
  test('becomes a paid subscription when it ends', async () => {
    const { subscriptionId } = subscribe({ trialDays: 14, amount: 1900 })
    await advance(20 * DAY)
    expect(webhooks()).toEqual([['03-16 10:20', ...RENEWED]])
    const of = started.polar.world.subscriptions.get(subscriptionId)
    expect(of).toMatchObject({ status: 'active', trial_end: of?.current_period_start })
  })

  test('whose first charge fails is past due', async () => {
    const { customerId } = subscribe({ trialDays: 14 })
    declineWith(customerId, 'insufficient_funds')
    await advance(15 * DAY)
    expect(webhooks()).toEqual([['03-16 10:20', ...PAST_DUE]])
  })

  test('that was cancelled ends without a charge', async () => {
    const { subscriptionId } = subscribe({ trialDays: 14 })
    started.polar.script.cancel(subscriptionId)
    await advance(60 * DAY)
    expect(webhooks()).toEqual([['03-16 10:20', ...OVER]])
    expect(statusOf(subscriptionId)).toBe('canceled')
  })
})

describe('a new default card', () => {
  test('pays every open order at once', async () => {
    const { customerId, subscriptionId } = subscribe({ recurring_interval: 'week' })
    declineWith(customerId, 'insufficient_funds')
    await advance(15 * DAY)
    webhooks()
    await started.polar.scenario.changeCard(customerId)
    expect(webhooks()).toEqual([
      ['03-17 10:20', 'customer.updated', 'order.updated', 'order.paid', ...RECOVERED],
    ])
    expect(paymentsOf(lastOrderOf(customerId)?.id)).toEqual([
      'failed subscription_cycle',
      'succeeded retry_payment_method_update',
    ])
    expect(statusOf(subscriptionId)).toBe('active')
    expect(await retriesWithin(4)).toEqual([])
  })

  test('that is declined too does not shorten the course', async () => {
    const { customerId } = subscribe()
    declineWith(customerId, 'insufficient_funds')
    await advance(32 * DAY)
    webhooks()
    await started.polar.scenario.changeCard(customerId, { decline: INSUFFICIENT_FUNDS })
    expect(webhooks()).toEqual([['04-03 10:20', 'customer.updated']])
    expect(await retriesWithin(30)).toEqual([
      '04-04 11:00',
      '04-09 12:00',
      '04-16 13:00',
      '04-23 14:00',
    ])
  })

  test('is not charged for a subscription that was cancelled', async () => {
    const { customerId, subscriptionId } = subscribe()
    declineWith(customerId, 'insufficient_funds')
    await advance(32 * DAY)
    started.polar.script.cancel(subscriptionId)
    const { orderIds } = await started.polar.scenario.changeCard(customerId)
    expect(orderIds).toEqual([])
    expect(statusOf(subscriptionId)).toBe('past_due')
  })
})

describe('a pause', () => {
  test('begins with the end of the period, and its end is charged', async () => {
    const { subscriptionId } = subscribe()
    started.polar.script.schedulePause(subscriptionId, { resumesAt: '2026-05-10T08:00:00Z' })
    await advance(80 * DAY)
    expect(webhooks()).toEqual([
      ['04-02 10:20', 'subscription.updated', 'subscription.paused'],
      ['05-10 08:00', 'subscription.updated', 'subscription.resumed', ...CHARGED],
    ])
  })

  test('whose end cannot be charged leaves the subscription past due', async () => {
    const { subscriptionId, customerId } = subscribe()
    started.polar.script.schedulePause(subscriptionId, { resumesAt: '2026-05-10T08:00:00Z' })
    declineWith(customerId, 'insufficient_funds')
    await advance(70 * DAY)
    expect(webhooks().at(-1)).toEqual([
      '05-10 08:00',
      ...['subscription.updated', 'subscription.resumed', 'order.created'],
      ...['subscription.updated', 'subscription.past_due'],
    ])
    expect(await retriesWithin(5)).toEqual(['05-12 09:00'])
  })

  test('without an end lasts', async () => {
    const { subscriptionId } = subscribe()
    started.polar.script.schedulePause(subscriptionId, { resumesAt: null })
    await advance(400 * DAY)
    expect(statusOf(subscriptionId)).toBe('paused')
  })
})

test('a cancelled subscription ends with its period, and its open orders are void', async () => {
  const { subscriptionId, customerId } = subscribe({ recurring_interval: 'week' })
  declineWith(customerId, 'do_not_honor')
  await advance(8 * DAY)
  started.polar.script.cancel(subscriptionId)
  webhooks()
  await advance(60 * DAY)
  expect(webhooks()).toEqual([['03-16 10:20', ...GIVEN_UP]])
})

describe('an organization that may not renew', () => {
  const renewals = (subscription_renewals: boolean) => {
    const { world } = started.polar
    const { capabilities } = world.organization
    world.changeOrganization({
      capabilities: { ...capabilities, subscription_renewals } as typeof capabilities,
    })
  }

  test('has no renewals and no retries, and no webhook says so', async () => {
    subscribe()
    const failed = subscribe({ recurring_interval: 'week' })
    declineWith(failed.customerId, 'insufficient_funds')
    await advance(8 * DAY)
    webhooks()
    renewals(false)
    expect(await advance(60 * DAY)).toEqual([])
    expect(webhooks()).toEqual([])
    const next = lastOrderOf(failed.customerId)?.next_payment_attempt_at ?? ''
    expect(Date.parse(next)).toBeLessThan(clock.now())
  })

  test('makes up for them as soon as it may: renewals at once, retries at the next full hour', async () => {
    const { subscriptionId } = subscribe()
    const failed = subscribe({ recurring_interval: 'year' })
    await advance(364 * DAY)
    declineWith(failed.customerId, 'insufficient_funds')
    await advance(2 * DAY)
    webhooks()
    renewals(false)
    await advance(40 * DAY)
    started.polar.world.declines.clear()
    renewals(true)
    await advance(2 * HOUR)
    expect(webhooks()).toEqual([
      ['04-12 10:20', ...RENEWED],
      ['04-12 11:00', ...RECOVERED],
    ])
    expect(statusOf(subscriptionId)).toBe('active')
  })
})

describe('a raw event', () => {
  const apply = (change: object) => {
    const { polar } = started
    const of = polar.world.subscriptionView(subscribe().subscriptionId)
    polar.applyEvent({
      type: 'subscription.updated',
      data: { ...of, id: crypto.randomUUID(), ...change },
    })
  }

  test('about a period that was over before leaves that period alone', async () => {
    apply({ current_period_end: '2026-01-31T00:00:00Z' })
    await advance(20 * DAY)
    expect(webhooks()).toEqual([])
  })

  test('about a period that is not over yet lets it renew', async () => {
    apply({ current_period_end: '2026-03-07T09:00:00Z' })
    await advance(20 * DAY)
    expect(webhooks()).toEqual([['03-07 09:00', ...RENEWED]])
  })

  test('about periods without length does not stop time', async () => {
    apply({ current_period_end: '2026-03-07T09:00:00Z', recurring_interval_count: 0 })
    await advance(20 * DAY)
    expect(webhooks()).toEqual([])
  })
})
