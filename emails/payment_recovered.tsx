// A payment that had failed went through: relief, the summary to keep, and when it renews.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['payment_recovered']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('payment_recovered', props)
  return subjectLine(words.subject, plan.name)
}

export default function PaymentRecovered(props: Props) {
  const letter = letterOf('payment_recovered', props)
  const { words, plan, order, invoice, date, say } = letter
  const amount = letter.money(order.paid, order.currency)
  const renewal = plan.renewsAt && date(plan.renewsAt)
  const preheader = [words.preheader(amount)]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(words.lead(amount, plan.name), renewal && words.renews(renewal))}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <PlanFacts letter={letter} plan={plan} />
      <Order invoice={invoice} letter={letter} order={order} />
    </Layout>
  )
}

PaymentRecovered.PreviewProps = previewProps('payment_recovered')
