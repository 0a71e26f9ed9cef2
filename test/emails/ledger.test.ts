import { describe, expect, test } from 'vitest'
import { isFree, ledger } from '../../emails/_kit/ledger.ts'
import type { OrderItem, OrderSummary } from '../../emails/_kit/order-summary.ts'
import { en } from '../../emails/words/en/index.ts'

const item = (label: string, amount: number, proration = false): OrderItem => ({
  label,
  amount,
  proration,
})

const order = (items: OrderItem[], different: Partial<OrderSummary> = {}): OrderSummary => {
  const subtotal = items.reduce((sum, { amount }) => sum + amount, 0)
  const { total = subtotal, balance = 0 } = different
  return {
    id: 'order',
    number: null,
    date: '2026-11-04T10:00:00Z',
    currency: 'usd',
    items,
    subtotal,
    discount: null,
    tax: 0,
    total,
    balance,
    paid: Math.max(0, total + balance),
    billingName: null,
    billingAddress: null,
    ...different,
  }
}

const one = [item('Plan', 2900)]
const two = [item('Album', 4900), item('Licence', 2500)]
const tenOff = { label: 'TENOFF', amount: 1000 }

const written = (summary: OrderSummary) =>
  ledger(summary, en.common).map(({ label, amount }) => `${label} ${amount}`)

const cases: [name: string, summary: OrderSummary, lines: string[]][] = [
  ['one item', order(one), ['Plan 2900', 'Total 2900']],
  ['several items', order(two), ['Album 4900', 'Licence 2500', 'Total 7400']],
  [
    'thirty items, each',
    order(Array.from({ length: 30 }, (_, at) => item(`Track ${at + 1}`, 100))),
    [...Array.from({ length: 30 }, (_, at) => `Track ${at + 1} 100`), 'Total 3000'],
  ],
  [
    'three hundred items, the first of them and the sum of the others',
    order(Array.from({ length: 300 }, (_, at) => item(`Track ${at + 1}`, at === 299 ? -50 : 100))),
    [
      ...Array.from({ length: 29 }, (_, at) => `Track ${at + 1} 100`),
      'And 271 more items 26950',
      'Total 29850',
    ],
  ],
  [
    'a discount and tax on top',
    order(two, { discount: tenOff, tax: 512, total: 6912 }),
    [
      'Album 4900',
      'Licence 2500',
      'Subtotal 7400',
      'Discount (TENOFF) -1000',
      'Tax 512',
      'Total 6912',
    ],
  ],
  [
    'tax on top',
    order(one, { tax: 232, total: 3132 }),
    ['Plan 2900', 'Subtotal 2900', 'Tax 232', 'Total 3132'],
  ],
  [
    'tax inside the price',
    order(one, { tax: 463 }),
    ['Plan 2900', 'Total 2900', 'Includes tax 463'],
  ],
  [
    'tax inside a discounted price',
    order(one, { discount: tenOff, tax: 303, total: 1900 }),
    ['Plan 2900', 'Subtotal 2900', 'Discount (TENOFF) -1000', 'Total 1900', 'Includes tax 303'],
  ],
  [
    'a discount without a name',
    order(one, { discount: { label: null, amount: 100 }, total: 2800 }),
    ['Plan 2900', 'Subtotal 2900', 'Discount -100', 'Total 2800'],
  ],
  [
    'a discount of nothing',
    order(one, { discount: { label: 'X', amount: 0 } }),
    ['Plan 2900', 'Total 2900'],
  ],
  [
    'account credit',
    order(one, { balance: -2000 }),
    ['Plan 2900', 'Total 2900', 'Account credit used -2000', 'Amount paid 900'],
  ],
  [
    'a balance owed from before',
    order(one, { balance: 150 }),
    ['Plan 2900', 'Total 2900', 'Previous balance 150', 'Amount paid 3050'],
  ],
  [
    'a downgrade that leaves money over',
    order([item('Unused time', -2900, true), item('Solo', 900)]),
    [
      'Unused time (prorated) -2900',
      'Solo 900',
      'Total -2000',
      'Kept as account credit 2000',
      'Amount paid 0',
    ],
  ],
  [
    'a downgrade already booked to the balance',
    order([item('Unused time', -2900, true), item('Solo', 900)], { balance: 2000 }),
    [
      'Unused time (prorated) -2900',
      'Solo 900',
      'Total -2000',
      'Kept as account credit 2000',
      'Amount paid 0',
    ],
  ],
  ['nothing to pay for', order([item('Starter Kit', 0)]), ['Starter Kit 0', 'Total 0']],
]

describe('the lines of an order', () => {
  test.each(cases)('with %s', (_name, summary, lines) => {
    expect(written(summary)).toEqual(lines)
  })

  test.each(cases)(
    'with %s add up from top to bottom, and end in what was paid',
    (_name, summary) => {
      let reached = 0
      for (const { kind, amount } of ledger(summary, en.common)) {
        if (kind === 'sum') expect(reached).toBe(amount)
        else if (kind !== 'note') reached += amount
      }
      expect(reached).toBe(summary.paid)
    },
  )

  test('an order is free only when no line costs or credits anything', () => {
    const free = cases.filter(([, summary]) => isFree(summary)).map(([name]) => name)
    expect(free).toEqual(['nothing to pay for'])
    expect(isFree(order(one, { discount: { label: null, amount: 2900 }, total: 0 }))).toBe(false)
  })
})
