// A pause is over: the subscription is active again, what that cost, and when it renews.

import { letterOf } from './_kit/letter.ts'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_resumed']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_resumed', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionResumed(props: Props) {
  const letter = letterOf('subscription_resumed', props)
  const { words, plan, order, date } = letter
  const amount = letter.paid(order)
  const renews = plan.renewsAt && words.renews(date(plan.renewsAt))
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.noOrder, renews]
  const lead = [words.lead(plan.name), amount && words.paid(amount), renews]
  return (
    <Receipt lead={lead} letter={letter} preheader={preheader} subject={subject(props)}>
      <PlanFacts letter={letter} plan={plan} />
    </Receipt>
  )
}

SubscriptionResumed.PreviewProps = previewProps('subscription_resumed')
