// A subscription's payment failed: what happened, what happens next, and the one thing that mends it.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { isEarlierDay } from './_kit/dates.ts'
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

/**
 * An attempt on the deadline's day or later is none to wait for: Polar makes it as the subscription ends. Null as well
 * where no attempt is known of.
 */
const nextChargeOf = ({ nextChargeAt, deadline, date }: LetterOf<'subscription_past_due'>) =>
  nextChargeAt !== null && isEarlierDay(nextChargeAt, deadline) ? date(nextChargeAt) : null

/** What happens next, as far as it is known. */
const next = (letter: LetterOf<'subscription_past_due'>): string => {
  const { words, decline, nextChargeAt } = letter
  const deadline = letter.date(letter.deadline)
  const nextTry = nextChargeOf(letter)
  if (decline === 'no_method') return words.next.onceAdded(deadline)
  if (nextTry) return words.next.retry(nextTry, deadline)
  return nextChargeAt === null ? words.next.unpaid(deadline) : words.next.noRetry(deadline)
}

export default function SubscriptionPastDue(props: Props) {
  const letter = letterOf('subscription_past_due', props)
  const { words, common, plan, card, decline, date, say } = letter
  const amount = letter.amount && letter.money(letter.amount.value, letter.amount.currency)
  const [failed, deadline] = [date(letter.pastDueAt), date(letter.deadline)]
  const hasNoMethod = decline === 'no_method'
  const { preheader, ask, action } = hasNoMethod ? words.add : words
  return (
    <Layout letter={letter} preheader={[preheader(deadline)]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>
        {say(
          amount
            ? words.lead.amount(amount, plan.name, failed)
            : words.lead.noAmount(plan.name, failed),
          decline && words.decline[decline],
          ask,
        )}
      </Paragraph>
      <ActionButton letter={letter}>{action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [words.facts.failed, failed, 'day'],
          [words.facts.method, card && words.facts.card(cardName(card.brand), card.last4)],
          [words.facts.nextTry, hasNoMethod ? null : nextChargeOf(letter), 'day'],
          [words.facts.deadline, deadline, 'day'],
          [words.facts.amount, amount, 'result'],
        ]}
        letter={letter}
      />
      <Paragraph letter={letter}>{say(next(letter), access(letter))}</Paragraph>
      <Paragraph letter={letter}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}

SubscriptionPastDue.PreviewProps = previewProps('subscription_past_due')
