// A paused subscription is active again: its order, and the next renewal.

import { PlanFacts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_resumed']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_resumed', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionResumed(props: Props) {
  const email = prepareEmail('subscription_resumed', props)
  const { words, plan, order, day } = email
  const amount = email.paid(order)
  const renews = plan.renewsAt && words.renews(day(plan.renewsAt))
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.noOrder, renews]
  const lead = [words.lead(plan.name), amount && words.paid(amount), renews]
  return (
    <Receipt lead={lead} email={email} preheader={preheader} subject={subject(props)}>
      <PlanFacts email={email} plan={plan} />
    </Receipt>
  )
}

SubscriptionResumed.PreviewProps = previewProps('subscription_resumed')
