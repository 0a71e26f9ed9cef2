// The body of every email about a failed payment: what is owed, what happens by itself, and what the customer must do.

import { ActionButton } from './button.tsx'
import { cardName } from './card.ts'
import { Layout } from './layout.tsx'
import { Facts, planIn } from './plan.tsx'
import type { EmailOf } from './prepare.ts'
import { Greeting, Paragraph, Title } from './prose.tsx'

type Whole = EmailOf<'payment_final_notice'>

/** An email of any of the kinds; their subjects differ. */
type Unpaid = Omit<Whole, 'words' | 'step'> & { words: Omit<Whole['words'], 'subject' | 'last'> }

/** The sum of all orders; null if there is none, or if their currencies differ. */
export const totalOf = ({ owed, money }: Pick<Unpaid, 'owed' | 'money'>): string | null => {
  const [first] = owed
  if (first === undefined || owed.some(({ currency }) => currency !== first.currency)) return null
  return money(
    owed.reduce((sum, { value }) => sum + value, 0),
    first.currency,
  )
}

/** The next attempt to name. One after the last day to pay comes as the subscription ends. */
const nextChargeOf = ({ course, nextChargeAt, deadline, isInTime, day }: Unpaid): string | null =>
  course === 'retried' && nextChargeAt !== null && isInTime(nextChargeAt, deadline)
    ? day(nextChargeAt)
    : null

/** The sentence about what happens by itself. */
const next = (email: Unpaid, by: string): string => {
  const { words, course } = email
  const nextTry = nextChargeOf(email)
  if (course === 'no_card') return words.next.onceAdded(by)
  if (course === 'not_retried') return words.next.noRetry(by)
  return nextTry ? words.next.retry(nextTry, by) : words.next.unpaid(by)
}

/** Why it failed. The course of things outranks the bank's last answer. */
export const reasonOf = ({
  words,
  course,
  decline,
}: Pick<Unpaid, 'course' | 'decline'> & { words: Pick<Unpaid['words'], 'decline'> }):
  | string
  | null => {
  if (course === 'no_card') return words.decline.no_method
  if (course === 'authentication') return words.decline.authentication_required
  return decline && words.decline[decline]
}

/** The words that say what to do. */
const stepsOf = ({ words, course }: Unpaid) => {
  if (course === 'no_card') return words.add
  if (course === 'authentication') return words.confirm
  return course === 'not_retried' ? { ...words, ask: words.askAnother } : words
}

/** The orders, where there are several. */
const orderRows = ({ owed, common, isolate, money }: Unpaid) =>
  owed.length < 2
    ? []
    : owed.map(
        ({ number, value, currency }) =>
          [
            number ? common.invoiceNumber(isolate(number)) : common.amount,
            money(value, currency),
            'item',
          ] as const,
      )

type Props = {
  email: Unpaid
  subject: string
  /** A sentence after the first. */
  last?: string
  /** The sentence about access. */
  access?: string | null
}

export const Dunning = ({ email, subject, last, access }: Props) => {
  const { words, common, plan, card, course, join } = email
  const amount = totalOf(email)
  const [failed, by] = [email.day(email.pastDueAt), email.by(email.deadline)]
  const { preheader, ask, action } = stepsOf(email)
  const method =
    card && course !== 'no_card' ? words.facts.card(cardName(card.brand), card.last4) : null
  return (
    <Layout email={email} preheader={[preheader(by)]} subject={subject}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(
          amount
            ? words.lead.amount(amount, plan.name, failed)
            : words.lead.noAmount(plan.name, failed),
          last ?? null,
          reasonOf(email),
          ask,
        )}
      </Paragraph>
      <ActionButton email={email}>{action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [words.facts.failed, failed, 'day'],
          [words.facts.method, method],
          [words.facts.nextTry, nextChargeOf(email), 'day'],
          [words.facts.deadline, email.lastDay(email.deadline), 'day'],
          ...orderRows(email),
          [words.facts.amount, amount, 'result'],
        ]}
        email={email}
      />
      <Paragraph email={email}>{join(next(email, by), access ?? null)}</Paragraph>
      <Paragraph email={email}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}
