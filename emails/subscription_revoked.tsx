// A subscription has ended: the date, the reason, and what stays available.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { Facts, planIn } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_revoked']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_revoked', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionRevoked(props: Props) {
  const email = prepareEmail('subscription_revoked', props)
  const { words, common, plan, because } = email
  const end = email.day(email.endedAt)
  return (
    <Layout
      email={email}
      preheader={[words.preheader[because === 'unpaid' ? 'unpaid' : 'ended']]}
      subject={subject(props)}
    >
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>{words.lead[because](plan.name, end)}</Paragraph>
      <Paragraph email={email}>{words.next}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [words.facts.ended, end, 'day'],
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionRevoked.PreviewProps = previewProps('subscription_revoked')
