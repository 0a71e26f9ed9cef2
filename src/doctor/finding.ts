// The mistakes that the doctor and the check of a start can find. docs/operations.md has the same table.

import type { Finding as Found } from '../watch/finding.ts'

export type Group = 'redis' | 'polar' | 'resend' | 'postern'

/** A problem loses or doubles mail, or ends clicks badly. A warning does less harm, or cannot be told from here. */
export type Severity = 'problem' | 'warning'

export const FINDINGS = {
  redis_unreachable: ['redis', 'problem'],
  redis_version: ['redis', 'problem'],
  redis_replica: ['redis', 'problem'],
  redis_settings_hidden: ['redis', 'problem'],
  redis_without_aof: ['redis', 'problem'],
  redis_evicts: ['redis', 'problem'],
  redis_syncs_late: ['redis', 'warning'],
  redis_refuses_writes: ['redis', 'problem'],
  redis_disk_failing: ['redis', 'problem'],
  redis_nearly_full: ['redis', 'warning'],
  redis_replicas_unused: ['redis', 'warning'],
  redis_clock: ['redis', 'warning'],
  polar_token_refused: ['polar', 'problem'],
  polar_scope_missing: ['polar', 'problem'],
  polar_slug: ['polar', 'problem'],
  polar_sends_too: ['polar', 'problem'],
  nobody_sends: ['polar', 'warning'],
  endpoint_missing: ['polar', 'problem'],
  endpoint_disabled: ['polar', 'problem'],
  endpoint_url: ['polar', 'problem'],
  endpoint_format: ['polar', 'problem'],
  endpoint_version: ['polar', 'warning'],
  endpoint_secret: ['polar', 'problem'],
  endpoint_events: ['polar', 'problem'],
  endpoint_twice: ['polar', 'warning'],
  deliveries_failing: ['polar', 'problem'],
  silence: ['polar', 'warning'],
  polar_not_checked: ['polar', 'warning'],
  resend_key_refused: ['resend', 'problem'],
  resend_account_refused: ['resend', 'problem'],
  resend_key_only_sends: ['resend', 'warning'],
  domain_missing: ['resend', 'problem'],
  domain_not_verified: ['resend', 'problem'],
  domain_partly_verified: ['resend', 'warning'],
  domain_tracking: ['resend', 'problem'],
  reports_unset: ['resend', 'warning'],
  reports_missing: ['resend', 'warning'],
  reports_disabled: ['resend', 'warning'],
  reports_secret: ['resend', 'warning'],
  reports_events: ['resend', 'warning'],
  resend_quota: ['resend', 'warning'],
  resend_not_checked: ['resend', 'warning'],
  not_set_up: ['postern', 'problem'],
  settings_invalid: ['postern', 'problem'],
  not_checked: ['postern', 'warning'],
  allowlist_in_production: ['postern', 'problem'],
  live_since_early: ['postern', 'warning'],
  public_url_plain: ['postern', 'warning'],
  public_url_private: ['postern', 'problem'],
  public_url_address: ['postern', 'warning'],
  public_url_other_domain: ['postern', 'warning'],
  public_url_redirects: ['postern', 'problem'],
  public_url_other_service: ['postern', 'problem'],
  public_url_unreached: ['postern', 'warning'],
  proxy_not_trusted: ['postern', 'warning'],
  clock_wrong: ['postern', 'problem'],
  mail_held: ['postern', 'warning'],
  mail_paused: ['postern', 'warning'],
  messages_held: ['postern', 'warning'],
  worker_missing: ['postern', 'problem'],
  worker_mode: ['postern', 'problem'],
  processes_differ: ['postern', 'problem'],
} satisfies Record<string, readonly [Group, Severity]>

export type FindingName = keyof typeof FINDINGS

/** `says` is what is wrong, `why` what follows, `mend` what to do. */
export type Finding = Omit<Found, 'name'> & { name: FindingName; severity: Severity }

type Parts = Pick<Finding, 'says' | 'why' | 'mend'> & { severity?: Severity }

/** @param parts with a severity where it is not the usual one of that name. */
export const finding = (name: FindingName, parts: Parts): Finding => ({
  ...{ name, severity: FINDINGS[name][1] },
  ...parts,
})

export const groupOf = (name: FindingName): Group => FINDINGS[name][0]
