// The loss without each scope of the access token.

import type { LackedScope, Scope } from '../polar/scopes.ts'
import { type Finding, finding, type Severity } from './finding.ts'

const LOST: Record<Scope, [why: string, Severity]> = {
  'organizations:read': [
    'Emails lack your name, picture and website, and whose token it is stays unknown.',
    'warning',
  ],
  'customer_sessions:write': ['Every click ends at the sign-in page.', 'problem'],
  'orders:read': [
    'Emails lack their invoices, refunds wait, and missed webhooks about orders stay unknown.',
    'problem',
  ],
  'subscriptions:read': ['No reminder goes out, since each is checked on its day.', 'problem'],
  'products:read': ['Emails lack benefits, and the name of the next plan.', 'warning'],
  'customers:read': [
    'Emails go to addresses that have changed, no card reminder goes out, and the API makes no links.',
    'problem',
  ],
  'members:read': ['Members of teams get no email.', 'problem'],
  'payments:read': [
    'Failed payments whose webhook was missed stay unknown, and emails lack the card and the reason of the bank.',
    'problem',
  ],
  'refunds:read': ['Refunds whose webhook was missed stay unknown.', 'problem'],
  'events:read': ['What happens while the webhook endpoint is disabled stays unknown.', 'problem'],
  'webhooks:read': [
    'Postern does not notice a disabled webhook endpoint, and does not make up for failed deliveries.',
    'problem',
  ],
}

export const ofScopes = (lacked: readonly LackedScope[]): Finding[] =>
  lacked.map(({ scope, accepted }) => {
    const [why, severity] = LOST[scope]
    const others = accepted.filter((one) => one !== scope)
    const more = others.length > 0 ? ` (or ${others.join(', ')})` : ''
    return finding('polar_scope_missing', {
      says: `The access token lacks the scope ${scope}.`,
      why,
      mend: `Add ${scope}${more} to the token at Polar (Settings → Access tokens).`,
      severity,
    })
  })

export const TOKEN_REFUSED: Finding = finding('polar_token_refused', {
  says: 'Polar refuses the access token: it is wrong, expired or revoked.',
  why: 'Every click ends at the sign-in page, refunds and reminders wait, and emails lack their invoices.',
  mend: 'Make an organization access token at Polar (Settings → Access tokens), set POLAR_ACCESS_TOKEN and restart.',
})
