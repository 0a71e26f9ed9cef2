// A payment that had failed went through: relief, the summary to keep, and when it renews.

import { letterOf } from './_kit/letter.ts'
import { PlanFacts } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['payment_recovered']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('payment_recovered', props)
  return subjectLine(words.subject, plan.name)
}

export default function PaymentRecovered(props: Props) {
  const letter = letterOf('payment_recovered', props)
  const { words, plan, order, date } = letter
  const amount = letter.money(order.paid, order.currency)
  const preheader = [words.preheader(amount)]
  const lead = [words.lead(amount, plan.name), plan.renewsAt && words.renews(date(plan.renewsAt))]
  return (
    <Receipt lead={lead} letter={letter} preheader={preheader} subject={subject(props)}>
      <PlanFacts letter={letter} plan={plan} />
    </Receipt>
  )
}

PaymentRecovered.PreviewProps = previewProps('payment_recovered')
