// Customers, plans and orders for the samples.

import type { BillingAddress, OrderItem, OrderSummary } from '../order-summary.ts'
import type { Benefit, Common, Plan } from '../props.ts'
import { createBrand } from '../settings.ts'

export const common: Common = {
  brand: createBrand(),
  locale: 'en-US',
  customerName: 'Mara Lindqvist',
  country: 'SE',
  now: '2026-11-04T17:00:00Z',
  links: {
    action: 'https://billing.example.com/l/preview-action',
    overview: 'https://billing.example.com/l/preview-overview',
  },
}

export const item = (label: string, amount: number, proration = false): OrderItem => ({
  label,
  amount,
  proration,
})

/** An address as in an order's event, with codes for country and state. */
export const address = (different: Partial<BillingAddress> = {}): BillingAddress => ({
  line1: 'Hornsgatan 40',
  line2: null,
  postalCode: '118 21',
  city: 'Stockholm',
  state: null,
  country: 'SE',
  ...different,
})

/** An order of these items, with `different` fields replaced. */
export const order = (items: OrderItem[], different: Partial<OrderSummary> = {}): OrderSummary => {
  const subtotal = items.reduce((sum, { amount }) => sum + amount, 0)
  const { total = subtotal, balance = 0 } = different
  return {
    id: 'c6a53877-7733-4bdb-9721-0dff076ce2ef',
    number: 'LARK-9M4C-0001',
    date: '2026-11-04T16:59:40.551200Z',
    currency: 'usd',
    items,
    subtotal,
    discount: null,
    tax: 0,
    total,
    balance,
    paid: Math.max(0, total + balance),
    billingName: 'Mara Lindqvist Ljud AB',
    billingAddress: address(),
    ...different,
  }
}

export const plan = (different: Partial<Plan> = {}): Plan => ({
  name: 'Studio Plan',
  interval: 'month',
  intervalCount: 1,
  renewsAt: '2026-12-04T10:12:45.120934Z',
  quantity: null,
  ...different,
})

export const yearly = plan({
  name: 'Studio Plan (yearly)',
  interval: 'year',
  renewsAt: '2027-11-04T10:12:45Z',
})

export const seats = plan({ name: 'Team Plan', quantity: { count: 5, of: 'seat' } })

export const benefits: Benefit[] = [
  { name: 'All recordings in 24-bit WAV', note: null },
  {
    name: 'Private listening room',
    note: 'Every first Thursday at 19:00 CET.\nThe door code comes by email on the day before.',
  },
  { name: 'Commercial licence for one project', note: null },
]

/** Sixty characters. */
export const sixty = 'Professional Field Recordings & Ambience Library, Complete II'.slice(0, 60)
export const long =
  'Professional Field Recordings & Ambience Library, Complete Collector’s Edition (Volumes 1–12)'
export const unbroken =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
export const longName = 'Wolfeschlegelsteinhausenbergerdorff-Montgomery the Younger'

/** An order without a billing address. */
export const anonymous = { billingName: null, billingAddress: null }
