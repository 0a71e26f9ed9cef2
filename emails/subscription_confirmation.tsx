// A subscription has begun: what it is, what comes with it, when it renews, and the summary of its first order.

import { Benefits } from './_kit/benefits.tsx'
import { letterOf } from './_kit/letter.ts'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_confirmation']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_confirmation', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionConfirmation(props: Props) {
  const letter = letterOf('subscription_confirmation', props)
  const { words, plan, order, benefits, date } = letter
  const amount = letter.paid(order)
  const renewal = plan.renewsAt && date(plan.renewsAt)
  const preheader = [
    amount ? words.preheader.paid(amount) : words.preheader.free,
    renewal && words.preheader.renews(renewal),
  ]
  const lead = [
    amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name),
    renewal && words.renews(renewal),
  ]
  return (
    <Receipt lead={lead} letter={letter} preheader={preheader} subject={subject(props)}>
      <PlanFacts letter={letter} plan={plan} />
      <Benefits benefits={benefits} letter={letter} />
    </Receipt>
  )
}

SubscriptionConfirmation.PreviewProps = previewProps('subscription_confirmation')
