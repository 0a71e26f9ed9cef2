// The lines of an order's table as data. Every sum can be checked by adding up the lines above it.

import type { Words } from '../words/index.ts'
import type { OrderSummary } from './order-summary.ts'

/**
 * `item` and `change` lines add up to the next `sum`; a `note` adds nothing. Amounts carry their sign.
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

/** With more, Gmail would cut off the email, and the total with it. */
const MAX_ITEMS = 30

const sumOf = (items: OrderSummary['items']) => items.reduce((sum, { amount }) => sum + amount, 0)

/** One line for each item. If there are too many, the last line sums up the others. */
const itemLines = ({ items }: OrderSummary, words: LedgerWords): LedgerLine[] => {
  const shown = items.length > MAX_ITEMS ? items.slice(0, MAX_ITEMS - 1) : items
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

/** Tax is included in the prices if the total equals the discounted subtotal. */
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
  // A negative total is not paid out: the remainder stays as the customer's credit.
  const remainder = paid - (total + balance)
  if (remainder !== 0) lines.push({ kind: 'change', label: words.kept, amount: remainder })
  if (lines.length > 0) lines.push({ kind: 'sum', label: words.paid, amount: paid })
  return lines
}

/** The lines of an order's table, without lines that repeat a sum. The last `sum` is the amount paid. */
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

/** Whether nothing costs anything and nothing was credited. */
export const isFree = ({ items, subtotal, discount, tax, total, balance }: OrderSummary): boolean =>
  [
    ...items.map(({ amount }) => amount),
    subtotal,
    discount?.amount ?? 0,
    tax,
    total,
    balance,
  ].every((amount) => amount === 0)
