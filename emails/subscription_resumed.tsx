// A pause is over: the subscription is active again, what that cost, and when it renews.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Order } from './_kit/order.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_resumed']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_resumed', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionResumed(props: Props) {
  const letter = letterOf('subscription_resumed', props)
  const { words, plan, order, invoice, date, say } = letter
  const amount = letter.paid(order)
  const renewal = plan.renewsAt && date(plan.renewsAt)
  const preheader = [
    amount ? words.preheader.paid(amount) : words.preheader.noOrder,
    renewal && words.renews(renewal),
  ]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(words.lead(plan.name), amount && words.paid(amount), renewal && words.renews(renewal))}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <PlanFacts letter={letter} plan={plan} />
      {order && <Order invoice={invoice} letter={letter} order={order} />}
    </Layout>
  )
}

SubscriptionResumed.PreviewProps = previewProps('subscription_resumed')
