// A subscription's payment failed: what happened, what happens next, and the one thing that mends it.

import { ActionButton } from './_kit/button.tsx'
import { formatDate } from './_kit/dates.ts'
import { Layout } from './_kit/layout.tsx'
import { formatMoney } from './_kit/money.ts'
import { preheaderLine, printable, subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { samples } from './_kit/samples.ts'
import { Table } from './_kit/table.tsx'

type Props = PropsOf['subscription_past_due']

// Whether access goes on meanwhile is the merchant's setting, which is not known here: nothing is said about it.
const copy = {
  subject: (plan: string) => `Payment failed for your ${plan} subscription`,
  preheader: (date: string) => `Please update your payment method by ${date} to keep it.`,
  title: 'Your payment didn’t go through',
  happened: (amount: string | null, plan: string, date: string) =>
    `The payment${amount ? ` of ${amount}` : ''} for ${plan} failed on ${date}.`,
  ask: 'To keep your subscription, please check or update your payment method.',
  action: 'Update payment method',
  next: (date: string) =>
    `We will try the payment again automatically over the coming days. If it isn’t paid by ${date}, the subscription ends.`,
  alreadyPaid: 'If you have paid in the meantime, there is nothing left to do.',
  facts: {
    plan: 'Subscription',
    amount: 'Amount due',
    failed: 'Payment failed',
    deadline: 'Pay by',
  },
}

export const subject = (props: Props): string =>
  subjectLine(copy.subject, printable(props).plan.name)

export const preheader = (given: Props): string => {
  const { deadline, locale } = printable(given)
  return preheaderLine(copy.preheader(formatDate(deadline, locale)))
}

export default function SubscriptionPastDue(given: Props) {
  const props = printable(given)
  const { brand, locale, customerName, links, plan } = props
  const amount = props.amount && formatMoney(props.amount.value, props.amount.currency, locale)
  const failed = formatDate(props.pastDueAt, locale)
  const deadline = formatDate(props.deadline, locale)
  return (
    <Layout {...{ brand, links, locale }} preheader={preheader(props)} subject={subject(props)}>
      <Title>{copy.title}</Title>
      <Greeting name={customerName} />
      <Paragraph>
        {copy.happened(amount, plan.name, failed)} {copy.ask}
      </Paragraph>
      <ActionButton brand={brand} href={links.action}>
        {copy.action}
      </ActionButton>
      <Paragraph>{copy.next(deadline)}</Paragraph>
      <Table
        rows={[
          { look: 'fact', label: copy.facts.plan, value: plan.name },
          { look: 'fact', label: copy.facts.failed, value: failed },
          { look: 'fact', label: copy.facts.deadline, value: deadline },
          ...(amount ? [{ look: 'result', label: copy.facts.amount, value: amount } as const] : []),
        ]}
      />
      <Paragraph>{copy.alreadyPaid}</Paragraph>
    </Layout>
  )
}

SubscriptionPastDue.PreviewProps = samples.subscription_past_due.standard satisfies Props
