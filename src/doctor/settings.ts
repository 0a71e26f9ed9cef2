// Finds settings that are valid but rarely meant: pure. A start warns of them, too.

import type { Config } from '../config.ts'
import { type Finding, finding } from './finding.ts'

type Checked = Pick<Config, 'publicUrl' | 'polar' | 'resend' | 'email' | 'sendMode'>

/** Names and addresses that lead nowhere from outside. */
const PRIVATE =
  /^(?:localhost|.*\.(?:localhost|local|internal)|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|169\.254\..*|\[::1\]|\[f[cd].*\])$/

export const isPrivate = (hostname: string): boolean => PRIVATE.test(hostname)

const allowlist: Finding = finding('allowlist_in_production', {
  says: 'EMAIL_ALLOWLIST is set in production.',
  why: 'All other customers get no mail.',
  mend: 'Remove it to mail everybody.',
})

const plain: Finding = finding('public_url_plain', {
  says: 'PUBLIC_URL is not https.',
  why: 'Links are sent unencrypted, and no browser is remembered.',
  mend: 'Put a proxy with a certificate in front of Postern, and write https:// in PUBLIC_URL.',
})

const unset: Finding = finding('reports_unset', {
  says: 'RESEND_WEBHOOK_SECRET is not set.',
  why: 'Postern does not learn of bounces and complaints.',
  mend: 'Add a webhook in Resend and set its secret.',
})

export const ofSettings = (config: Checked): Finding[] => {
  const { publicUrl, polar, resend, email, sendMode } = config
  const { protocol, hostname } = new URL(publicUrl)
  const isLimited = email.allowlist !== undefined && polar.environment === 'production'
  return [
    protocol === 'http:' && !isPrivate(hostname) ? plain : [],
    isLimited ? { ...allowlist, severity: sendMode === 'live' ? 'problem' : 'warning' } : [],
    resend.webhookSecrets === undefined ? unset : [],
  ].flat() as Finding[]
}
