// Customer state, and what it says about a failed charge.

import { describe, expect, test } from 'vitest'
import { outcomeOfFailedCharge } from '../../src/customers/episodes.ts'
import { newCustomer, newSubscription } from '../../src/customers/state.ts'
import { body, orderTold, permutations, play, subscriptionTold } from './build.ts'

const ID = 'df219833-d97b-401b-b581-437a489229e0'
const FAILED_AT = '2026-11-04T10:13:01.900Z'

const cycled = subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z')
const opened = orderTold('order.created', '2026-11-04T10:12:48.310555Z', { status: 'pending' })
const updated = body('subscription.updated.past-due')
const pastDue = body('subscription.past_due')
const active = subscriptionTold('subscription.active', '2026-11-06T10:14:00Z')
const paid = orderTold('order.paid', '2026-11-06T10:14:01Z', {
  subscription: { modified_at: '2026-11-06T10:14:00Z' },
})

/** But for what an order was taken for: that is decided when it is first told, by what is known then. */
const knownAfter = (...bodies: string[]) => {
  const known = play(bodies).state.subscriptions[ID] ?? newSubscription
  const { paidOrders: _, uncredited: __, terms, ...state } = known
  return { ...state, plan: terms?.name }
}

describe('what is known in the end', () => {
  test('is the same in whatever order the events come, but for what its order was taken for', () => {
    const events = [cycled, opened, updated, pastDue, active, paid]
    const expected = knownAfter(...events)
    expect(expected).toMatchObject({ status: 'active', openOrder: null })
    for (const other of permutations(events)) expect(knownAfter(...other)).toEqual(expected)
  })

  test('is the same however often they come', () => {
    const events = [cycled, opened, pastDue, active, paid]
    const often = [...events, ...events, ...events.toReversed()]
    expect(knownAfter(...often)).toEqual(knownAfter(...events))
    expect(play(often).state.subscriptions[ID]?.paidOrders).toHaveLength(1)
  })

  test('is not changed by an event about something else', () => {
    const { state } = play([body('refund.created'), body('member.created')])
    expect(state).toMatchObject({ deletedAt: null, subscriptions: {} })
  })
})

describe('an event that comes late', () => {
  test('does not overwrite a newer state', () => {
    expect(knownAfter(active, pastDue)?.status).toBe('active')
  })

  test('keeps its meaning', () => {
    expect(play([active, pastDue, paid]).outcomes).toEqual([
      'not_mapped: subscription.active',
      'subscription_past_due',
      'payment_recovered',
    ])
  })

  test('yields by the time of the event where both tell of the same change', () => {
    const changed = { modified_at: '2026-11-04T10:13:01.950000Z', status: 'active' }
    const earlier = body('subscription.updated', changed, { timestamp: '2026-11-04T10:13:01Z' })
    const later = body('subscription.updated', changed, { timestamp: '2026-11-04T10:13:03Z' })
    expect(knownAfter(pastDue, earlier)?.status).toBe('past_due')
    expect(knownAfter(later, pastDue)?.status).toBe('active')
  })

  test('counts by its own time where its object has no dates', () => {
    const dateless = { created_at: null, modified_at: null, status: 'paused' }
    const early = body('subscription.updated', dateless, { timestamp: '2026-11-01T00:00:00Z' })
    const late = body('subscription.updated', dateless, { timestamp: '2026-12-01T00:00:00Z' })
    expect(knownAfter(pastDue, early)?.status).toBe('past_due')
    expect(knownAfter(pastDue, late)?.status).toBe('paused')
  })

  test('does not take what is known away when its status cannot be read', () => {
    const odd = subscriptionTold('subscription.updated', '2026-11-05T00:00:00Z', { status: 7 })
    expect(knownAfter(pastDue, odd)?.status).toBe('past_due')
  })
})

describe('the open order', () => {
  test('is the one that waits to be paid, and what is due for it', () => {
    expect(knownAfter(opened)?.openOrder).toMatchObject({
      id: 'f08db22f-d293-456a-b170-fab23d90fbac',
      due: 2900,
      currency: 'usd',
    })
  })

  test.each([
    ['it is paid', paid],
    ['it is void', body('order.updated.void')],
  ])('is no more once %s, whichever is told first', (_, closing) => {
    expect(knownAfter(opened, closing)?.openOrder).toBeNull()
    expect(knownAfter(paid, opened)?.openOrder).toBeNull()
  })

  test('is the newer of two', () => {
    const id = '0b3e9c53-7b3a-4f27-9c1e-7d51b3a4d3f0'
    const next = orderTold('order.created', '2026-12-04T10:12:48Z', {
      id,
      status: 'pending',
      created_at: '2026-12-04T10:12:48Z',
    })
    expect(knownAfter(opened, next)?.openOrder?.id).toBe(id)
    expect(knownAfter(next, opened)?.openOrder?.id).toBe(id)
  })

  test('is never a draft', () => {
    const draft = orderTold('order.created', '2026-11-04T10:12:48Z', { status: 'draft' })
    expect(knownAfter(draft)?.openOrder).toBeNull()
  })
})

describe('a failed charge', () => {
  const aftermathOf = (...bodies: string[]) =>
    outcomeOfFailedCharge(play(bodies).state, ID, FAILED_AT)
  const inPeriod = (billing_reason: string) =>
    orderTold('order.paid', '2026-11-05T09:00:00Z', {
      id: '5f3c1c1e-55a4-4a0c-8f0e-7d1f31c7c0de',
      billing_reason,
      created_at: '2026-11-05T08:59:00Z',
    })

  test.each([
    ['nothing more is heard', [pastDue]],
    ['all that comes is older', [pastDue, cycled, opened]],
    ['the subscription is told as past due again', [pastDue, updated]],
    ['usage of the period is paid for instead', [pastDue, inPeriod('subscription_meter_cycle')]],
    ['a change of the plan is paid for instead', [pastDue, inPeriod('subscription_update')]],
    ['a later period is paid for instead', [pastDue, inPeriod('subscription_cycle')]],
  ])('is not mended while %s', (_, events) => {
    expect(aftermathOf(...events)).toBeNull()
  })

  test.each([
    ['its order is paid', [pastDue, paid]],
    ['its order was paid by the time the failure is told', [paid, pastDue]],
    ['the subscription is active again', [pastDue, active]],
    ['the subscription was active again by the time the failure is told', [active, pastDue]],
  ])('is not asked for any more once %s', (_, events) => {
    expect(aftermathOf(...events)).toBe('recovered')
  })

  test.each(['canceled', 'unpaid'])('is not asked for any more once it is %s', (status) => {
    const over = subscriptionTold('subscription.revoked', '2026-11-25T10:14:01Z', { status })
    expect(aftermathOf(pastDue, over)).toBe('ended')
  })

  test('stays mended when the payment of a period before it is told late', () => {
    const october = orderTold('order.paid', '2026-10-04T10:13:02Z', {
      id: '9c2b0b6e-0a38-4a2c-9a53-9a1b2c3d4e5f',
      created_at: '2026-10-04T10:12:48Z',
    })
    expect(aftermathOf(pastDue, paid, october)).toBe('recovered')
  })

  test('of a subscription that nobody knows is not mended', () => {
    expect(outcomeOfFailedCharge(newCustomer, ID, FAILED_AT)).toBeNull()
  })

  test('is not mended by the payment of a period before it', () => {
    const october = orderTold('order.paid', '2026-10-04T10:13:02Z', {
      id: '9c2b0b6e-0a38-4a2c-9a53-9a1b2c3d4e5f',
      created_at: '2026-10-04T10:12:48Z',
    })
    expect(aftermathOf(pastDue, october)).toBeNull()
  })
})
