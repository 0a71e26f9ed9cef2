// Which findings each reading of an account covers. Where a reading fails, those of an earlier check stay.

import type { FindingName } from './finding.ts'

const COVERED = {
  polar_account: ['polar_token_refused', 'polar_slug', 'polar_sends_too', 'nobody_sends'],
  polar_webhooks: [
    ...(['polar_scope_missing', 'endpoint_missing', 'endpoint_disabled', 'endpoint_url'] as const),
    ...(['endpoint_format', 'endpoint_version', 'endpoint_secret', 'endpoint_events'] as const),
    ...(['endpoint_twice', 'deliveries_failing', 'clock_wrong'] as const),
  ],
  resend_account: [
    ...(['resend_key_refused', 'resend_account_refused', 'resend_key_only_sends'] as const),
    ...(['domain_missing', 'domain_not_verified', 'domain_partly_verified'] as const),
    'domain_tracking',
  ],
  resend_reports: ['reports_missing', 'reports_disabled', 'reports_secret', 'reports_events'],
  resend_usage: ['resend_quota'],
} satisfies Record<string, readonly FindingName[]>

export type Reading = keyof typeof COVERED

export const covers = (reading: Reading, name: FindingName): boolean =>
  (COVERED[reading] as readonly FindingName[]).includes(name)

/** Whether a check says something of a finding, although these readings failed. */
export const isKnownDespite =
  (unread: readonly Reading[]) =>
  (name: FindingName): boolean =>
    !unread.some((reading) => covers(reading, name))
