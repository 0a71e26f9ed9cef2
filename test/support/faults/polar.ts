// Faults at Polar, for the doctor.

import { attempt, endpoint, type FaultRow, lacking, otherSecret, switched } from './fault.ts'

export const polarFaults: readonly FaultRow[] = [
  [
    'polar_token_refused',
    'the token was revoked',
    {
      settings: { POLAR_ACCESS_TOKEN: 'polar_oat_another_one' },
      ...{ status: 1, mend: /set POLAR_ACCESS_TOKEN and restart/ },
    },
  ],
  ...(
    [
      ['organizations:read', 0],
      ['customer_sessions:write', 1],
      ['orders:read', 1],
      ['subscriptions:read', 1],
      ['products:read', 0],
      ['customers:read', 1],
      ['members:read', 1],
      ['payments:read', 1],
      ['refunds:read', 1],
      ['events:read', 1],
      ['webhooks:read', 1],
    ] as const
  ).map(
    ([scope, status]): FaultRow => [
      'polar_scope_missing',
      `the token lacks ${scope}`,
      { plant: lacking(scope), status, mend: new RegExp(`Add ${scope}.* to the token`) },
    ],
  ),
  [
    'polar_slug',
    'the slug is misspelt',
    { settings: { POLAR_ORGANIZATION_SLUG: 'larkspurr' }, status: 1, mend: /Set the slug/ },
  ],
  [
    'polar_sends_too',
    'Polar sends one of the emails',
    { plant: switched(true, 'order_confirmation'), status: 1, mend: /Customer notifications/ },
  ],
  [
    'nobody_sends',
    'neither sends an email',
    {
      plant: switched(true),
      settings: { EMAIL_KINDS_OFF: 'subscription_paused' },
      ...{ status: 0, mend: /Switch them on at Polar/ },
    },
  ],
  [
    'endpoint_missing',
    'no endpoint leads here',
    {
      plant: endpoint({ url: 'https://elsewhere.example.com/hook' }),
      settings: { POLAR_WEBHOOK_SECRET: otherSecret() },
      ...{ status: 1, mend: /Settings → Webhooks/ },
    },
  ],
  [
    'endpoint_disabled',
    'Polar has disabled the endpoint',
    { plant: endpoint({ enabled: false }), status: 1, mend: /npm run webhooks -- --enable/ },
  ],
  [
    'endpoint_url',
    'its path is wrong',
    {
      plant: ({ polar, publicUrl }) => polar.webhooks.change({ url: `${publicUrl}/webhook/polar` }),
      ...{ status: 1, mend: /Set the URL of the endpoint to .*\/webhooks\/polar at Polar/ },
    },
  ],
  [
    'endpoint_format',
    'its format is for Slack',
    { plant: endpoint({ format: 'slack' }), status: 1, mend: /format to Raw/ },
  ],
  [
    'endpoint_version',
    'its API version is older',
    { plant: endpoint({ api_version: '2026-04' }), status: 0, mend: /API version to 2026-10/ },
  ],
  [
    'endpoint_secret',
    'our secret is another',
    {
      settings: { POLAR_WEBHOOK_SECRET: otherSecret() },
      ...{ status: 1, mend: /put it first in POLAR_WEBHOOK_SECRET/ },
    },
  ],
  [
    'endpoint_events',
    'it lacks events',
    { plant: endpoint({ events: ['order.paid'] }), status: 1, mend: /Add these events/ },
  ],
  [
    'deliveries_failing',
    "Polar's attempts fail",
    {
      plant: ({ polar }) => {
        const items = [1, 3, 5].map(attempt)
        polar.fault = ({ path }) =>
          path === '/v1/webhooks/deliveries'
            ? { status: 200, body: { items, pagination: { total_count: 3, max_page: 1 } } }
            : undefined
      },
      ...{ status: 1, mend: /Look at the proxy/ },
    },
  ],
  [
    'polar_not_checked',
    'Polar is away',
    {
      plant: ({ polar }) => {
        polar.fault = () => 'reset'
      },
      ...{ status: 0, mend: /Run the doctor again/ },
    },
  ],
]
