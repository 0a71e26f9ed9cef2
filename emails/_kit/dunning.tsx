// The body of the reminders of a failed payment: what is owed, what happens by itself, and what the customer must do.

import { ActionButton } from './button.tsx'
import { cardName } from './card.ts'
import { isEarlierDay } from './dates.ts'
import { Layout } from './layout.tsx'
import { Facts, planIn } from './plan.tsx'
import type { EmailOf } from './prepare.ts'
import { Greeting, Paragraph, Title } from './prose.tsx'

type Whole = EmailOf<'payment_reminder'>

/** An email of either kind; their subjects differ. */
type Reminder = Omit<Whole, 'words'> & { words: Omit<Whole['words'], 'subject'> }

/** The sum of all orders; null if there is none, or if their currencies differ. */
const totalOf = ({ owed, money }: Reminder): string | null => {
  const [first] = owed
  if (first === undefined || owed.some(({ currency }) => currency !== first.currency)) return null
  return money(
    owed.reduce((sum, { value }) => sum + value, 0),
    first.currency,
  )
}

/** The next attempt to name. One on the deadline's day or later comes as the subscription ends. */
const nextChargeOf = ({ course, nextChargeAt, deadline, date }: Reminder): string | null =>
  course === 'retried' && nextChargeAt !== null && isEarlierDay(nextChargeAt, deadline)
    ? date(nextChargeAt)
    : null

/** The sentence about what happens by itself. */
const next = (email: Reminder, deadline: string): string => {
  const { words, course } = email
  const nextTry = nextChargeOf(email)
  if (course === 'no_card') return words.next.onceAdded(deadline)
  if (course === 'not_retried') return words.next.noRetry(deadline)
  return nextTry ? words.next.retry(nextTry, deadline) : words.next.unpaid(deadline)
}

/** Why it failed. The course of things outranks the bank's last answer. */
const reason = ({ words, course, decline }: Reminder): string | null => {
  if (course === 'no_card') return words.decline.no_method
  if (course === 'authentication') return words.decline.authentication_required
  return decline && words.decline[decline]
}

/** The words that say what to do. */
const stepsOf = ({ words, course }: Reminder) => {
  if (course === 'no_card') return words.add
  return course === 'authentication' ? words.confirm : words
}

/** The orders, where there are several. */
const orderRows = ({ owed, common, isolate, money }: Reminder) =>
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
  email: Reminder
  subject: string
  /** A sentence after the first. */
  last?: string
}

export const Dunning = ({ email, subject, last }: Props) => {
  const { words, common, plan, card, course, date, join } = email
  const amount = totalOf(email)
  const [failed, deadline] = [date(email.pastDueAt), date(email.deadline)]
  const { preheader, ask, action } = stepsOf(email)
  const method =
    card && course !== 'no_card' ? words.facts.card(cardName(card.brand), card.last4) : null
  return (
    <Layout email={email} preheader={[preheader(deadline)]} subject={subject}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(
          amount
            ? words.lead.amount(amount, plan.name, failed)
            : words.lead.noAmount(plan.name, failed),
          last ?? null,
          reason(email),
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
          [words.facts.deadline, deadline, 'day'],
          ...orderRows(email),
          [words.facts.amount, amount, 'result'],
        ]}
        email={email}
      />
      <Paragraph email={email}>{next(email, deadline)}</Paragraph>
      <Paragraph email={email}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}
