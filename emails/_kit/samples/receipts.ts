// Samples of receipts that test the layout: discounts, taxes, credit, currencies, long and missing values.

import type { OrderSummary } from '../order-summary.ts'
import type { Plan } from '../props.ts'
import * as parts from './parts.ts'
import { common, item, long, order, plan, sixty, unbroken } from './parts.ts'
import { standard } from './standard.ts'

const recordings = 'Field Recordings Vol. 2'
const bundle = [item(recordings, 4900), item('Extended licence', 2500)]
const tenOff = { label: 'TENOFF', amount: 1000 }
const recorded = (count: number) =>
  Array.from({ length: count }, (_, at) => item(`Recording no. ${at + 1}`, 100 + at * 7))

const purchase = (product: string, summary: OrderSummary) => ({
  ...standard.order_confirmation,
  product,
  order: summary,
})

const one = (different: Partial<OrderSummary>) =>
  purchase(recordings, order([item(recordings, 4900)], different))

/** Names that are far too long. */
const longOrder = order([item(long, 4900), item(unbroken, 250000)], {
  discount: { label: 'Thirtieth anniversary of the archive', amount: 1000 },
  total: 253900,
  billingName: unbroken,
  billingAddress: parts.address({
    line1: long,
    line2: unbroken,
    postalCode: '14607-1234',
    city: 'Rochester',
    state: 'US-NY',
    country: 'US',
  }),
})

export const purchases = {
  standard: standard.order_confirmation,
  'discount-and-tax': purchase(
    recordings,
    order(bundle, { discount: tenOff, tax: 512, total: 6912 }),
  ),
  'tax-included': one({ currency: 'eur', tax: 782 }),
  jpy: purchase(recordings, order([item(recordings, 7800)], { currency: 'jpy' })),
  free: {
    ...purchase('Starter Kit', order([item('Starter Kit', 0)], { number: null })),
    invoice: null,
  },
  'fully-discounted': one({ discount: { label: 'Friends', amount: 4900 }, total: 0 }),
  'account-credit': one({ balance: -2000 }),
  'sixty-characters': purchase(sixty, order([item(sixty, 4900)])),
  'long-names': {
    ...purchase(long, longOrder),
    customerName: parts.longName,
    benefits: [{ name: unbroken, note: `${long}\n${unbroken}` }],
  },
  'thirty-items': purchase(recordings, order(recorded(30))),
  'three-hundred-items': purchase(recordings, order(recorded(300))),
  'no-billing-name': { ...one(parts.anonymous), invoice: null },
  'wallet-top-up': {
    ...purchase('Top-up', order([item('Top-up', 5000)])),
    benefits: [],
  },
  'no-product': {
    ...purchase('', order([item('', 4900)])),
    benefits: [],
    customerName: null,
  },
  'invoice-in-portal': { ...one({}), invoice: 'in_portal' as const },
  'no-benefits': { ...one({}), benefits: [] },
}

const subscription = (bought: Plan, summary: OrderSummary) => ({
  ...common,
  plan: bought,
  order: summary,
  invoice: 'attached' as const,
})

const monthly = subscription(plan(), order([item('Studio Plan', 2900)]))

/** Variants for every kind about a payment of a subscription. */
export const subscriptions = {
  yearly: subscription(
    parts.yearly,
    order([item(parts.yearly.name, 29000)], { tax: 2320, total: 31320 }),
  ),
  jpy: subscription(plan(), order([item('Studio Plan', 4400)], { currency: 'jpy', tax: 400 })),
  seats: subscription(parts.seats, order([item('Team Plan (5 seats)', 9500)])),
  'long-names': {
    ...subscription(plan({ name: long }), order([item(long, 2900), item(unbroken, 1250)])),
    customerName: parts.longName,
  },
}

/** Variants for renewals. */
export const renewals = {
  ...subscriptions,
  'account-credit': { ...monthly, order: order([item('Studio Plan', 2900)], { balance: -2900 }) },
  'fully-discounted': {
    ...monthly,
    order: order([item('Studio Plan', 2900)], {
      discount: { label: 'First year', amount: 2900 },
      total: 0,
    }),
  },
  prorated: subscription(
    plan({ interval: 'month', intervalCount: 3 }),
    order([item('Studio Plan', 2900), item('Unused time on Solo Plan', -450, true)]),
  ),
  'no-product': subscription(plan({ name: '' }), order([item('', 2900)])),
}
