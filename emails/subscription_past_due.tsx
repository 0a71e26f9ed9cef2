// A subscription's payment failed: the reason, the next attempt, the deadline, and what the customer must do.

import { Dunning } from './_kit/dunning.tsx'
import { type EmailOf, prepareEmail } from './_kit/prepare.ts'
import { subjectLine } from './_kit/printable.ts'
import type { PropsOf } from './_kit/props.ts'
import { previewProps } from './_kit/samples/standard.ts'

type Props = PropsOf['subscription_past_due']

export const subject = (props: Props): string => {
  const { words, plan } = prepareEmail('subscription_past_due', props)
  return subjectLine(words.subject, plan.name)
}

/** The sentence about access; null if access is unknown, or may be over. */
const accessIn = ({ words, access, lastDay }: EmailOf<'subscription_past_due'>): string | null => {
  if (access === null) return null
  if (access === 'paused') return words.access.paused
  const day = lastDay(access.until)
  return day && words.access.until(day)
}

export default function SubscriptionPastDue(props: Props) {
  const email = prepareEmail('subscription_past_due', props)
  const owed = email.amount ? [{ ...email.amount, number: null }] : []
  return <Dunning access={accessIn(email)} email={{ ...email, owed }} subject={subject(props)} />
}

SubscriptionPastDue.PreviewProps = previewProps('subscription_past_due')
