// Usage beyond the regular price was billed: the order.

import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_usage_invoice']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_usage_invoice', props)
  return subjectLine(words.subject, plan.name)
}

export default function SubscriptionUsageInvoice(props: Props) {
  const email = prepareEmail('subscription_usage_invoice', props)
  const { words, plan, order } = email
  const amount = email.paid(order)
  const preheader = [amount ? words.preheader.paid(amount) : words.preheader.free]
  const lead = amount ? words.lead.paid(amount, plan.name) : words.lead.free(plan.name)
  return (
    <Receipt
      lead={[lead, words.note]}
      email={email}
      preheader={preheader}
      subject={subject(props)}
    />
  )
}

SubscriptionUsageInvoice.PreviewProps = previewProps('subscription_usage_invoice')
