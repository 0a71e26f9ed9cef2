// A subscription is cancelled: the last day of access, and how to undo it.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { Facts, planIn } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_cancellation']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_cancellation', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionCancellation(props: Props) {
  const email = prepareEmail('subscription_cancellation', props)
  const { words, common, plan, endsAt, isTrial } = email
  const end = endsAt && email.lastDay(endsAt)
  const stage = isTrial ? 'trial' : 'until'
  return (
    <Layout
      email={email}
      preheader={[end ? words.preheader[stage](end) : words.preheader.noDate]}
      subject={subject(props)}
    >
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {end ? words.lead[stage](plan.name, end) : words.lead.noDate(plan.name)}
      </Paragraph>
      {end && <Paragraph email={email}>{words.change}</Paragraph>}
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [words.facts.accessUntil, end, 'day'],
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionCancellation.PreviewProps = previewProps('subscription_cancellation')
