// The Events API of the simulated Polar: what happened, without the webhooks.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { createAdvance } from '../../src/sandbox/advance.ts'
import { stoppedClock } from '../tables/decided.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
let clock: ReturnType<typeof stoppedClock>
beforeEach(async () => {
  clock = stoppedClock()
  started = await startPolar({ clock })
})
afterEach(() => started.close())

type Query = NonNullable<Parameters<Started['sdk']['events']['list']>[0]>
const list = async (query: Query = {}) =>
  (await started.sdk.events.list({ source: 'system', limit: 100, ...query })).items

/** The names since the last call, oldest first. */
let known = 0
beforeEach(() => {
  known = 0
})
const names = async () => {
  const fresh = (await list({ sorting: ['timestamp'] })).slice(known)
  known += fresh.length
  return fresh.map(({ name }) => name)
}

const play = () => started.polar.script

describe('a script', () => {
  const subscribed = async () => {
    const { subscriptionId } = play().subscribe()
    await names()
    return subscriptionId
  }

  test('that sells: a subscription is created and its order paid', async () => {
    play().purchase()
    expect(await names()).toEqual(['order.paid'])
    play().subscribe()
    expect(await names()).toEqual(['subscription.created', 'order.paid'])
    play().renew()
    expect(await names()).toEqual(['subscription.cycled', 'order.paid'])
  })

  test('that fails a renewal: failed retries have no event, and the recovery has', async () => {
    const { orderId } = play().failRenewal()
    expect(await names()).toEqual(['subscription.cycled', 'subscription.past_due'])
    play().retry(orderId)
    expect(await names()).toEqual([])
    play().recover(orderId)
    expect(await names()).toEqual(['subscription.reactivated', 'order.paid'])
  })

  test('that gives up: the subscription ends and its order is void', async () => {
    const { orderId } = play().failRenewal()
    await names()
    play().giveUp(orderId)
    expect(await names()).toEqual([
      ...['subscription.canceled', 'subscription.revoked', 'order.voided'],
    ])
  })

  test('that changes a subscription has an event, and one for the next period has none', async () => {
    const id = await subscribed()
    play().changeQuantity(id, { seats: 3, proration: 'prorate' })
    expect(await names()).toEqual(['subscription.updated'])
    play().changeQuantity(id, { seats: 5, proration: 'next_period' })
    expect(await names()).toEqual([])
    play().clearPendingUpdate(id)
    expect(await names()).toEqual(['subscription.update_cleared'])
  })

  test('that pauses has an event when the pause begins, not when it is scheduled', async () => {
    const id = await subscribed()
    play().schedulePause(id)
    expect(await names()).toEqual([])
    play().pause(id)
    play().resume(id)
    expect(await names()).toEqual(['subscription.paused', 'subscription.resumed', 'order.paid'])
  })

  test('that cancels, uncancels and revokes', async () => {
    const id = await subscribed()
    play().cancel(id)
    play().uncancel(id)
    play().revoke(id)
    expect(await names()).toEqual([
      ...['subscription.canceled', 'subscription.uncanceled'],
      ...['subscription.canceled', 'subscription.revoked'],
    ])
  })

  test('that refunds: a pending refund has no event until it succeeds', async () => {
    const { orderId } = play().purchase()
    await names()
    const { refundId } = play().refund(orderId, { status: 'pending' })
    expect(await names()).toEqual([])
    play().settleRefund(refundId)
    expect(await names()).toEqual(['order.refunded'])
  })

  test('about a person: the customer’s events, and none of members or the organization', async () => {
    const { customerId } = play().welcome({ type: 'team' })
    play().addMember(customerId)
    play().updateCustomer(customerId, { name: 'Other' })
    play().updateOrganization({})
    play().deleteCustomer(customerId)
    expect(await names()).toEqual(['customer.created', 'customer.updated', 'customer.deleted'])
  })
})

describe('an event', () => {
  test('names its objects and carries no webhook', async () => {
    const { customerId, orderId, subscriptionId } = play().renew({
      customer: { external_id: 'usr_1' },
    })
    const [paid] = await list()
    expect(paid).toMatchObject({
      ...{ name: 'order.paid', source: 'system', customer_id: customerId },
      external_customer_id: 'usr_1',
      customer: { id: customerId },
      metadata: { order_id: orderId, subscription_id: subscriptionId, currency: 'usd' },
    })
    expect(started.received).toEqual([])
  })

  test('is recorded while the webhook endpoint is disabled, and by what falls due', async () => {
    started.polar.webhooks.change({ enabled: false })
    play().subscribe()
    await names()
    await createAdvance({ clock, polar: started.polar.time })(31 * DAY)
    expect(await names()).toEqual(['subscription.cycled', 'order.paid'])
    expect(started.polar.webhooks.events()).toEqual([])
  })

  test('can be read only after a while, if a test says so', async () => {
    started.polar.systemEvents.delay = 5 * MINUTE
    play().purchase()
    expect(await list()).toEqual([])
    clock.advance(5 * MINUTE)
    expect(await list()).toHaveLength(1)
  })
})

describe('the list', () => {
  test('is newest first unless it is sorted, and a hundred at most', async () => {
    for (let n = 0; n < 101; n++) play().purchase()
    const newest = await list({ limit: 1_000 })
    expect(newest).toHaveLength(100)
    const oldest = await list({ sorting: ['timestamp'] })
    expect(newest.slice(1)).toEqual(oldest.slice(1).toReversed()) // of 101
    expect((await list({ page: 2 })).map(({ id }) => id)).toEqual([oldest[0]?.id])
  })

  test('can be narrowed by source, name, time, customer and metadata', async () => {
    const first = play().purchase()
    clock.advance(HOUR)
    const second = play().subscribe()
    clock.advance(HOUR)
    play().purchase()
    const all = await list()
    expect(all).toHaveLength(4)
    expect(await list({ source: 'user' })).toEqual([])
    expect(await list({ name: ['order.paid', 'order.voided'] })).toHaveLength(3)
    const bounds = {
      start_timestamp: all[3]?.timestamp ?? '',
      end_timestamp: all[0]?.timestamp ?? '',
    }
    expect(await list(bounds)).toEqual(all.slice(1, 3))
    expect(await list({ customer_id: second.customerId })).toEqual(all.slice(1, 3))
    expect(await list({ metadata: { order_id: first.orderId } })).toEqual(all.slice(3))
  })
})
