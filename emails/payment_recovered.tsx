// A failed payment was paid after all: the order, and the next renewal.

import { PlanFacts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['payment_recovered']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('payment_recovered', props)
  return subjectLine(words.subject, plan.name)
}

export default function PaymentRecovered(props: Props) {
  const email = prepareEmail('payment_recovered', props)
  const { words, plan, order, day } = email
  const amount = email.money(order.paid, order.currency)
  const preheader = [words.preheader(amount)]
  const lead = [words.lead(amount, plan.name), plan.renewsAt && words.renews(day(plan.renewsAt))]
  return (
    <Receipt lead={lead} email={email} preheader={preheader} subject={subject(props)}>
      <PlanFacts email={email} plan={plan} />
    </Receipt>
  )
}

PaymentRecovered.PreviewProps = previewProps('payment_recovered')
