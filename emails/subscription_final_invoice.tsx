// A subscription is over and what was left to pay is paid: the last summary.

import { letterOf } from './_kit/letter.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_final_invoice']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_final_invoice', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionFinalInvoice(props: Props) {
  const letter = letterOf('subscription_final_invoice', props)
  const { words, plan, order } = letter
  const amount = letter.paid(order)
  const ended = letter.date(letter.endedAt)
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free]
  const lead = amount
    ? words.lead.paid(amount, plan.name, ended)
    : words.lead.free(plan.name, ended)
  return (
    <Receipt
      lead={[lead, words.note]}
      letter={letter}
      preheader={preheader}
      subject={subject(props)}
    />
  )
}

SubscriptionFinalInvoice.PreviewProps = previewProps('subscription_final_invoice')
