// Made-up customers and orders for the previews and the tests. Their brand is the one that the service sends with.

import { type Brand, createBrand, defaultBrand } from '../brand.ts'
import type { Common, Kind, OrderItem, OrderSummary, Plan, PropsOf } from './props.ts'

const common: Common = {
  brand: defaultBrand,
  locale: 'en-US',
  customerName: 'Mara Lindqvist',
  links: {
    action: 'https://billing.example.com/l/preview-action',
    overview: 'https://billing.example.com/l/preview-overview',
  },
}

/** What a brand looks like with everything filled in. */
const branded: Brand = createBrand({
  name: 'Larkspur Audio',
  accent: '#4f46e5',
  address: ['Hornsgatan 12', '118 20 Stockholm, Sweden'],
  supportEmail: 'support@larkspur.example.com',
  websiteUrl: 'https://larkspur.example.com',
  note: 'Company number 559000-0000',
})

const item = (label: string, amount: number, proration = false): OrderItem => ({
  label,
  amount,
  proration,
})

/** An order of these items at their price, with whatever is different about it. */
const order = (items: OrderItem[], different: Partial<OrderSummary> = {}): OrderSummary => {
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
    billingAddress: ['Hornsgatan 40', '118 21 Stockholm', 'Sweden'],
    ...different,
  }
}

const plan = (different: Partial<Plan> = {}): Plan => ({
  name: 'Studio Plan',
  interval: 'month',
  intervalCount: 1,
  renewsAt: '2026-12-04T10:12:45.120934Z',
  ...different,
})

const long =
  'Professional Field Recordings & Ambience Library, Complete Collector’s Edition (Volumes 1–12)'
const unbroken = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

const recordings = 'Field Recordings Vol. 2'
const bundle = [item(recordings, 4900), item('Extended licence', 2500)]
const tenOff = { label: 'TENOFF', amount: 1000 }
const yearly = plan({
  name: 'Studio Plan (yearly)',
  interval: 'year',
  renewsAt: '2027-11-04T10:12:45Z',
})
const longName = {
  ...common,
  customerName: 'Wolfeschlegelsteinhausenbergerdorff-Montgomery the Younger',
}

const purchase = (product: string, summary: OrderSummary): PropsOf['order_confirmation'] => ({
  ...common,
  product,
  order: summary,
})

const subscription = (bought: Plan, summary: OrderSummary): PropsOf['subscription_cycled'] => ({
  ...common,
  plan: bought,
  order: summary,
})

const monthly = subscription(plan(), order([item('Studio Plan', 2900)]))

const overdue: PropsOf['subscription_past_due'] = {
  ...common,
  plan: plan(),
  amount: { value: 2900, currency: 'usd' },
  pastDueAt: '2026-11-04T10:13:01.900000Z',
  deadline: '2026-11-25T10:14:01.900000Z',
}

const subscriptions = {
  standard: monthly,
  yearly: subscription(yearly, order([item(yearly.name, 29000)], { tax: 2320, total: 31320 })),
  jpy: subscription(plan(), order([item('Studio Plan', 4400)], { currency: 'jpy', tax: 400 })),
  'long-names': {
    ...subscription(plan({ name: long }), order([item(long, 2900), item(unbroken, 1250)])),
    customerName: longName.customerName,
  },
  branded: { ...monthly, brand: branded },
}

/** The variants of each kind by name; `standard` is what the template itself previews. */
export const samples = {
  order_confirmation: {
    standard: purchase(recordings, order([item(recordings, 4900)])),
    'discount-and-tax': purchase(
      recordings,
      order(bundle, { discount: tenOff, tax: 512, total: 6912 }),
    ),
    'tax-included': purchase(
      recordings,
      order([item(recordings, 4900)], { currency: 'eur', tax: 782 }),
    ),
    jpy: purchase(recordings, order([item(recordings, 7800)], { currency: 'jpy' })),
    free: purchase('Starter Kit', order([item('Starter Kit', 0)])),
    'fully-discounted': purchase(
      recordings,
      order([item(recordings, 4900)], { discount: { label: 'Friends', amount: 4900 }, total: 0 }),
    ),
    'long-names': {
      ...longName,
      product: long,
      order: order([item(long, 4900), item(unbroken, 250000)], {
        discount: { label: 'Thirtieth anniversary of the archive', amount: 1000 },
        total: 253900,
        billingName: unbroken,
      }),
    },
    'account-credit': purchase(recordings, order(bundle, { balance: -2000 })),
    branded: {
      ...purchase(recordings, order(bundle, { discount: tenOff, tax: 512, total: 6912 })),
      brand: branded,
    },
  },
  subscription_confirmation: {
    ...subscriptions,
    free: subscription(
      plan({ renewsAt: '2026-11-24T08:00:00Z' }),
      order([item('Trial period for Studio Plan (Nov 10, 2026 - Nov 24, 2026)', 0)], {
        date: '2026-11-10T08:00:02.000000Z',
      }),
    ),
  },
  subscription_cycled: {
    ...subscriptions,
    'account-credit': subscription(plan(), order([item('Studio Plan', 2900)], { balance: -2900 })),
    prorated: subscription(
      plan({ interval: 'month', intervalCount: 3 }),
      order([item('Studio Plan', 2900), item('Unused time on Solo Plan', -450, true)]),
    ),
  },
  subscription_past_due: {
    standard: overdue,
    'without-amount': { ...overdue, amount: null, customerName: null },
    jpy: { ...overdue, amount: { value: 4400, currency: 'jpy' } },
    'long-names': { ...overdue, customerName: longName.customerName, plan: plan({ name: long }) },
    branded: { ...overdue, brand: branded },
  },
} satisfies { [K in Kind]: Record<string, PropsOf[K]> }
