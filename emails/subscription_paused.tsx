// A subscription is paused or will be: from when, until when, and that nothing is charged meanwhile.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { type LetterOf, letterOf } from './_kit/letter.ts'
import { Facts, planIn } from './_kit/plan.tsx'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_paused']

export const subject = (props: Props): string => {
  const { words, plan, state } = letterOf('subscription_paused', props)
  return subjectLine(words.subject[state], plan.name)
}

const lead = ({ words, plan, state }: LetterOf<'subscription_paused'>, begin: string | null) => {
  if (state === 'paused') return words.lead.paused(plan.name)
  return begin ? words.lead.from(plan.name, begin) : words.lead.soon(plan.name)
}

export default function SubscriptionPaused(props: Props) {
  const letter = letterOf('subscription_paused', props)
  const { words, common, plan, state, pausesAt, resumesAt, date } = letter
  const begin = pausesAt && date(pausesAt)
  const end = resumesAt && date(resumesAt)
  const preheader = [
    state === 'scheduled' && begin && words.preheader.from(begin),
    end ? words.preheader.resumes(end) : words.preheader.open,
  ]
  return (
    <Layout letter={letter} preheader={preheader} subject={subject(props)}>
      <Title letter={letter}>{words.title[state]}</Title>
      <Greeting letter={letter} />
      <Paragraph letter={letter}>{lead(letter, begin)}</Paragraph>
      <Paragraph letter={letter}>{end ? words.next.resumes(end) : words.next.open}</Paragraph>
      <ActionButton letter={letter}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(letter, plan.name, plan.quantity)],
          [words.facts.pauses, begin, 'day'],
          [words.facts.resumes, end, 'day'],
        ]}
        letter={letter}
      />
    </Layout>
  )
}

SubscriptionPaused.PreviewProps = previewProps('subscription_paused')
