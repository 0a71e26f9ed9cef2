// A subscription will change: from what to what and when, and that nothing changes before.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { type LetterOf, letterOf } from './_kit/letter.ts'
import { Facts, planIn, quantityIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_change_scheduled']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_change_scheduled', props)
  return subjectLine(words.subject, plan.name)
}

/** What it will be; null where the product it changes to has no known name. */
const next = (letter: LetterOf<'subscription_change_scheduled'>): string | null => {
  const { plan, nextPlan, nextProductId, nextQuantity } = letter
  if (nextProductId !== null && !nextPlan) return null
  return planIn(letter, nextPlan ?? plan.name, nextQuantity)
}

const lead = (letter: LetterOf<'subscription_change_scheduled'>, date: string): string => {
  const { words, plan, nextPlan, nextProductId } = letter
  const quantity = quantityIn(letter, letter.nextQuantity)
  if (nextPlan) return words.lead.fromTo(plan.name, nextPlan, date)
  if (nextProductId === null && quantity) return words.lead.quantity(plan.name, quantity, date)
  return words.lead.unnamed(plan.name, date)
}

export default function SubscriptionChangeScheduled(props: Props) {
  const letter = letterOf('subscription_change_scheduled', props)
  const { words, plan, appliesAt } = letter
  const date = letter.date(appliesAt)
  return (
    <Layout letter={letter} preheader={[words.preheader(date)]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>{letter.say(lead(letter, date), words.next)}</Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [words.facts.now, planIn(letter, plan.name, plan.quantity)],
          [words.facts.from(date), next(letter)],
        ]}
        letter={letter}
      />
    </Layout>
  )
}

SubscriptionChangeScheduled.PreviewProps = previewProps('subscription_change_scheduled')
