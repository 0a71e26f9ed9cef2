// What an order's table says, line by line, as data: every line can be checked by adding up the ones above it.

import type { Words } from '../words/index.ts'
import type { OrderSummary } from './props.ts'

/**
 * `item` and `change` lines add up to the next `sum`; a `sum` says what has been reached; a `note` adds nothing.
 * Amounts carry their sign.
 */
type LedgerLine = { kind: 'item' | 'change' | 'sum' | 'note'; label: string; amount: number }

type LedgerWords = Pick<
  Words['common'],
  | 'moreItems'
  | 'prorated'
  | 'subtotal'
  | 'discount'
  | 'tax'
  | 'includesTax'
  | 'total'
  | 'credit'
  | 'owed'
  | 'kept'
  | 'paid'
>

/** With more, the email would grow past the size at which Gmail cuts it off, and the total with it. */
const MOST_ITEMS = 30

const sumOf = (items: OrderSummary['items']) => items.reduce((sum, { amount }) => sum + amount, 0)

/** A line each, or the first ones and a line with the number and the sum of the others. */
const itemLines = ({ items }: OrderSummary, words: LedgerWords): LedgerLine[] => {
  const shown = items.length > MOST_ITEMS ? items.slice(0, MOST_ITEMS - 1) : items
  const lines = shown.map(
    ({ label, amount, proration }): LedgerLine => ({
      kind: 'item',
      label: proration ? words.prorated(label) : label,
      amount,
    }),
  )
  const others = items.slice(shown.length)
  if (others.length > 0) {
    const label = words.moreItems(others.length, String(others.length))
    lines.push({ kind: 'item', label, amount: sumOf(others) })
  }
  return lines
}

/** A tax already inside the prices changes nothing when the total is what the discount left. */
const isTaxIncluded = ({ subtotal, discount, tax, total }: OrderSummary) =>
  tax !== 0 && subtotal - (discount?.amount ?? 0) === total

const changeLines = (order: OrderSummary, words: LedgerWords): LedgerLine[] => {
  const { discount, tax } = order
  const lines: LedgerLine[] = []
  if (discount && discount.amount !== 0)
    lines.push({ kind: 'change', label: words.discount(discount.label), amount: -discount.amount })
  if (tax !== 0 && !isTaxIncluded(order))
    lines.push({ kind: 'change', label: words.tax, amount: tax })
  return lines
}

const balanceLines = ({ total, balance, paid }: OrderSummary, words: LedgerWords): LedgerLine[] => {
  const lines: LedgerLine[] = []
  if (balance !== 0) {
    const label = balance < 0 ? words.credit : total < 0 ? words.kept : words.owed
    lines.push({ kind: 'change', label, amount: balance })
  }
  // Less than nothing is never paid out: what is left over stays with the customer.
  const left = paid - (total + balance)
  if (left !== 0) lines.push({ kind: 'change', label: words.kept, amount: left })
  if (lines.length > 0) lines.push({ kind: 'sum', label: words.paid, amount: paid })
  return lines
}

/** The lines of an order's table: one that would say nothing new is left out. The last `sum` is what was paid. */
export const ledger = (order: OrderSummary, words: LedgerWords): LedgerLine[] => {
  const items = itemLines(order, words)
  const changes = changeLines(order, words)
  const listed = sumOf(order.items)
  const lines = [...items]
  if (changes.length > 0 || listed !== order.subtotal)
    lines.push({ kind: 'sum', label: words.subtotal, amount: order.subtotal })
  lines.push(...changes, { kind: 'sum', label: words.total, amount: order.total })
  if (isTaxIncluded(order))
    lines.push({ kind: 'note', label: words.includesTax, amount: order.tax })
  return [...lines, ...balanceLines(order, words)]
}

/** Nothing in it costs anything, and nothing was credited either. */
export const isFree = ({ items, subtotal, discount, tax, total, balance }: OrderSummary): boolean =>
  [
    ...items.map(({ amount }) => amount),
    subtotal,
    discount?.amount ?? 0,
    tax,
    total,
    balance,
  ].every((amount) => amount === 0)
