// A subscription is paused or will be: the dates, and that nothing is charged meanwhile.

import { ActionButton } from './_kit/button.tsx'
import { Layout } from './_kit/layout.tsx'
import { Facts, planIn } from './_kit/plan.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { Greeting, Paragraph, Title } from './_kit/prose.tsx'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_paused']

export const subject = (props: Props): string => {
  const { words, plan, state } = prepareEmail('subscription_paused', props)
  return subjectLine(words.subject[state], plan.name)
}

const lead = ({ words, plan, state }: EmailOf<'subscription_paused'>, begin: string | null) => {
  if (state === 'paused') return words.lead.paused(plan.name)
  return begin ? words.lead.from(plan.name, begin) : words.lead.soon(plan.name)
}

export default function SubscriptionPaused(props: Props) {
  const email = prepareEmail('subscription_paused', props)
  const { words, common, plan, state, pausesAt, resumesAt, day } = email
  const begin = pausesAt && day(pausesAt)
  const end = resumesAt && day(resumesAt)
  const preheader = [
    state === 'scheduled' && begin && words.preheader.from(begin),
    end ? words.preheader.resumes(end) : words.preheader.open,
  ]
  return (
    <Layout email={email} preheader={preheader} subject={subject(props)}>
      <Title email={email}>{words.title[state]}</Title>
      <Greeting email={email} />
      <Paragraph email={email}>{lead(email, begin)}</Paragraph>
      <Paragraph email={email}>{end ? words.next.resumes(end) : words.next.open}</Paragraph>
      <ActionButton email={email}>{words.action}</ActionButton>
      <Facts
        facts={[
          [common.plan, planIn(email, plan.name, plan.quantity)],
          [words.facts.pauses, begin, 'day'],
          [words.facts.resumes, end, 'day'],
        ]}
        email={email}
      />
    </Layout>
  )
}

SubscriptionPaused.PreviewProps = previewProps('subscription_paused')
