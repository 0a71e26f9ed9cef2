// Faults at Resend, for the doctor.

import { type FaultRow, otherSecret, reports } from './fault.ts'

const LIMITED = {
  statusCode: 429,
  name: 'rate_limit_exceeded',
  message: 'Too many requests. You can only make 5 requests per second.',
}

export const resendFaults: readonly FaultRow[] = [
  [
    'resend_key_refused',
    'the key is unknown',
    { settings: { RESEND_API_KEY: 're_another_one' }, status: 1, mend: /set RESEND_API_KEY/ },
  ],
  [
    'resend_account_refused',
    'the account is suspended',
    {
      plant: ({ resend }) => {
        resend.fault = () => 'account is suspended'
      },
      ...{ status: 1, mend: /what the account lacks/ },
    },
  ],
  [
    'resend_key_only_sends',
    'the key may only send',
    {
      plant: ({ resend }) => {
        resend.permission = 'sending_access'
      },
      ...{ status: 0, mend: /key with full access/ },
    },
  ],
  [
    'domain_missing',
    'the sender is at another domain',
    {
      plant: ({ resend }) => resend.changeDomain({ name: 'another.example.com' }),
      ...{ status: 1, mend: /Add and verify the domain/ },
    },
  ],
  [
    'domain_not_verified',
    'the domain is not verified',
    {
      plant: ({ resend }) => resend.changeDomain({ status: 'pending' }),
      ...{ status: 1, mend: /Set the DNS records/ },
    },
  ],
  [
    'domain_partly_verified',
    'a part of it is verified',
    {
      plant: ({ resend }) => resend.changeDomain({ status: 'partially_verified' }),
      ...{ status: 0, mend: /records for sending/ },
    },
  ],
  [
    'domain_tracking',
    'Resend tracks clicks',
    {
      plant: ({ resend }) => resend.changeDomain({ click_tracking: true }),
      ...{ status: 1, mend: /Switch it off/ },
    },
  ],
  [
    'reports_unset',
    'the secret of reports is left out',
    { settings: { RESEND_WEBHOOK_SECRET: '' }, status: 0, mend: /Add a webhook in Resend/ },
  ],
  [
    'reports_missing',
    'Resend has no webhook',
    {
      plant: reports({ endpoint: 'https://elsewhere.example.com/' }),
      ...{ status: 0, mend: /Add it at Resend \(Webhooks\)/ },
    },
  ],
  [
    'reports_disabled',
    'it is disabled',
    { plant: reports({ status: 'disabled' }), status: 0, mend: /Enable it at Resend/ },
  ],
  [
    'reports_events',
    'it lacks events',
    { plant: reports({ events: ['email.sent'] }), status: 0, mend: /Add these events at Resend/ },
  ],
  [
    'reports_secret',
    'its secret is another',
    {
      settings: { RESEND_WEBHOOK_SECRET: otherSecret() },
      ...{ status: 0, mend: /put it first in RESEND_WEBHOOK_SECRET/ },
    },
  ],
  [
    'resend_quota',
    'the quota is nearly used up',
    {
      plant: ({ resend }) => resend.useQuota({ daily: 950 }),
      ...{ status: 0, mend: /larger plan/ },
    },
  ],
  [
    'resend_not_checked',
    'Resend is away',
    {
      plant: ({ resend }) => {
        resend.fault = () => ({ status: 500, body: 'an error page' })
      },
      ...{ status: 0, mend: /Run the doctor again/ },
    },
  ],
  [
    'resend_not_checked',
    'others use up the limit of requests',
    {
      plant: ({ resend }) => {
        resend.fault = () => ({ status: 429, body: LIMITED })
      },
      ...{ status: 0, mend: /too many requests .* Wait a minute, and run the doctor again\.$/ },
    },
  ],
]
