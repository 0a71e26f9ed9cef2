// What was used beside the regular price was billed: the summary to keep.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_usage_invoice']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_usage_invoice', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionUsageInvoice(props: Props) {
  const letter = letterOf('subscription_usage_invoice', props)
  const { words, plan, order, invoice, say } = letter
  const amount = letter.paid(order)
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name), words.note)}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Order invoice={invoice} letter={letter} order={order} />
    </Layout>
  )
}

SubscriptionUsageInvoice.PreviewProps = previewProps('subscription_usage_invoice')
