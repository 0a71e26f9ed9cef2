// A subscription is over: since when and why, and what stays.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Facts, planIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_revoked']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_revoked', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionRevoked(props: Props) {
  const letter = letterOf('subscription_revoked', props)
  const { words, common, plan, because } = letter
  const end = letter.date(letter.endedAt)
  return (
    <Layout letter={letter} preheader={[words.preheader[because]]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>{words.lead[because](plan.name, end)}</Paragraph>
      <Paragraph letter={letter}>{words.next}</Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [words.facts.ended, end, 'day'],
        ]}
        letter={letter}
      />
    </Layout>
  )
}

SubscriptionRevoked.PreviewProps = previewProps('subscription_revoked')
