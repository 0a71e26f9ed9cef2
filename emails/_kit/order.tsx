// What was bought, what it cost, whom it was billed to and where the invoice is.

import { isFree, ledger } from './ledger.ts'
import type { Letter } from './letter.ts'
import { addressLines } from './postal-address.ts'
import type { Invoice, OrderSummary } from './props.ts'
import { Lines, SmallPrint, Subtitle } from './prose.tsx'
import { type Row, Table } from './table.tsx'

type Props = { letter: Letter; order: OrderSummary; invoice: Invoice }

const lookOfLine = { item: 'item', change: 'step', sum: 'step', note: 'note' } as const

/** A number is written as the reader's country does. In a language that runs the other way, a name in a label keeps its order. */
const labels = ({ common, piece, count }: Letter): Letter['common'] => ({
  ...common,
  discount: (name) => common.discount(name && piece(name)),
  moreItems: (items) => common.moreItems(items, count(items)),
  prorated: (label) => common.prorated(piece(label)),
})

const amountRows = (letter: Letter, order: OrderSummary): Row[] => {
  const { common, money, brandName } = letter
  const lines = ledger(order, labels(letter))
  const free = isFree(order)
  const result = lines.findLastIndex(({ kind }) => kind === 'sum')
  return lines.map(({ kind, label, amount }, at) => ({
    look: at === result ? 'result' : lookOfLine[kind],
    label: label || brandName,
    value: free ? common.free : money(amount, order.currency),
  }))
}

const BilledTo = ({ letter, order }: Omit<Props, 'invoice'>) => {
  const filled = [
    order.billingName ?? '',
    ...addressLines(order.billingAddress, letter.locale),
  ].filter(Boolean)
  if (filled.length === 0) return null
  return (
    <SmallPrint letter={letter}>
      <Lines of={[letter.common.billedTo, ...filled.map(letter.piece)]} />
    </SmallPrint>
  )
}

export const Order = ({ letter, order, invoice }: Props) => {
  const { common, date, piece } = letter
  const day = date(order.date)
  return (
    <>
      <Subtitle letter={letter}>{common.summary}</Subtitle>
      <SmallPrint letter={letter}>
        {order.number && `${common.invoiceNumber(piece(order.number))} · `}
        <span style={{ whiteSpace: 'nowrap' }}>{day}</span>
      </SmallPrint>
      <Table head={[common.item, common.amount]} letter={letter} rows={amountRows(letter, order)} />
      <BilledTo letter={letter} order={order} />
      {invoice && (
        <SmallPrint letter={letter}>
          {invoice === 'attached' ? common.invoiceAttached : common.invoiceInPortal}
        </SmallPrint>
      )}
    </>
  )
}
