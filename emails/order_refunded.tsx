// Money goes back: how much, for what, and where and when it arrives.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Facts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['order_refunded']

export const subject = (props: Props): string => {
  const { words, product } = letterOf('order_refunded', props)
  return subjectLine(words.subject, product)
}

export default function OrderRefunded(props: Props) {
  const letter = letterOf('order_refunded', props)
  const { words, product, order, refund, card, isFull, date, money, say, piece } = letter
  const amount = money(refund.value, refund.currency)
  const lead = isFull ? words.lead.full : words.lead.partial
  return (
    <Layout letter={letter} preheader={[words.preheader(amount)]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(
          lead(amount, product),
          card ? words.method.card(cardName(card.brand), card.last4) : words.method.unknown,
        )}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [words.facts.order, order.number ? piece(order.number) : product],
          [words.facts.ordered, date(order.date), 'day'],
          [words.facts.total, money(order.total, order.currency)],
          [words.facts.refunded, date(letter.refundedAt), 'day'],
          [words.facts.amount, amount, 'result'],
        ]}
        letter={letter}
      />
    </Layout>
  )
}

OrderRefunded.PreviewProps = previewProps('order_refunded')
