// The body of every email about an order: text, button, the kind's own content, and the order.

import type { ReactNode } from 'react'
import { ActionButton } from './button.tsx'
import { Layout } from './layout.tsx'
import { Order } from './order.tsx'
import type { OrderSummary } from './order-summary.ts'
import type { Email } from './prepare.ts'
import type { Invoice } from './props.ts'
import { Greeting, Paragraph, Title } from './prose.tsx'

type Props = {
  /** Without an order there is no summary: a free change has none. */
  email: Email & {
    words: { title: string; action: string }
    order: OrderSummary | null
    invoice: Invoice
  }
  subject: string
  preheader: (string | null | false)[]
  /** Sentences of the first paragraph; null and false are left out. */
  lead: (string | null | false)[]
  /** Between the button and the order. */
  children?: ReactNode
}

export const Receipt = ({ email, subject, preheader, lead, children }: Props) => {
  const { words, order, invoice, join } = email
  return (
    <Layout email={email} preheader={preheader} subject={subject}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>{join(...lead)}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      {children}
      {order && <Order invoice={invoice} email={email} order={order} />}
    </Layout>
  )
}
