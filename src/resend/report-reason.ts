// Resend's reason in a report, such as why a mail server returned an email, as Postern keeps it: one short line without
// personal data.

import { scrub } from '../runtime/scrub.ts'

type Text = string | null | undefined

/** The details of a report, as Resend sends them beside the email. */
export type ReportDetails = {
  bounce?: { type?: Text; subType?: Text; message?: Text } | null | undefined
  failed?: { reason?: Text } | null | undefined
  suppressed?: { type?: Text; message?: Text } | null | undefined
}

/** A shorter local part may be any word. */
const LONG_ENOUGH = 3

/** Without the local parts of the addresses: a mail server may name a mailbox by it alone. */
const withoutMailboxes = (words: string, to: readonly string[]): string => {
  const mailboxes = to
    .map((address) => address.slice(0, address.lastIndexOf('@')).toLowerCase())
    .filter(({ length }) => length >= LONG_ENOUGH)
  return words.replaceAll(/[^\s<>()[\]"'`:;,]+/g, (word) =>
    mailboxes.includes(word.toLowerCase().replace(/\.$/, '')) ? '…' : word,
  )
}

/** `Permanent, General: The mailbox is unknown` */
const joined = (kinds: readonly Text[], words: Text): string =>
  [kinds.filter(Boolean).join(', '), words].filter(Boolean).join(': ')

const given = (is: string, { bounce, failed, suppressed }: ReportDetails): string => {
  switch (is) {
    case 'bounced':
      return joined([bounce?.type, bounce?.subType], bounce?.message)
    case 'suppressed':
      return joined([suppressed?.type], suppressed?.message)
    case 'failed':
      return failed?.reason ?? ''
    default:
      return ''
  }
}

/**
 * @param is what the report says of the email.
 * @param to the addresses that were mailed, bare.
 * @returns an empty text where Resend gives no reason.
 */
export const reasonIn = (is: string, details: ReportDetails, to: readonly string[]): string =>
  withoutMailboxes(scrub(given(is, details)), to)
