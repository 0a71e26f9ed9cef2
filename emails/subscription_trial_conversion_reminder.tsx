// A trial ends soon: the day, the first charge, a payment method to add where there is none, and how to stop before.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { nextChargeIn } from './_kit/next-charge.ts'
import { billedIn, Facts, planIn } from './_kit/plan.tsx'
import { prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_trial_conversion_reminder']

export const subject = (props: Props): string => {
  const { words, plan, day, trialEndsAt } = prepareEmail(
    'subscription_trial_conversion_reminder',
    props,
  )
  return subjectLine((name) => words.subject(name, day(trialEndsAt)), plan.name)
}

export default function SubscriptionTrialConversionReminder(props: Props) {
  const email = prepareEmail('subscription_trial_conversion_reminder', props)
  const { words, common, plan, amount, join } = email
  const [end, by] = [email.day(email.trialEndsAt), email.by(email.trialEndsAt)]
  const card = email.card === 'none' ? null : email.card
  const charge = nextChargeIn(email, words.charge, { amount, card }, words.facts.amount)
  const lacksMethod = email.card === 'none' && !charge.isFree
  const add = lacksMethod ? words.add(by) : null
  const stop = words.stop(by)
  return (
    <Layout
      email={email}
      preheader={[lacksMethod ? words.preheader.add : charge.sentence, stop]}
      subject={subject(props)}
    >
      <Title email={email}>{words.title}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>
        {join(words.lead(plan.name, end), !lacksMethod && words.continues, charge.sentence)}
      </Paragraph>
      {add && <Paragraph email={email}>{add}</Paragraph>}
      <Paragraph email={email}>{stop}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [common.trialEnds, end, 'day'],
          [common.billed, billedIn(email, plan)],
          charge.method,
          charge.amount,
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionTrialConversionReminder.PreviewProps = previewProps(
  'subscription_trial_conversion_reminder',
)
