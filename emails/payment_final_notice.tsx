// The last reminder before a subscription ends because a payment failed.

import { Dunning } from './_kit/dunning.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['payment_final_notice']

export const subject = (props: Props): string => {
  const { words, plan, by, deadline } = prepareEmail('payment_final_notice', props)
  return subjectLine((name) => words.subject(name, by(deadline)), plan.name)
}

export default function PaymentFinalNotice(props: Props) {
  const email = prepareEmail('payment_final_notice', props)
  return <Dunning email={email} last={email.words.last} subject={subject(props)} />
}

PaymentFinalNotice.PreviewProps = previewProps('payment_final_notice')
