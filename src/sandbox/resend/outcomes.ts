// Decides what happens to an accepted email, by its recipient's address.

import type { Email } from './email.ts'
import type { SuppressionList } from './suppressions.ts'
import type { ReportType } from './webhook.ts'

/** By the start of the local part. */
const OUTCOMES: readonly (readonly [start: string, outcome: readonly ReportType[]])[] = [
  ['bounced', ['email.sent', 'email.bounced']],
  ['soft', ['email.sent', 'email.delivery_delayed', 'email.delivered']],
  ['complained', ['email.sent', 'email.delivered', 'email.complained']],
]
const DELIVERED: readonly ReportType[] = ['email.sent', 'email.delivered']
const SUPPRESSED: readonly ReportType[] = ['email.suppressed']

/** Resend's own test recipients are never suppressed. */
const isTestRecipient = (address: string) => address.endsWith('@resend.dev')

/** `billing@acme.com` from `Acme <Billing@acme.com>`: addresses are compared in lower case. */
const recipientOf = ({ to: [first = ''] }: Email) =>
  (/<([^<>]+)>/.exec(first)?.[1] ?? first).trim().toLowerCase()

export const createOutcomes = (suppressions: Pick<SuppressionList, 'has' | 'add'>) => ({
  /** The events of an email, in order. The first of several recipients decides. */
  of: (email: Email): readonly ReportType[] => {
    const recipient = recipientOf(email)
    if (suppressions.has(recipient)) return SUPPRESSED
    return OUTCOMES.find(([start]) => recipient.startsWith(start))?.[1] ?? DELIVERED
  },
  suppress: (email: Email, origin: 'bounce' | 'complaint') => {
    const recipient = recipientOf(email)
    if (!isTestRecipient(recipient)) suppressions.add(recipient, origin, email.id)
  },
})
