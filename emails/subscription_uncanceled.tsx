// A cancellation is taken back: the subscription goes on, and when it renews.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_uncanceled']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_uncanceled', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionUncanceled(props: Props) {
  const letter = letterOf('subscription_uncanceled', props)
  const { words, plan } = letter
  const renewal = plan.renewsAt && letter.date(plan.renewsAt)
  return (
    <Layout
      letter={letter}
      preheader={[renewal ? words.preheader.renews(renewal) : words.preheader.noDate]}
      subject={subject(props)}
    >
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {letter.say(words.lead(plan.name), renewal && words.renews(renewal))}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <PlanFacts letter={letter} plan={plan} />
    </Layout>
  )
}

SubscriptionUncanceled.PreviewProps = previewProps('subscription_uncanceled')
