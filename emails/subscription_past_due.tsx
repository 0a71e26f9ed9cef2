// A subscription's payment failed: the reason, the next attempt, the deadline, and what the customer must do.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { isEarlierDay } from './_kit/dates.ts'
import { Layout } from './_kit/layout.tsx'
import { Facts, planIn } from './_kit/plan.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_past_due']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_past_due', props)
  return subjectLine(words.subject, plan.name)
}

/** The sentence about access; null if access is unknown. */
const access = ({ words, access, date }: EmailOf<'subscription_past_due'>): string | null => {
  if (access === null) return null
  return access === 'paused' ? words.access.paused : words.access.until(date(access.until))
}

/**
 * The next attempt; null if none is known. An attempt on the deadline's day or later does not count, since Polar makes it as
 * the subscription ends.
 */
const nextChargeOf = ({ nextChargeAt, deadline, date }: EmailOf<'subscription_past_due'>) =>
  nextChargeAt !== null && isEarlierDay(nextChargeAt, deadline) ? date(nextChargeAt) : null

/** The sentence about the next attempt. */
const next = (email: EmailOf<'subscription_past_due'>): string => {
  const { words, decline, nextChargeAt } = email
  const deadline = email.date(email.deadline)
  const nextTry = nextChargeOf(email)
  if (decline === 'no_method') return words.next.onceAdded(deadline)
  if (nextTry) return words.next.retry(nextTry, deadline)
  return nextChargeAt === null ? words.next.unpaid(deadline) : words.next.noRetry(deadline)
}

export default function SubscriptionPastDue(props: Props) {
  const email = prepareEmail('subscription_past_due', props)
  const { words, common, plan, card, decline, date, join } = email
  const amount = email.amount && email.money(email.amount.value, email.amount.currency)
  const [failed, deadline] = [date(email.pastDueAt), date(email.deadline)]
  const hasNoMethod = decline === 'no_method'
  const { preheader, ask, action } = hasNoMethod ? words.add : words
  return (
    <Layout email={email} preheader={[preheader(deadline)]} subject={subject(props)}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(
          amount
            ? words.lead.amount(amount, plan.name, failed)
            : words.lead.noAmount(plan.name, failed),
          decline && words.decline[decline],
          ask,
        )}
      </Paragraph>
      <ActionButton email={email}>{action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [words.facts.failed, failed, 'day'],
          [words.facts.method, card && words.facts.card(cardName(card.brand), card.last4)],
          [words.facts.nextTry, hasNoMethod ? null : nextChargeOf(email), 'day'],
          [words.facts.deadline, deadline, 'day'],
          [words.facts.amount, amount, 'result'],
        ]}
        email={email}
      />
      <Paragraph email={email}>{join(next(email), access(email))}</Paragraph>
      <Paragraph email={email}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}

SubscriptionPastDue.PreviewProps = previewProps('subscription_past_due')
