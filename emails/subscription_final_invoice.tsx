// A subscription is over and what was left to pay is paid: the last summary.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_final_invoice']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_final_invoice', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionFinalInvoice(props: Props) {
  const letter = letterOf('subscription_final_invoice', props)
  const { words, plan, order, invoice, date, say } = letter
  const amount = letter.paid(order)
  const ended = date(letter.endedAt)
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(
          amount ? words.lead.paid(amount, plan.name, ended) : words.lead.free(plan.name, ended),
          words.note,
        )}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Order invoice={invoice} letter={letter} order={order} />
    </Layout>
  )
}

SubscriptionFinalInvoice.PreviewProps = previewProps('subscription_final_invoice')
