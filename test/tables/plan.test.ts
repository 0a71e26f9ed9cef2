import { describe, expect, test } from 'vitest'
import { body, fixtureNames, orderTold, permutations, play, subscriptionTold } from './build.ts'

const REFUNDED = 'folded: a refund, which has events of its own'
const UNCHANGED = 'unchanged: an update that changes nothing to write about'

const OF_FIXTURES: Record<string, string> = {
  'customer.created': 'not_mapped: customer.created',
  'customer.deleted': 'not_mapped: customer.deleted',
  'customer.updated': 'not_mapped: customer.updated',
  'customer.updated.team': 'not_mapped: customer.updated',
  'customer_seat.assigned': 'not_mapped: customer_seat.assigned',
  'member.created': 'not_mapped: member.created',
  'order.created': 'not_mapped: order.created',
  'order.created.draft': 'not_mapped: order.created',
  'order.created.purchase': 'not_mapped: order.created',
  'order.paid': 'subscription_cycled',
  'order.paid.discount-tax-multi-item': 'order_confirmation',
  'order.paid.free': 'order_confirmation',
  'order.paid.trial-converted': 'subscription_cycled_after_trial',
  'order.paid.trial-start': 'trial_started',
  'order.refunded': REFUNDED,
  'order.refunded.full': REFUNDED,
  'order.updated.invoice-generated': 'not_mapped: order.updated',
  'order.updated.paid-transition': 'not_mapped: order.updated',
  'order.updated.payment-failed': 'not_mapped: order.updated',
  'order.updated.void': 'not_mapped: order.updated',
  'refund.created': 'order_refunded',
  'subscription.active': 'not_mapped: subscription.active',
  'subscription.canceled': 'subscription_cancellation',
  'subscription.created': 'not_mapped: subscription.created',
  'subscription.cycled': 'not_mapped: subscription.cycled',
  'subscription.cycled.after-trial': 'not_mapped: subscription.cycled',
  'subscription.past_due': 'subscription_past_due',
  'subscription.paused': 'subscription_paused',
  'subscription.resumed': 'subscription_resumed',
  'subscription.revoked': 'subscription_revoked',
  'subscription.uncanceled': 'subscription_uncanceled',
  'subscription.updated': UNCHANGED,
  'subscription.updated.cancel-scheduled': UNCHANGED,
  'subscription.updated.past-due': UNCHANGED,
  'subscription.updated.trialing': UNCHANGED,
  'subscription.updated.yearly': UNCHANGED,
}

describe('an event that comes alone', () => {
  test('is in the table, whichever of the fixtures it is', () => {
    expect(fixtureNames.toSorted()).toEqual(Object.keys(OF_FIXTURES).toSorted())
  })

  test.each(Object.entries(OF_FIXTURES))('%s means %s', (name, expected) => {
    expect(play([body(name)]).last).toBe(expected)
  })
})

const paid = (reason: string, data = {}) =>
  orderTold('order.paid', '2026-11-04T10:13:02Z', { billing_reason: reason, ...data })

describe('a paid order', () => {
  test.each([
    ['a purchase', paid('purchase', { subscription: null }), 'order_confirmation'],
    ['a top-up, which has no product', paid('purchase', { product: null }), 'order_confirmation'],
    ['a first order', paid('subscription_create'), 'subscription_confirmation'],
    [
      'a first order of nothing, of a free plan',
      paid('subscription_create', { total_amount: 0, subtotal_amount: 0 }),
      'subscription_confirmation',
    ],
    [
      'a first order in a trial',
      paid('subscription_create', { total_amount: 0, subscription: { status: 'trialing' } }),
      'trial_started',
    ],
    [
      'usage billed within a period',
      paid('subscription_meter_cycle'),
      'subscription_usage_invoice',
    ],
    ['a change of plan or quantity', paid('subscription_update'), 'subscription_updated'],
    ['a reason nobody has heard of', paid('subscription_gift'), 'not_mapped: order.paid'],
    [
      'a first order that has lost its subscription',
      paid('subscription_create', { subscription: null }),
      'unreadable: a new subscription, without its subscription',
    ],
    [
      'a renewal that has lost its subscription',
      paid('subscription_cycle', { subscription: null }),
      'unreadable: a renewal, without its subscription',
    ],
  ])('for %s leads to the right thing', (_, raw, expected) => {
    expect(play([raw]).last).toBe(expected)
  })

  test('says which fact it is about, whose it is and where its link leads', () => {
    const [purchase, first, renewal] = [
      paid('purchase', { subscription: null }),
      paid('subscription_create'),
      paid('subscription_cycle'),
    ].map((raw) => play([raw]).messages[0])
    const order = 'f08db22f-d293-456a-b170-fab23d90fbac'
    const subscription = 'df219833-d97b-401b-b581-437a489229e0'
    expect(purchase).toMatchObject({
      fact: `order/${order}/purchase`,
      customer: { id: '9dfb369b-ab13-4fae-a276-55daa05f1119' },
      target: `order:${order}`,
      subscriptionId: null,
    })
    expect(first).toMatchObject({
      fact: `order/${order}/sub-start`,
      target: `subscription:${subscription}`,
      subscriptionId: subscription,
    })
    expect(renewal).toMatchObject({
      fact: `order/${order}/renewed`,
      target: `order:${order}`,
      subscriptionId: subscription,
    })
  })
})

describe('an order that is told of before or after it is paid', () => {
  const types = ['order.created', 'order.updated', 'order.refunded', 'order.voided']
  const reasons = ['purchase', 'subscription_create', 'subscription_cycle', 'subscription_update']
  const statuses = ['draft', 'pending', 'paid', 'refunded', 'partially_refunded', 'void']

  test.each(types)('is never mailed about: %s', (type) => {
    const outcomes = reasons.flatMap((billing_reason) =>
      statuses.flatMap(
        (status) =>
          play([orderTold(type, '2026-11-04T10:13:02Z', { billing_reason, status })]).outcomes,
      ),
    )
    const reason = type === 'order.refunded' ? REFUNDED : `not_mapped: ${type}`
    expect(new Set(outcomes)).toEqual(new Set([reason]))
  })
})

describe('a new subscription', () => {
  const at = '2026-11-04T10:12:45Z'
  const fresh = { status: 'active', created_at: at, current_period_start: at }
  const order = { billing_reason: 'subscription_create', created_at: at, subscription: fresh }
  const payload = [
    subscriptionTold('subscription.created', at, fresh),
    subscriptionTold('subscription.active', at, fresh),
    subscriptionTold('subscription.updated', at, fresh),
    orderTold('order.created', at, order),
    orderTold('order.updated', at, order),
    orderTold('order.paid', at, order),
  ]

  test('is told in six events and mailed once, in whatever order they come', () => {
    for (const events of permutations(payload)) {
      const { messages } = play(events)
      expect(messages.map(({ kind }) => kind)).toEqual(['subscription_confirmation'])
    }
  })

  test('is one fact, however often its events are delivered', () => {
    const { messages } = play([...payload, ...payload, ...payload.toReversed()])
    expect(messages).toHaveLength(3)
    expect(new Set(messages.map(({ fact }) => fact)).size).toBe(1)
  })
})

describe('a failed charge', () => {
  const pastDue = (at: string) => body('subscription.past_due', { past_due_at: at })

  test('is one fact for each time the subscription falls past due', () => {
    const [first, again, next, respelled] = [
      pastDue('2026-11-04T10:13:01.900000Z'),
      body('subscription.past_due', {}, { timestamp: '2026-11-04T10:30:00Z' }),
      pastDue('2026-12-04T10:13:01.900000Z'),
      pastDue('2026-11-04T11:13:01.9+01:00'),
    ].map((raw) => play([raw]).messages[0]?.fact)
    expect(first).toBe('sub/df219833-d97b-401b-b581-437a489229e0/past-due/2026-11-04T10:13:01.900Z')
    expect(again).toBe(first)
    expect(next).not.toBe(first)
    expect(respelled).toBe(first)
  })

  test('leads to where it can be paid', () => {
    expect(play([body('subscription.past_due')]).messages[0]).toMatchObject({ target: 'payment' })
  })

  test('without its date is not mailed about', () => {
    expect(play([body('subscription.past_due', { past_due_at: null })]).messages).toEqual([])
  })
})
