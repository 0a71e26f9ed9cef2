// The body of the email about an invoice of usage that could not be collected. The subscription goes on.

import { ActionButton } from './button.tsx'
import { cardName } from './card.ts'
import { reasonOf, totalOf } from './dunning.tsx'
import { Layout } from './layout.tsx'
import { Facts, planIn } from './plan.tsx'
import type { EmailOf } from './prepare.ts'
import { Greeting, Paragraph, Title } from './prose.tsx'

type Props = { email: EmailOf<'payment_reminder'>; subject: string }

export const UsageUnpaid = ({ email, subject }: Props) => {
  const { words, common, plan, card, course, nextChargeAt, day, join } = email
  const { usage, facts } = words
  const [amount, failed] = [totalOf(email), day(email.pastDueAt)]
  const nextTry = course === 'retried' && nextChargeAt !== null ? day(nextChargeAt) : null
  const method = card && course !== 'no_card' ? facts.card(cardName(card.brand), card.last4) : null
  return (
    <Layout email={email} preheader={[usage.ask, usage.goesOn]} subject={subject}>
      <Title email={email}>{usage.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(
          amount
            ? usage.lead.amount(amount, plan.name, failed)
            : usage.lead.noAmount(plan.name, failed),
          reasonOf(email),
          usage.ask,
        )}
      </Paragraph>
      <ActionButton email={email}>{usage.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [facts.failed, failed, 'day'],
          [facts.method, method],
          [facts.nextTry, nextTry, 'day'],
          [facts.amount, amount, 'result'],
        ]}
        email={email}
      />
      <Paragraph email={email}>{join(nextTry && usage.retry(nextTry), usage.goesOn)}</Paragraph>
      <Paragraph email={email}>{words.alreadyPaid}</Paragraph>
    </Layout>
  )
}
