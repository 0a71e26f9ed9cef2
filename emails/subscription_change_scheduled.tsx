// A subscription will change: the old plan, the new one, and the date.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { Facts, planIn, quantityIn } from './_kit/plan.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_change_scheduled']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_change_scheduled', props)
  return subjectLine(words.subject, plan.name)
}

/** The new plan; null if its product has no known name. */
const next = (email: EmailOf<'subscription_change_scheduled'>): string | null => {
  const { plan, nextPlan, nextProductId, nextQuantity } = email
  if (nextProductId !== null && !nextPlan) return null
  return planIn(email, nextPlan ?? plan.name, nextQuantity)
}

const lead = (email: EmailOf<'subscription_change_scheduled'>, date: string): string => {
  const { words, plan, nextPlan, nextProductId } = email
  const quantity = quantityIn(email, email.nextQuantity)
  if (nextPlan) return words.lead.fromTo(plan.name, nextPlan, date)
  if (nextProductId === null && quantity) return words.lead.quantity(plan.name, quantity, date)
  return words.lead.unnamed(plan.name, date)
}

export default function SubscriptionChangeScheduled(props: Props) {
  const email = prepareEmail('subscription_change_scheduled', props)
  const { words, plan, appliesAt } = email
  const date = email.day(appliesAt)
  return (
    <Layout email={email} preheader={[words.preheader(date)]} subject={subject(props)}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>{email.join(lead(email, date), words.next)}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [words.facts.now, planIn(email, plan.name, plan.quantity)],
          [words.facts.from(date), next(email)],
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionChangeScheduled.PreviewProps = previewProps('subscription_change_scheduled')
