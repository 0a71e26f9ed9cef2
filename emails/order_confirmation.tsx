// A purchase is paid: thanks, what comes with it, and the summary to keep.

import { Benefits } from './_kit/benefits.tsx'
import { letterOf } from './_kit/letter.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['order_confirmation']

export const subject = (props: Props): string => {
  const { words, product } = letterOf('order_confirmation', props)
  return subjectLine(words.subject, product)
}

export default function OrderConfirmation(props: Props) {
  const letter = letterOf('order_confirmation', props)
  const { words, product, order, benefits, date } = letter
  const amount = letter.paid(order)
  const preheader = amount ? words.preheader.paid(amount, date(order.date)) : words.preheader.free
  const lead = amount ? words.lead.paid(amount, product) : words.lead.free(product)
  return (
    <Receipt lead={[lead]} letter={letter} preheader={[preheader]} subject={subject(props)}>
      <Benefits benefits={benefits} letter={letter} />
    </Receipt>
  )
}

OrderConfirmation.PreviewProps = previewProps('order_confirmation')
