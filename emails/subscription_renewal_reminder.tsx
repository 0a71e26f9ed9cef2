// A subscription renews soon: the day, the charge, a change that comes with it, and how to change or cancel before.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { nextChargeIn } from './_kit/next-charge.ts'
import { billedIn, Facts, planIn, quantityIn } from './_kit/plan.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_renewal_reminder']

export const subject = (props: Props): string => {
  const { words, plan, day, renewsAt } = prepareEmail('subscription_renewal_reminder', props)
  return subjectLine((name) => words.subject(name, day(renewsAt)), plan.name)
}

/** The sentence about the change, and what it changes to; null where none is known. */
const changeOf = (email: EmailOf<'subscription_renewal_reminder'>) => {
  const { words, plan, nextPlan, nextProductId, nextQuantity } = email
  const quantity = quantityIn(email, nextQuantity)
  if (nextProductId !== null && !nextPlan) return { sentence: words.change.unnamed, next: null }
  if (nextPlan)
    return {
      sentence: quantity ? words.change.planWith(nextPlan, quantity) : words.change.plan(nextPlan),
      next: planIn(email, nextPlan, nextQuantity),
    }
  if (!quantity) return { sentence: null, next: null }
  return {
    sentence: words.change.quantity(quantity),
    next: planIn(email, plan.name, nextQuantity),
  }
}

export default function SubscriptionRenewalReminder(props: Props) {
  const email = prepareEmail('subscription_renewal_reminder', props)
  const { words, common, plan, card, nextProductId, join } = email
  const day = email.day(email.renewsAt)
  const charge = nextChargeIn(email, words.charge, email, common.amount)
  const change = changeOf(email)
  const isSettled = card !== null || charge.isFree
  const stop = words.stop(email.by(email.renewsAt))
  return (
    <Layout email={email} preheader={[charge.sentence, stop]} subject={subject(props)}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(words.lead(plan.name, day), change.sentence, charge.sentence)}
      </Paragraph>
      <Paragraph email={email}>{join(isSettled && words.keep, stop)}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [common.billed, nextProductId === null ? billedIn(email, plan) : null],
          [common.nextRenewal, day, 'day'],
          [words.facts.next, change.next],
          charge.method,
          charge.amount,
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionRenewalReminder.PreviewProps = previewProps('subscription_renewal_reminder')
