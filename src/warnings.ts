// Settings that a start goes on with, though they rarely are what is meant: one sentence each, with what follows from it.

import type { Config } from './config.ts'

type Warned = Pick<Config, 'publicUrl' | 'polar' | 'resend' | 'email'>

const isLocal = (hostname: string) => /^(localhost$|127\.|\[::1\]$)/.test(hostname)

export const warningsOf = ({ publicUrl, polar, resend, email }: Warned): string[] => {
  const { protocol, hostname } = new URL(publicUrl)
  const table: [boolean, string][] = [
    [
      protocol === 'http:' && !isLocal(hostname),
      'PUBLIC_URL is not https: links travel in the clear, and no browser is remembered',
    ],
    [
      email.allowlist !== undefined && polar.environment === 'production',
      'EMAIL_ALLOWLIST is set in production: every other customer gets no mail; remove it to mail them all',
    ],
    [
      resend.webhookSecrets === undefined,
      'RESEND_WEBHOOK_SECRET is not set: bounces and complaints stay unknown; add a webhook in Resend and set its secret',
    ],
  ]
  return table.flatMap(([applies, warning]) => (applies ? [warning] : []))
}
