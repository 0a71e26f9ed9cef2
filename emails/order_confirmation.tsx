// A purchase is paid: thanks, benefits and the order.

import { Benefits } from './_kit/benefits.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['order_confirmation']

export const subject = (props: Props): string => {
  const { words, product } = prepareEmail('order_confirmation', props)
  return subjectLine(words.subject, product)
}

export default function OrderConfirmation(props: Props) {
  const email = prepareEmail('order_confirmation', props)
  const { words, product, order, benefits, date } = email
  const amount = email.paid(order)
  const preheader = amount ? words.preheader.paid(amount, date(order.date)) : words.preheader.free
  const lead = amount ? words.lead.paid(amount, product) : words.lead.free(product)
  return (
    <Receipt lead={[lead]} email={email} preheader={[preheader]} subject={subject(props)}>
      <Benefits benefits={benefits} email={email} />
    </Receipt>
  )
}

OrderConfirmation.PreviewProps = previewProps('order_confirmation')
