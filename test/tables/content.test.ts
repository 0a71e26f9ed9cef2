import { describe, expect, test } from 'vitest'
import { orderContent, planOf, productOf } from '../../src/messages/content.ts'
import { body, type Fields, play, read } from './build.ts'

const orderIn = (name: string, change: Fields = {}) => {
  const event = read(body(name, change))
  if (event?.about !== 'order') throw new Error(`${name} is not about an order`)
  return event.order
}
const contentOf = (name: string, change: Fields = {}) => orderContent(orderIn(name, change))

const FULL = 'order.paid.discount-tax-multi-item'

describe('the summary of an order', () => {
  test('has what was bought, what was taken off, what was added and what was paid', () => {
    expect(contentOf(FULL)).toEqual({
      id: 'c6a53877-7733-4bdb-9721-0dff076ce2ef',
      number: 'LARK-9M4C-0001',
      date: '2026-11-04T16:59:40.551Z',
      currency: 'usd',
      items: [
        { label: 'Field Recordings Vol. 2', amount: 4900, proration: false },
        { label: 'Extended licence', amount: 2500, proration: false },
      ],
      subtotal: 7400,
      discount: { label: 'TENOFF', amount: 1000 },
      tax: 512,
      total: 6912,
      balance: 0,
      paid: 6912,
      billingName: 'Theo Okafor',
      billingAddress: {
        line1: '88 Carver St',
        line2: 'Apt 3',
        postalCode: '14607',
        city: 'Rochester',
        state: 'US-NY',
        country: 'US',
      },
    })
  })

  test.each([
    ['all of it, without credit', 6912, 0, 6912],
    ['the rest, where credit paid a part', 6912, -2000, 4912],
    ['nothing, where credit paid it all', 6912, -6912, 0],
    ['nothing, where there is more credit than it costs', 6912, -9000, 0],
    ['more than its total, where a debt was settled with it', 6912, 100, 7012],
    ['nothing, where it was free', 0, 0, 0],
    ['nothing, where more was given back than charged', -500, 0, 0],
  ])('says that was paid: %s', (_, total_amount, applied_balance_amount, paid) => {
    const content = contentOf(FULL, { total_amount, applied_balance_amount })
    expect(content).toMatchObject({ total: total_amount, balance: applied_balance_amount, paid })
  })

  test('does not go by what was due, which Polar leaves standing on a paid order', () => {
    expect(contentOf(FULL, { due_amount: 99, total_amount: 0 }).paid).toBe(0)
  })

  test.each([
    ['by its code', { name: 'Launch', code: 'LAUNCH10' }, 'LAUNCH10'],
    ['by its name where it has no code', { name: 'Launch', code: null }, 'Launch'],
    ['by its name where its code is empty', { name: 'Launch', code: '' }, 'Launch'],
    ['by nothing where it has neither', { name: null, code: null }, null],
    ['by nothing where only its amount is known', null, null],
  ])('calls a discount %s', (_, discount, label) => {
    expect(contentOf(FULL, { discount }).discount).toEqual({ label, amount: 1000 })
  })

  test('shows no discount that takes nothing off', () => {
    const discount = { name: 'Launch', code: 'LAUNCH10' }
    expect(contentOf(FULL, { discount, discount_amount: 0 }).discount).toBeNull()
  })

  test('keeps items that are prorated, negative or without a label', () => {
    const items = [{ label: null, amount: -1200, proration: true, product: {} }]
    expect(contentOf(FULL, { items }).items).toEqual([
      { label: '', amount: -1200, proration: true },
    ])
  })

  test('leaves amounts as Polar counts them, whatever the currency', () => {
    const yen = contentOf(FULL, { currency: 'jpy', total_amount: 1200 })
    expect(yen).toMatchObject({ currency: 'jpy', total: 1200, paid: 1200 })
  })

  test('keeps the parts of the address for whoever writes its lines, and null for what is missing', () => {
    const billing_address = { line2: null, postal_code: 7, state: undefined }
    expect(contentOf(FULL, { billing_address }).billingAddress).toEqual({
      line1: '88 Carver St',
      line2: null,
      postalCode: null,
      city: 'Rochester',
      state: null,
      country: 'US',
    })
  })

  test('has no address where there is none', () => {
    expect(contentOf(FULL, { billing_address: null }).billingAddress).toBeNull()
  })
})

describe('what an order is of', () => {
  const nameOf = (change: Fields) => productOf(orderIn(FULL, change))
  const items = [{ label: null }, { label: 'Wallet top-up' }]

  test.each([
    ['its product', { description: 'Top-up', items }, 'Field Recordings Vol. 2'],
    [
      'its description, where it has no product',
      { product: null, description: 'Top-up' },
      'Top-up',
    ],
    [
      'its first item with a name, where it has no description either',
      { product: null, description: null, items },
      'Wallet top-up',
    ],
    [
      'its description, where its product has no name',
      { product: { name: '' } },
      'Field Recordings Vol. 2',
    ],
    ['nothing, where nothing names it', { product: null, description: null, items: [] }, ''],
  ])('is named by %s', (_, change, expected) => {
    expect(nameOf(change)).toBe(expected)
  })

  test('is named in the receipt and in the refund of a top-up', () => {
    const topUp = { product: null, subscription: null, description: 'Top-up', items }
    const [receipt] = play([body(FULL, topUp)]).messages
    expect(receipt).toMatchObject({ kind: 'order_confirmation', content: { product: 'Top-up' } })
    expect(receipt?.target).toMatch(/^order:/)
  })
})

describe('the plan in a message', () => {
  const planIn = (change: Fields) => {
    const order = orderIn('order.paid', change)
    if (!order.subscription) throw new Error('an order without a subscription')
    return planOf(order.subscription, order.product)
  }
  const inSubscription = (subscription: Fields) => planIn({ subscription })

  test('says what renews, how often and when next', () => {
    expect(planIn({})).toEqual({
      name: 'Studio Plan',
      interval: 'month',
      intervalCount: 1,
      renewsAt: '2026-12-04T10:12:45.120Z',
      quantity: null,
    })
  })

  test.each([
    ['it is cancelled', { cancel_at_period_end: true }],
    ['it is to pause', { pause_at_period_end: true }],
    ['it has ended', { ended_at: '2026-11-20T00:00:00Z' }],
  ])('renews at no time once %s', (_, subscription) => {
    expect(inSubscription(subscription).renewsAt).toBeNull()
  })

  test("goes by the subscription's interval, and by the product's where it has none", () => {
    const product = { recurring_interval: 'year', recurring_interval_count: 2 }
    expect(planIn({ product })).toMatchObject({ interval: 'month', intervalCount: 1 })
    const subscription = { recurring_interval: null, recurring_interval_count: null }
    expect(planIn({ product, subscription })).toMatchObject({ interval: 'year', intervalCount: 2 })
    expect(planIn({ product: null, subscription })).toMatchObject({
      interval: null,
      intervalCount: 1,
    })
  })

  test('has an empty name where the product is gone', () => {
    expect(planIn({ product: null }).name).toBe('')
  })

  test.each([
    ['seats', { seats: 5 }, { count: 5, of: 'seat' }],
    ['units', { units: 12 }, { count: 12, of: 'unit' }],
    ['neither', { seats: null, units: null }, null],
    ['seats of none', { seats: 0 }, null],
    ['fewer than none', { seats: -3 }, null],
    ['half a seat', { seats: 2.5 }, null],
  ])('counts %s', (_, subscription, quantity) => {
    expect(inSubscription(subscription).quantity).toEqual(quantity)
  })
})

describe('the words about a failed charge', () => {
  const payload = (change: Fields = {}) =>
    play([body('subscription.past_due', change)]).messages[0]?.content

  test('give until a minute after the twenty-first day, as Polar does', () => {
    expect(payload()).toMatchObject({
      pastDueAt: '2026-11-04T10:13:01.900Z',
      deadline: '2026-11-25T10:14:01.900Z',
    })
  })

  test('count days by the clock of UTC, also where summer time ends in between', () => {
    expect(payload({ past_due_at: '2026-10-20T23:59:30Z' })).toMatchObject({
      deadline: '2026-11-11T00:00:30.000Z',
    })
  })
})
