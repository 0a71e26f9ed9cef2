// A cancellation was undone: the subscription goes on, and its next renewal.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_uncanceled']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_uncanceled', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionUncanceled(props: Props) {
  const email = prepareEmail('subscription_uncanceled', props)
  const { words, plan } = email
  const renewal = plan.renewsAt && email.day(plan.renewsAt)
  return (
    <Layout
      email={email}
      preheader={[renewal ? words.preheader.renews(renewal) : words.preheader.noDate]}
      subject={subject(props)}
    >
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {email.join(words.lead(plan.name), renewal && words.renews(renewal))}
      </Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <PlanFacts email={email} plan={plan} />
    </Layout>
  )
}

SubscriptionUncanceled.PreviewProps = previewProps('subscription_uncanceled')
