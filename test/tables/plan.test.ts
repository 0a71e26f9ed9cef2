import { describe, expect, test } from 'vitest'
import { body, fixtureNames, orderTold, permutations, play, subscriptionTold } from './build.ts'

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
  'order.paid.trial-converted': 'not_mapped: a trial that turned into a paid subscription',
  'order.paid.trial-start': 'not_mapped: the start of a trial',
  'order.refunded': 'not_mapped: order.refunded',
  'order.refunded.full': 'not_mapped: order.refunded',
  'order.updated.invoice-generated': 'not_mapped: order.updated',
  'order.updated.paid-transition': 'not_mapped: order.updated',
  'order.updated.payment-failed': 'not_mapped: order.updated',
  'order.updated.void': 'not_mapped: order.updated',
  'refund.created': 'not_mapped: refund.created',
  'subscription.active': 'not_mapped: subscription.active',
  'subscription.canceled': 'not_mapped: subscription.canceled',
  'subscription.created': 'not_mapped: subscription.created',
  'subscription.cycled': 'not_mapped: subscription.cycled',
  'subscription.cycled.after-trial': 'not_mapped: subscription.cycled',
  'subscription.past_due': 'subscription_past_due',
  'subscription.paused': 'not_mapped: subscription.paused',
  'subscription.resumed': 'not_mapped: subscription.resumed',
  'subscription.revoked': 'not_mapped: subscription.revoked',
  'subscription.uncanceled': 'not_mapped: subscription.uncanceled',
  'subscription.updated': 'not_mapped: subscription.updated',
  'subscription.updated.cancel-scheduled': 'not_mapped: subscription.updated',
  'subscription.updated.past-due': 'not_mapped: subscription.updated',
  'subscription.updated.trialing': 'not_mapped: subscription.updated',
  'subscription.updated.yearly': 'not_mapped: subscription.updated',
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
    ['a wallet top-up', paid('purchase', { product: null }), 'not_mapped: order.paid'],
    ['a first order', paid('subscription_create'), 'subscription_confirmation'],
    [
      'a first order of nothing, of a free plan',
      paid('subscription_create', { total_amount: 0, subtotal_amount: 0 }),
      'subscription_confirmation',
    ],
    [
      'a first order in a trial',
      paid('subscription_create', { total_amount: 0, subscription: { status: 'trialing' } }),
      'not_mapped: the start of a trial',
    ],
    ['usage billed within a period', paid('subscription_meter_cycle'), 'not_mapped: order.paid'],
    ['a plan change', paid('subscription_update'), 'not_mapped: order.paid'],
    ['a reason nobody has heard of', paid('subscription_gift'), 'not_mapped: order.paid'],
    [
      'a first order that has lost its subscription',
      paid('subscription_create', { subscription: null }),
      'unreadable: a new subscription, without its subscription',
    ],
  ])('for %s leads to the right thing', (_, raw, expected) => {
    expect(play([raw]).last).toBe(expected)
  })

  test('says which fact it is about, whose it is and where its link leads', () => {
    const [purchase, first, renewal] = [
      'purchase',
      'subscription_create',
      'subscription_cycle',
    ].map((reason) => play([paid(reason)]).messages[0])
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
    expect(new Set(outcomes)).toEqual(new Set([`not_mapped: ${type}`]))
  })
})

describe('a new subscription', () => {
  const at = '2026-11-04T10:12:45Z'
  const fresh = { status: 'active', created_at: at, current_period_start: at }
  const order = { billing_reason: 'subscription_create', created_at: at, subscription: fresh }
  const told = [
    subscriptionTold('subscription.created', at, fresh),
    subscriptionTold('subscription.active', at, fresh),
    subscriptionTold('subscription.updated', at, fresh),
    orderTold('order.created', at, order),
    orderTold('order.updated', at, order),
    orderTold('order.paid', at, order),
  ]

  test('is told in six events and mailed once, in whatever order they come', () => {
    for (const events of permutations(told)) {
      const { messages } = play(events)
      expect(messages.map(({ kind }) => kind)).toEqual(['subscription_confirmation'])
    }
  })

  test('is one fact, however often its events are delivered', () => {
    const { messages } = play([...told, ...told, ...told.toReversed()])
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

describe('going live', () => {
  const raw = paid('purchase')
  const happened = Date.parse('2026-11-04T10:13:02Z')

  test.each([
    [
      'a millisecond after it happened is too late to mail it',
      1,
      'before_live: order_confirmation',
    ],
    ['at the instant it happened mails it', 0, 'order_confirmation'],
    ['before it happened mails it', -1, 'order_confirmation'],
  ])('%s', (_, after, expected) => {
    expect(play([raw], { liveSince: happened + after }).last).toBe(expected)
  })

  test('changes no reason of what would not have been mailed anyway', () => {
    const { last } = play([body('order.created')], { liveSince: happened * 2 })
    expect(last).toBe('not_mapped: order.created')
  })
})

describe('a deleted customer', () => {
  test('is not mailed, whatever comes after', () => {
    const { outcomes } = play([
      body('customer.deleted'),
      paid('purchase'),
      body('subscription.past_due'),
      subscriptionTold('subscription.revoked', '2026-11-22T09:00:01Z', { status: 'canceled' }),
    ])
    expect(outcomes).toEqual([
      'not_mapped: customer.deleted',
      'customer_deleted: order_confirmation',
      'customer_deleted: subscription_past_due',
      'not_mapped: subscription.revoked',
    ])
  })

  test('is known for one from whichever event says so first', () => {
    const { last } = play([paid('purchase', { customer: { deleted_at: '2026-11-22T09:00:00Z' } })])
    expect(last).toBe('customer_deleted: order_confirmation')
  })

  test('stays deleted when an older event comes late', () => {
    const { known } = play([body('customer.deleted'), body('customer.updated')])
    expect(known.deletedAt).toBe('2026-11-22T09:00:00.000Z')
  })
})
