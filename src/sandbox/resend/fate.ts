// What becomes of an email once it is accepted: its recipient's address decides.

import type { Email } from './email.ts'
import type { ReportType } from './webhook.ts'

/** By how the local part of the address starts. */
const FATES: readonly (readonly [start: string, fate: readonly ReportType[]])[] = [
  ['bounced', ['email.sent', 'email.bounced']],
  ['soft', ['email.sent', 'email.delivery_delayed', 'email.delivered']],
  ['complained', ['email.sent', 'email.delivered', 'email.complained']],
]
const ORDINARY: readonly ReportType[] = ['email.sent', 'email.delivered']
const WITHHELD: readonly ReportType[] = ['email.suppressed']

/** Resend's own test recipients bounce and complain as often as one likes. */
const isForTests = (address: string) => address.endsWith('@resend.dev')

/** `billing@acme.com` out of `Acme <Billing@acme.com>`: the case of an address makes no other person. */
const recipientOf = ({ to: [first = ''] }: Email) =>
  (/<([^<>]+)>/.exec(first)?.[1] ?? first).trim().toLowerCase()

export const createFates = () => {
  // The team's suppression list: addresses that bounced hard or complained.
  const suppressed = new Set<string>()
  return {
    /** What will happen, in this order. An email to several people shares the fate of the first. */
    of: (email: Email): readonly ReportType[] => {
      const recipient = recipientOf(email)
      if (suppressed.has(recipient)) return WITHHELD
      return FATES.find(([start]) => recipient.startsWith(start))?.[1] ?? ORDINARY
    },
    suppress: (email: Email) => {
      const recipient = recipientOf(email)
      if (!isForTests(recipient)) suppressed.add(recipient)
    },
  }
}
