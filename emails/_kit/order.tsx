// What was bought, what it cost and whom it was billed to.

import { formatDate } from './dates.ts'
import { isFree, ledger } from './ledger.ts'
import { formatMoney } from './money.ts'
import type { OrderSummary } from './props.ts'
import { SmallPrint, Subtitle } from './prose.tsx'
import { type Row, Table } from './table.tsx'

const copy = {
  title: 'Summary',
  item: 'Item',
  amount: 'Amount',
  free: 'Free',
  invoice: (number: string) => `Invoice ${number}`,
  billedTo: 'Billed to',
}

type Props = { order: OrderSummary; locale: string }

const lookOf = { item: 'item', change: 'step', sum: 'step', note: 'note' } as const

const amountRows = ({ order, locale }: Props): Row[] => {
  const lines = ledger(order)
  const free = isFree(order)
  const result = lines.findLastIndex(({ kind }) => kind === 'sum')
  return lines.map(({ kind, label, amount }, at) => ({
    look: at === result ? 'result' : lookOf[kind],
    label,
    value: free ? copy.free : formatMoney(amount, order.currency, locale),
  }))
}

const BilledTo = ({ order }: { order: OrderSummary }) => {
  const lines = [order.billingName, ...order.billingAddress].filter((line) => line)
  if (lines.length === 0) return null
  return (
    <SmallPrint>
      {copy.billedTo}
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <span key={at}>
          <br />
          {line}
        </span>
      ))}
    </SmallPrint>
  )
}

export const Order = ({ order, locale }: Props) => (
  <>
    <Subtitle>{copy.title}</Subtitle>
    <SmallPrint>
      {order.number && `${copy.invoice(order.number)} · `}
      <span style={{ whiteSpace: 'nowrap' }}>{formatDate(order.date, locale)}</span>
    </SmallPrint>
    <Table head={[copy.item, copy.amount]} rows={amountRows({ order, locale })} />
    <BilledTo order={order} />
  </>
)
