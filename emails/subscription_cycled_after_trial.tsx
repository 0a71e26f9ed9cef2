// A trial is over and the subscription goes on: its first payment, and when it renews.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_cycled_after_trial']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_cycled_after_trial', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionCycledAfterTrial(props: Props) {
  const letter = letterOf('subscription_cycled_after_trial', props)
  const { words, plan, order, invoice, date, say } = letter
  const amount = letter.paid(order)
  const renewal = plan.renewsAt && date(plan.renewsAt)
  const preheader = [
    amount ? words.preheader.paid(amount) : words.preheader.free,
    renewal && words.renews(renewal),
  ]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(
          amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name),
          renewal && words.renews(renewal),
        )}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <PlanFacts letter={letter} plan={plan} />
      <Order invoice={invoice} letter={letter} order={order} />
    </Layout>
  )
}

SubscriptionCycledAfterTrial.PreviewProps = previewProps('subscription_cycled_after_trial')
