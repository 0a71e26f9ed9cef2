// A subscription has changed, with immediate effect: from what to what, and what it cost.

import { Benefits } from './_kit/benefits.tsx'
import { type LetterOf, letterOf } from './_kit/letter.ts'
import { billedIn, Facts, planIn, quantityIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Receipt } from './_kit/receipt.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_updated']

export const subject = (props: Props): string => {
  const { words, plan, change } = letterOf('subscription_updated', props)
  return subjectLine(words.subject[change], plan.name)
}

const lead = (letter: LetterOf<'subscription_updated'>): string => {
  const { words, plan, before, change } = letter
  const quantity = quantityIn(letter, plan.quantity)
  if (change === 'quantity' && quantity) return words.lead.quantity(plan.name, quantity)
  return before.name ? words.lead.fromTo(before.name, plan.name) : words.lead.to(plan.name)
}

/** An order of nothing is no charge, and its summary says so. */
const charge = ({ words, order, paid }: LetterOf<'subscription_updated'>): string | null => {
  const amount = paid(order)
  if (order === null) return words.charge.later
  return amount && words.charge.paid(amount)
}

export default function SubscriptionUpdated(props: Props) {
  const letter = letterOf('subscription_updated', props)
  const { words, common, plan, before, benefits, order, date } = letter
  const amount = letter.paid(order)
  const known = before.name !== null || before.quantity !== null
  const was = known && planIn(letter, before.name ?? plan.name, before.quantity)
  return (
    <Receipt
      lead={[lead(letter), charge(letter)]}
      letter={letter}
      preheader={[amount ? words.preheader.paid(amount) : words.preheader.settled]}
      subject={subject(props)}
    >
      <Facts
        facts={[
          [words.facts.before, was || null],
          [words.facts.now, planIn(letter, plan.name, plan.quantity)],
          [common.billed, billedIn(letter, plan)],
          [common.nextRenewal, plan.renewsAt && date(plan.renewsAt), 'day'],
        ]}
        letter={letter}
      />
      <Benefits benefits={benefits} letter={letter} />
    </Receipt>
  )
}

SubscriptionUpdated.PreviewProps = previewProps('subscription_updated')
