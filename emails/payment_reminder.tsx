// A failed payment is still open: what is owed, what happens by itself, and what the customer must do.

import { Dunning } from './_kit/dunning.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['payment_reminder']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('payment_reminder', props)
  return subjectLine(words.subject, plan.name)
}

export default function PaymentReminder(props: Props) {
  return <Dunning email={prepareEmail('payment_reminder', props)} subject={subject(props)} />
}

PaymentReminder.PreviewProps = previewProps('payment_reminder')
