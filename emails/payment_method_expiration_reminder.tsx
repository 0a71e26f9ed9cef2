// A card expires soon: which one, when, the subscriptions that it pays, and where to update it.

import { ActionButton } from './_kit/button.tsx'
import { cardName } from './_kit/card.ts'
import { Layout } from './_kit/layout.tsx'
import { Names } from './_kit/names.tsx'
import { clip } from './_kit/plain-text.ts'
import { Facts } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

/** In a subject, where digits that are no digits would take all the space. */
const MAX_DIGITS = 8

type Props = PropsOf['payment_method_expiration_reminder']

export const subject = (props: Props): string => {
  const { words, card, isolate } = prepareEmail('payment_method_expiration_reminder', props)
  const brand = cardName(card.brand)
  const digits = clip(card.last4, MAX_DIGITS)
  return brand
    ? subjectLine((name) => words.subject(name, digits), isolate(brand))
    : words.subject(null, digits)
}

export default function PaymentMethodExpirationReminder(props: Props) {
  const email = prepareEmail('payment_method_expiration_reminder', props)
  const { words, card, plans, join } = email
  const brand = cardName(card.brand)
  const month = email.month(email.expires)
  const [plan, ...others] = plans
  const pays = plan !== undefined && others.length === 0 && words.pays.one(plan)
  return (
    <Layout
      email={email}
      preheader={[words.preheader.expires(month), words.preheader.ask]}
      subject={subject(props)}
    >
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(words.lead(brand, card.last4, month), pays, words.ask)}
      </Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [words.facts.method, words.facts.card(brand, card.last4)],
          [words.facts.expires, month, 'day'],
        ]}
        email={email}
      />
      {others.length > 0 && (
        <>
          <Paragraph email={email}>{words.pays.several}</Paragraph>
          <Names email={email} more={words.pays.more} names={plans} />
        </>
      )}
      <Paragraph email={email}>{words.alreadyDone}</Paragraph>
    </Layout>
  )
}

PaymentMethodExpirationReminder.PreviewProps = previewProps('payment_method_expiration_reminder')
