// A subscription was renewed and paid: the order, and the next renewal.

import { PlanFacts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_cycled']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_cycled', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionCycled(props: Props) {
  const email = prepareEmail('subscription_cycled', props)
  const { words, plan, order, day } = email
  const amount = email.paid(order)
  const renews = plan.renewsAt && words.renews(day(plan.renewsAt))
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free, renews]
  const lead = [amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name), renews]
  return (
    <Receipt lead={lead} email={email} preheader={preheader} subject={subject(props)}>
      <PlanFacts email={email} plan={plan} />
    </Receipt>
  )
}

SubscriptionCycled.PreviewProps = previewProps('subscription_cycled')
