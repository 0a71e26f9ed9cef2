// A subscription's payment failed: what happened, what happens next, and the one thing that mends it.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { Layout } from './_kit/layout.tsx'
import { type LetterOf, letterOf } from './_kit/letter.ts'
import { Facts, planIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_past_due']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('subscription_past_due', props)
  return subjectLine(words.subject, plan.name)
}

/** Nothing is said of access where it isn't known. */
const access = ({ words, access, date }: LetterOf<'subscription_past_due'>): string | null => {
  if (access === null) return null
  return access === 'paused' ? words.access.paused : words.access.until(date(access.until))
}

export default function SubscriptionPastDue(props: Props) {
  const letter = letterOf('subscription_past_due', props)
  const { words, common, plan, card, decline, date, say } = letter
  const amount = letter.amount && letter.money(letter.amount.value, letter.amount.currency)
  const [failed, deadline] = [date(letter.pastDueAt), date(letter.deadline)]
  const nextTry = letter.nextTryAt && date(letter.nextTryAt)
  const hasNoMethod = decline === 'no_method'
  const next = nextTry ? words.next.retry(nextTry, deadline) : words.next.retries(deadline)
  return (
    <Layout letter={letter} preheader={[words.preheader(deadline)]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(
          amount
            ? words.lead.amount(amount, plan.name, failed)
            : words.lead.noAmount(plan.name, failed),
          decline && words.decline[decline],
          hasNoMethod ? words.add : words.ask,
        )}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [words.facts.failed, failed],
          [words.facts.method, card && words.facts.card(cardName(card.brand), card.last4)],
          [words.facts.nextTry, hasNoMethod ? null : nextTry],
          [words.facts.deadline, deadline],
          [words.facts.amount, amount, 'result'],
        ]}
        letter={letter}
      />
      <Paragraph letter={letter}>
        {say(hasNoMethod ? words.next.onceAdded(deadline) : next, access(letter))}
      </Paragraph>
      <Paragraph letter={letter}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}

SubscriptionPastDue.PreviewProps = previewProps('subscription_past_due')
