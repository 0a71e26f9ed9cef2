// A subscription is cancelled: until when it can still be used, and how to take that back.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { Facts, planIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_cancellation']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_cancellation', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionCancellation(props: Props) {
  const letter = letterOf('subscription_cancellation', props)
  const { words, common, plan, endsAt, isTrial } = letter
  const end = endsAt && letter.date(endsAt)
  const stage = isTrial ? 'trial' : 'until'
  return (
    <Layout
      letter={letter}
      preheader={[end ? words.preheader[stage](end) : words.preheader.noDate]}
      subject={subject(props)}
    >
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {end ? words.lead[stage](plan.name, end) : words.lead.noDate(plan.name)}
      </Paragraph>
      {end && <Paragraph letter={letter}>{words.change}</Paragraph>}
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [words.facts.accessUntil, end, 'day'],
        ]}
        letter={letter}
      />
    </Layout>
  )
}

SubscriptionCancellation.PreviewProps = previewProps('subscription_cancellation')
