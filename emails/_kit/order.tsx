// An order's section: items and amounts, billing address, invoice.

import { isFree, ledger } from './ledger.ts'
import type { OrderSummary } from './order-summary.ts'
import { addressLines } from './postal-address.ts'
import type { Email } from './prepare.ts'
import type { Invoice } from './props.ts'
import { Lines, SmallPrint, Subtitle } from './prose.tsx'
import { type Row, Table } from './table.tsx'

type Props = { email: Email; order: OrderSummary; invoice: Invoice }

const ROW_KINDS = { item: 'item', change: 'step', sum: 'step', note: 'note' } as const

/** The labels, with counts formatted and names isolated for right-to-left languages. */
const labels = ({ common, isolate, count }: Email): Email['common'] => ({
  ...common,
  discount: (name) => common.discount(name && isolate(name)),
  moreItems: (items) => common.moreItems(items, count(items)),
  prorated: (label) => common.prorated(isolate(label)),
})

const amountRows = (email: Email, order: OrderSummary): Row[] => {
  const { common, money, brandName } = email
  const lines = ledger(order, labels(email))
  const free = isFree(order)
  const result = lines.findLastIndex(({ kind }) => kind === 'sum')
  return lines.map(({ kind, label, amount }, at) => ({
    kind: at === result ? 'result' : ROW_KINDS[kind],
    label: label || brandName,
    value: free ? common.free : money(amount, order.currency),
  }))
}

const BilledTo = ({ email, order }: Omit<Props, 'invoice'>) => {
  const filled = [
    order.billingName ?? '',
    ...addressLines(order.billingAddress, email.locale),
  ].filter(Boolean)
  if (filled.length === 0) return null
  return (
    <SmallPrint email={email}>
      <Lines of={[email.common.billedTo, ...filled.map(email.isolate)]} />
    </SmallPrint>
  )
}

export const Order = ({ email, order, invoice }: Props) => {
  const { common, date, isolate } = email
  const day = date(order.date)
  return (
    <>
      <Subtitle email={email}>{common.summary}</Subtitle>
      <SmallPrint email={email}>
        {order.number && `${common.invoiceNumber(isolate(order.number))} · `}
        <span style={{ whiteSpace: 'nowrap' }}>{day}</span>
      </SmallPrint>
      <Table head={[common.item, common.amount]} email={email} rows={amountRows(email, order)} />
      <BilledTo email={email} order={order} />
      {invoice && (
        <SmallPrint email={email}>
          {invoice === 'attached' ? common.invoiceAttached : common.invoiceInPortal}
        </SmallPrint>
      )}
    </>
  )
}
