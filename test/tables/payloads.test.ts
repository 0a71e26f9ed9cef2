// Whatever a signed event looks like, it does no harm: it is understood, or it is recorded as unreadable.

import { describe, expect, test } from 'vitest'
import { createTokens } from '../../src/links/token.ts'
import { body, type Fields, fixture, play } from './build.ts'
import { instantsOf } from './odd.ts'

const PURCHASE = 'order.paid.discount-tax-multi-item'

describe('a body that is no event', () => {
  test.each([
    '',
    'order.paid',
    '{"type":"order.paid"',
    'null',
    '42',
    '"order.paid"',
    '[]',
    '[{"type":"order.paid"}]',
    '{}',
    '{"type":null}',
    '{"type":""}',
    '{"type":["order.paid"]}',
  ])('is unreadable: %s', (raw) => {
    expect(play([raw]).last).toBe('unreadable: not an event: no JSON object with a type')
  })
})

describe('an event of an unknown type', () => {
  test.each(['brand_new.thing', 'subscription', 'order', 'checkout.created', 'toString', '..'])(
    'is stored and means nothing: %s',
    (type) => {
      expect(play([JSON.stringify({ type, data: fixture(PURCHASE).data })]).last).toBe(
        `not_mapped: ${type}`,
      )
    },
  )

  test('of a known thing is learned from and not mailed about', () => {
    const raw = body('subscription.past_due', {}, { type: 'subscription.migrated' })
    const { last, state } = play([raw])
    expect(last).toBe('not_mapped: subscription.migrated')
    expect(state.subscriptions[String(fixture('subscription.past_due').data.id)]?.status).toBe(
      'past_due',
    )
  })
})

describe('an order that lacks what a message needs', () => {
  test.each([
    ['its customer', { customer: undefined }, 'customer'],
    ['its customer', { customer: null }, 'customer'],
    ['its customer', { customer: 'mara@example.com' }, 'customer'],
    ['its customer', { customer: [] }, 'customer'],
    ["its customer's id", { customer: { id: null } }, 'customer.id'],
    ["its customer's id", { customer: { id: '' } }, 'customer.id'],
    ['its id', { id: undefined }, 'id'],
    ['its id', { id: 7 }, 'id'],
    ['its id', { id: 'x'.repeat(100_000) }, 'id'],
    ['its total', { total_amount: null }, 'total_amount'],
    ['its total', { total_amount: '6912' }, 'total_amount'],
    ['its total', { total_amount: 69.12 }, 'total_amount'],
    ['its total', { total_amount: 1e21 }, 'total_amount'],
    ['its total', { total_amount: [6912] }, 'total_amount'],
    ['its currency', { currency: null }, 'currency'],
    ['its currency', { currency: '' }, 'currency'],
    ['more than one', { currency: 1, total_amount: {}, id: [] }, 'id, total_amount, currency'],
  ])('is unreadable without %s: %j', (_, change, field) => {
    expect(play([body(PURCHASE, change)]).last).toBe(`unreadable: order without ${field}`)
  })

  test.each([null, [], 'order', 42])('is unreadable without any data: %j', (data) => {
    const { last } = play([JSON.stringify({ type: 'order.paid', data })])
    expect(last).toMatch(/^unreadable: order without /)
  })

  test('never quotes a value in its reason', () => {
    const secret = 'mara@example.com'
    const { last } = play([body(PURCHASE, { id: [secret], customer: secret, currency: [secret] })])
    expect(last).toMatch(/^unreadable/)
    expect(last).not.toContain(secret)
  })
})

describe('a subscription that lacks its customer', () => {
  test('is unreadable', () => {
    const { last } = play([body('subscription.past_due', { customer: null })])
    expect(last).toBe('unreadable: subscription without customer')
  })
})

describe('what a message can do without', () => {
  const leastOrder: Fields = {
    type: 'order.paid',
    data: {
      id: 'order-1',
      billing_reason: 'purchase',
      total_amount: 500,
      currency: 'eur',
      product: { id: 'product-1' },
      customer: { id: 'customer-1' },
    },
  }

  test('may be missing', () => {
    expect(play([JSON.stringify(leastOrder)]).last).toBe('order_confirmation')
  })

  test.each([
    ['a customer of a new type', { customer: { type: 'household' } }],
    ['amounts of null', { subtotal_amount: null, tax_amount: null, applied_balance_amount: null }],
    ['an address that is a string', { billing_address: 'Main Street 1' }],
    ['items that are none', { items: { 0: 'Studio Plan' } }],
    ['a discount of a new shape', { discount: ['FRIENDS100'] }],
    ['a custom interval', { product: { recurring_interval: 'quarter' } }],
    ['fields that nobody has heard of', { legacy: { user_id: 1 }, price: [] }],
  ])('may be odd: %s', (_, change) => {
    expect(play([body(PURCHASE, change)]).last).toBe('order_confirmation')
  })

  test('is dated all the same where the order is not', () => {
    const [message] = play([JSON.stringify(leastOrder)]).messages
    expect(instantsOf(message?.content)).not.toContain('')
  })
})

describe('an id of any length', () => {
  const tokens = createTokens([Buffer.alloc(32, 7)])
  const memberId = '9efd9ce2-054a-408a-bc22-ca48e8f8746d'

  test.each([1, 16, 30, 36, 64, 100, 200])(
    'of %i characters is unreadable, or fits into a link: there is no message that cannot be sent',
    (length) => {
      const id = 'x'.repeat(length)
      const events = [
        body(PURCHASE, { id, customer: { id } }),
        body('order.paid', { id, customer: { id } }),
        body('subscription.past_due', { id, customer: { id } }),
        body('subscription.canceled', { id, customer: { id } }),
        body('order.paid.trial-start', { id, subscription: { id }, customer: { id } }),
      ]
      const recordId = 'abcdefghijklmn-_12345Q'
      for (const { customer, target } of play(events).messages) {
        const generation = { recordId, customerId: customer.id, memberId, target, createdAt: 1 }
        expect(tokens.verify(tokens.sign(generation))).toEqual(generation)
      }
    },
  )
})
