// A subscription has started: its plan, benefits, next renewal and first order.

import { Benefits } from './_kit/benefits.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_confirmation']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_confirmation', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionConfirmation(props: Props) {
  const email = prepareEmail('subscription_confirmation', props)
  const { words, plan, order, benefits, day } = email
  const amount = email.paid(order)
  const renewal = plan.renewsAt && day(plan.renewsAt)
  const preheader = [
    amount ? words.preheader.paid(amount) : words.preheader.free,
    renewal && words.preheader.renews(renewal),
  ]
  const lead = [
    amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name),
    renewal && words.renews(renewal),
  ]
  return (
    <Receipt lead={lead} email={email} preheader={preheader} subject={subject(props)}>
      <PlanFacts email={email} plan={plan} />
      <Benefits benefits={benefits} email={email} />
    </Receipt>
  )
}

SubscriptionConfirmation.PreviewProps = previewProps('subscription_confirmation')
