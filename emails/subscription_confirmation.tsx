// A subscription has begun: what it is, when it renews, and the summary of its first order.

import { ActionButton } from './_kit/button.tsx'
import { formatDate } from './_kit/dates.ts'
import { Layout } from './_kit/layout.tsx'
import { formatMoney } from './_kit/money.ts'
import { Order } from './_kit/order.tsx'
import { PlanFacts } from './_kit/plan.tsx'
import { preheaderLine, printable, subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { samples } from './_kit/samples.ts'

type Props = PropsOf['subscription_confirmation']

const copy = {
  subject: (plan: string) => `Your ${plan} subscription has started`,
  preheader: {
    paid: (amount: string) => `${amount} paid.`,
    free: 'There is nothing to pay today.',
    renews: (date: string) => `Renews on ${date}.`,
  },
  title: 'Your subscription has started',
  lead: {
    paid: (amount: string, plan: string) =>
      `You are subscribed to ${plan}, and your payment of ${amount} went through.`,
    free: (plan: string) => `You are subscribed to ${plan}. There is nothing to pay today.`,
  },
  renews: (date: string) => `The subscription renews on ${date}, unless you cancel before then.`,
  action: 'Manage subscription',
}

const paid = ({ order, locale }: Props) =>
  order.paid > 0 ? formatMoney(order.paid, order.currency, locale) : null

const renewal = ({ plan, locale }: Props) =>
  plan.renewsAt === null ? null : formatDate(plan.renewsAt, locale)

export const subject = (props: Props): string =>
  subjectLine(copy.subject, printable(props).plan.name)

export const preheader = (given: Props): string => {
  const props = printable(given)
  const amount = paid(props)
  const date = renewal(props)
  return preheaderLine(
    [
      amount ? copy.preheader.paid(amount) : copy.preheader.free,
      date && copy.preheader.renews(date),
    ]
      .filter(Boolean)
      .join(' '),
  )
}

export default function SubscriptionConfirmation(given: Props) {
  const props = printable(given)
  const { brand, locale, customerName, links, plan, order } = props
  const amount = paid(props)
  const date = renewal(props)
  return (
    <Layout {...{ brand, links, locale }} preheader={preheader(props)} subject={subject(props)}>
      <Title>{copy.title}</Title>
      <Greeting name={customerName} />
      <Paragraph>
        {amount ? copy.lead.paid(amount, plan.name) : copy.lead.free(plan.name)}
        {date && ` ${copy.renews(date)}`}
      </Paragraph>
      <ActionButton brand={brand} href={links.action}>
        {copy.action}
      </ActionButton>
      <PlanFacts locale={locale} plan={plan} />
      <Order locale={locale} order={order} />
    </Layout>
  )
}

SubscriptionConfirmation.PreviewProps = samples.subscription_confirmation.standard satisfies Props
