// Decides whether a report suppresses the address that was mailed, and why.

import type { ParsedReport } from '../resend/report.ts'
import type { Suppression } from './store.ts'

/**
 * Bounces that no mailbox caused, but a list of addresses that bounced before
 * (https://resend.com/docs/dashboard/emails/email-bounces).
 */
const BY_A_LIST = new Set(['Suppressed', 'OnAccountSuppressionList'])

/** @returns `null` where the address may still be mailed. */
export const suppressionReason = ({
  report,
  bounce,
  subType,
}: ParsedReport): Suppression['because'] | null => {
  switch (report.is) {
    case 'complained':
    case 'suppressed':
      return report.is
    case 'bounced':
      if (bounce !== 'Permanent') return null
      return subType !== null && BY_A_LIST.has(subType) ? 'suppressed' : 'bounced'
    default:
      return null
  }
}
