// A trial is over and the subscription goes on: its first payment, and when it renews.

import { letterOf } from './_kit/letter.ts'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_cycled_after_trial']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_cycled_after_trial', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionCycledAfterTrial(props: Props) {
  const letter = letterOf('subscription_cycled_after_trial', props)
  const { words, plan, order, date } = letter
  const amount = letter.paid(order)
  const renews = plan.renewsAt && words.renews(date(plan.renewsAt))
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free, renews]
  const lead = [amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name), renews]
  return (
    <Receipt lead={lead} letter={letter} preheader={preheader} subject={subject(props)}>
      <PlanFacts letter={letter} plan={plan} />
    </Receipt>
  )
}

SubscriptionCycledAfterTrial.PreviewProps = previewProps('subscription_cycled_after_trial')
