// Warns about settings that are valid but rarely intended. Each sentence names the consequence.

import type { Config } from './config.ts'

type Warned = Pick<Config, 'publicUrl' | 'polar' | 'resend' | 'email'>

const isLocal = (hostname: string) => /^(localhost$|127\.|\[::1\]$)/.test(hostname)

export const warningsOf = ({ publicUrl, polar, resend, email }: Warned): string[] => {
  const { protocol, hostname } = new URL(publicUrl)
  const table: [boolean, string][] = [
    [
      protocol === 'http:' && !isLocal(hostname),
      'PUBLIC_URL is not https: links are sent unencrypted, and no browser is remembered',
    ],
    [
      email.allowlist !== undefined && polar.environment === 'production',
      'EMAIL_ALLOWLIST is set in production: all other customers get no mail; remove it to mail everybody',
    ],
    [
      resend.webhookSecrets === undefined,
      'RESEND_WEBHOOK_SECRET is not set: Postern does not learn of bounces and complaints; add a webhook in Resend and set its secret',
    ],
  ]
  return table.flatMap(([applies, warning]) => (applies ? [warning] : []))
}
