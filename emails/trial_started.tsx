// A trial has begun: until when it is free, what comes with it, and what happens then.

import { Benefits } from './_kit/benefits.tsx'
import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { letterOf } from './_kit/letter.ts'
import { billedIn, Facts, planIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['trial_started']

export const subject = (props: Props): string => {
  const { words, plan } = letterOf('trial_started', props)
  return subjectLine(words.subject, plan.name)
}

export default function TrialStarted(props: Props) {
  const letter = letterOf('trial_started', props)
  const { words, common, plan, benefits } = letter
  const end = letter.date(letter.trialEndsAt)
  const price = letter.price && letter.money(letter.price.value, letter.price.currency)
  const billed = billedIn(letter, plan)
  const every = billed && billed.charAt(0).toLocaleLowerCase(letter.locale) + billed.slice(1)
  return (
    <Layout letter={letter} preheader={[words.preheader(end)]} subject={subject(props)}>
      <Title letter={letter}>{words.title}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>{words.lead(plan.name, end)}</Paragraph>
      <Paragraph letter={letter}>
        {price
          ? words.next.price(every ? common.priceEvery(price, every) : price)
          : words.next.noPrice}
      </Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [common.trialEnds, end, 'day'],
          [common.price, price],
          [common.billed, billed],
        ]}
        letter={letter}
      />
      <Benefits benefits={benefits} letter={letter} />
    </Layout>
  )
}

TrialStarted.PreviewProps = previewProps('trial_started')
