// Why a report ends mail to an address.

import type { ParsedReport } from '../resend/report.ts'
import type { Suppression } from './store.ts'

/** Bounces that no mailbox has made: a list of addresses that bounced before has (https://resend.com/docs/dashboard/emails/email-bounces). */
const BY_A_LIST = new Set(['Suppressed', 'OnAccountSuppressionList'])

/** Why its recipient is not to be mailed any more; `null` for what says nothing against it. */
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
