// A failed payment is still open: what is owed, what happens by itself, and what the customer must do.

import { Dunning } from './_kit/dunning.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { previewProps } from './_kit/samples/standard.ts'
import { UsageUnpaid } from './_kit/usage-unpaid.tsx'

type Props = PropsOf['payment_reminder']

export const subject = (props: Props): string => {
  const { words, plan, deadline } = prepareEmail('payment_reminder', props)
  return subjectLine(deadline === null ? words.usage.subject : words.subject, plan.name)
}

export default function PaymentReminder(props: Props) {
  const email = prepareEmail('payment_reminder', props)
  const { deadline } = email
  return deadline === null ? (
    <UsageUnpaid email={email} subject={subject(props)} />
  ) : (
    <Dunning email={{ ...email, deadline }} subject={subject(props)} />
  )
}

PaymentReminder.PreviewProps = previewProps('payment_reminder')
