// An ended subscription's last usage is paid: the final order.

import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_final_invoice']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_final_invoice', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionFinalInvoice(props: Props) {
  const email = prepareEmail('subscription_final_invoice', props)
  const { words, plan, order } = email
  const amount = email.paid(order)
  const ended = email.day(email.endedAt)
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free]
  const lead = amount
    ? words.lead.paid(amount, plan.name, ended)
    : words.lead.free(plan.name, ended)
  return (
    <Receipt
      lead={[lead, words.note]}
      email={email}
      preheader={preheader}
      subject={subject(props)}
    />
  )
}

SubscriptionFinalInvoice.PreviewProps = previewProps('subscription_final_invoice')
