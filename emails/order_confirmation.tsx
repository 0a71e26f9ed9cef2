// A purchase is paid: thanks, what it was, and the summary to keep.

import { ActionButton } from './_kit/button.tsx'
import { formatDate } from './_kit/dates.ts'
import { Layout } from './_kit/layout.tsx'
import { formatMoney } from './_kit/money.ts'
import { Order } from './_kit/order.tsx'
import { preheaderLine, printable, subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { samples } from './_kit/samples.ts'

type Props = PropsOf['order_confirmation']

const copy = {
  subject: (product: string) => (product ? `Your order: ${product}` : 'Your order'),
  preheader: {
    paid: (amount: string, date: string) => `${amount} paid on ${date}. Here is your summary.`,
    free: 'It is complete, and there is nothing to pay.',
  },
  title: 'Thank you for your order',
  lead: {
    paid: (amount: string, product: string) =>
      `Your payment of ${amount} for ${product} went through. Here is the summary for your records.`,
    free: (product: string) => `Your order of ${product} is complete. There is nothing to pay.`,
  },
  action: 'View your order',
}

const paid = ({ order, locale }: Props) =>
  order.paid > 0 ? formatMoney(order.paid, order.currency, locale) : null

export const subject = (props: Props): string => subjectLine(copy.subject, printable(props).product)

export const preheader = (given: Props): string => {
  const props = printable(given)
  const amount = paid(props)
  const date = formatDate(props.order.date, props.locale)
  return preheaderLine(amount ? copy.preheader.paid(amount, date) : copy.preheader.free)
}

export default function OrderConfirmation(given: Props) {
  const props = printable(given)
  const { brand, locale, customerName, links, product, order } = props
  const amount = paid(props)
  return (
    <Layout {...{ brand, links, locale }} preheader={preheader(props)} subject={subject(props)}>
      <Title>{copy.title}</Title>
      <Greeting name={customerName} />
      <Paragraph>{amount ? copy.lead.paid(amount, product) : copy.lead.free(product)}</Paragraph>
      <ActionButton brand={brand} href={links.action}>
        {copy.action}
      </ActionButton>
      <Order locale={locale} order={order} />
    </Layout>
  )
}

OrderConfirmation.PreviewProps = samples.order_confirmation.standard satisfies Props
