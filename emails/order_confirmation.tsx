// A purchase is paid: thanks, what comes with it, and the summary to keep.

import { Benefits } from './_kit/benefits.tsx'
import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['order_confirmation']

export const subject = (props: Props): string => {
  const { words, product } = letterOf('order_confirmation', props)
  return subjectLine(words.subject, product)
}

export default function OrderConfirmation(props: Props) {
  const letter = letterOf('order_confirmation', props)
  const { words, product, order, benefits, invoice, date } = letter
  const amount = letter.paid(order)
  const preheader = amount ? words.preheader.paid(amount, date(order.date)) : words.preheader.free
  return (
    <Layout letter={letter} preheader={[preheader]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {amount ? words.lead.paid(amount, product) : words.lead.free(product)}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Benefits benefits={benefits} letter={letter} />
      <Order invoice={invoice} letter={letter} order={order} />
    </Layout>
  )
}

OrderConfirmation.PreviewProps = previewProps('order_confirmation')
