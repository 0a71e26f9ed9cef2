// A trial has started: its end, benefits, and the first charge.

import { Benefits } from './_kit/benefits.tsx'
import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { billedIn, Facts, planIn } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['trial_started']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('trial_started', props)
  return subjectLine(words.subject, plan.name)
}

export default function TrialStarted(props: Props) {
  const email = prepareEmail('trial_started', props)
  const { words, common, plan, benefits } = email
  const end = email.day(email.trialEndsAt)
  const price = email.price && email.money(email.price.value, email.price.currency)
  const billed = billedIn(email, plan)
  const every = billed && billed.charAt(0).toLocaleLowerCase(email.locale) + billed.slice(1)
  return (
    <Layout email={email} preheader={[words.preheader(end)]} subject={subject(props)}>
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>{words.lead(plan.name, end)}</Paragraph>
      <Paragraph email={email}>
        {price
          ? words.next.price(every ? common.priceEvery(price, every) : price)
          : words.next.noPrice}
      </Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [common.trialEnds, end, 'day'],
          [common.price, price],
          [common.billed, billed],
        ]}
        email={email}
      />
      <Benefits benefits={benefits} email={email} />
    </Layout>
  )
}

TrialStarted.PreviewProps = previewProps('trial_started')
