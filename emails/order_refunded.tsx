// A refund: its amount, its order, and when it arrives.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { Layout } from './_kit/layout.tsx'
import { Facts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['order_refunded']

export const subject = (props: Props): string => {
  const { words, product } = prepareEmail('order_refunded', props)
  return subjectLine(words.subject, product)
}

export default function OrderRefunded(props: Props) {
  const email = prepareEmail('order_refunded', props)
  const { words, product, order, refund, card, isFull, date, money, join, isolate } = email
  const amount = money(refund.value, refund.currency)
  const lead = isFull ? words.lead.full : words.lead.partial
  return (
    <Layout email={email} preheader={[words.preheader(amount)]} subject={subject(props)}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(
          lead(amount, product),
          card ? words.method.card(cardName(card.brand), card.last4) : words.method.unknown,
        )}
      </Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [words.facts.order, order.number ? isolate(order.number) : product],
          [words.facts.ordered, date(order.date), 'day'],
          [words.facts.total, money(order.total, order.currency)],
          [words.facts.refunded, email.day(email.refundedAt), 'day'],
          [words.facts.amount, amount, 'result'],
        ]}
        email={email}
      />
    </Layout>
  )
}

OrderRefunded.PreviewProps = previewProps('order_refunded')
