// A subscription has changed with immediate effect: the old plan, the new one, and the cost.

import { Benefits } from './_kit/benefits.tsx'
import { billedIn, Facts, planIn, quantityIn } from './_kit/plan.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_updated']

export const subject = (props: Props): string => {
  const { words, plan, change } = prepareEmail('subscription_updated', props)
  return subjectLine(words.subject[change], plan.name)
}

const lead = (email: EmailOf<'subscription_updated'>): string => {
  const { words, plan, before, change } = email
  const quantity = quantityIn(email, plan.quantity)
  if (change === 'quantity' && quantity) return words.lead.quantity(plan.name, quantity)
  return before.name ? words.lead.fromTo(before.name, plan.name) : words.lead.to(plan.name)
}

/** The sentence about the charge; null for a free order, whose summary says so. */
const charge = ({ words, order, paid }: EmailOf<'subscription_updated'>): string | null => {
  const amount = paid(order)
  if (order === null) return words.charge.later
  return amount && words.charge.paid(amount)
}

export default function SubscriptionUpdated(props: Props) {
  const email = prepareEmail('subscription_updated', props)
  const { words, common, plan, before, benefits, order, day } = email
  const amount = email.paid(order)
  const known = before.name !== null || before.quantity !== null
  const was = known && planIn(email, before.name ?? plan.name, before.quantity)
  return (
    <Receipt
      lead={[lead(email), charge(email)]}
      email={email}
      preheader={[amount ? words.preheader.paid(amount) : words.preheader.settled]}
      subject={subject(props)}
    >
      <Facts
        facts={[
          [words.facts.before, was || null],
          [words.facts.now, planIn(email, plan.name, plan.quantity)],
          [common.billed, billedIn(email, plan)],
          [common.nextRenewal, plan.renewsAt && day(plan.renewsAt), 'day'],
        ]}
        email={email}
      />
      <Benefits benefits={benefits} email={email} />
    </Receipt>
  )
}

SubscriptionUpdated.PreviewProps = previewProps('subscription_updated')
