// The body of every email about an order: what happened, the way to the portal, whatever the kind adds, and the order itself.

import type { ReactNode } from 'react'
import { ActionButton } from './button.tsx'
import { Layout } from './layout.tsx'
import type { Letter } from './letter.ts'
import { Order } from './order.tsx'
import type { Invoice, OrderSummary } from './props.ts'
import { Greeting, Paragraph, Title } from './prose.tsx'

type Props = {
  /** No order, no summary: a change that cost nothing brings none. */
  letter: Letter & {
    words: { title: string; action: string }
    order: OrderSummary | null
    invoice: Invoice
  }
  subject: string
  preheader: (string | null | false)[]
  /** The sentences of the first paragraph; what is null or false is left out. */
  lead: (string | null | false)[]
  /** Between the button and the order. */
  children?: ReactNode
}

export const Receipt = ({ letter, subject, preheader, lead, children }: Props) => {
  const { words, order, invoice, say } = letter
  return (
    <Layout letter={letter} preheader={preheader} subject={subject}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>{say(...lead)}</Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      {children}
      {order && <Order invoice={invoice} letter={letter} order={order} />}
    </Layout>
  )
}
