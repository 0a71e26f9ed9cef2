// Faults of the settings, of PUBLIC_URL and of what runs, for the doctor.

import { RESEND_KEYS, UNTRUSTED_PROXY_KEY } from '../../../src/redis/keys.ts'
import { DAY, MINUTE } from '../../../src/runtime/clock.ts'
import { answering, clockBy, type FaultRow, running } from './fault.ts'

export const posternFaults: readonly FaultRow[] = [
  [
    'settings_invalid',
    'a setting is missing',
    { settings: { POLAR_ORGANIZATION_SLUG: '' }, status: 1, mend: /\.env/ },
  ],
  [
    'settings_invalid',
    'PUBLIC_URL has a path',
    { settings: { PUBLIC_URL: 'https://billing.example.com/x' }, status: 1, mend: /\.env/ },
  ],
  [
    'settings_invalid',
    'PUBLIC_URL is still the placeholder',
    { settings: { PUBLIC_URL: 'https://billing.acme.com' }, status: 1, mend: /\.env/ },
  ],
  [
    'settings_invalid',
    'LINK_SECRETS is a passphrase',
    {
      settings: { LINK_SECRETS: 'my-very-long-passphrase-that-is-long' },
      status: 1,
      mend: /\.env/,
    },
  ],
  [
    'settings_invalid',
    "Polar's sandbox has no allowlist",
    { settings: { POLAR_ENVIRONMENT: 'sandbox' }, status: 1, mend: /EMAIL_ALLOWLIST is required/ },
  ],
  [
    'settings_invalid',
    'LIVE_SINCE is in the future',
    { settings: { LIVE_SINCE: '2999-01-01T00:00:00Z' }, status: 1, mend: /LIVE_SINCE is in the/ },
  ],
  [
    'settings_invalid',
    'a key is in the wrong setting',
    { settings: { RESEND_API_KEY: 'polar_oat_misplaced' }, status: 1, mend: /POLAR_ACCESS_TOKEN/ },
  ],
  [
    'allowlist_in_production',
    'the allowlist was left in production',
    {
      settings: { EMAIL_ALLOWLIST: 'example.com' },
      status: 1,
      mend: /Remove it to mail everybody/,
    },
  ],
  [
    'live_since_early',
    'LIVE_SINCE is a month before the first start',
    {
      settings: { LIVE_SINCE: new Date(Date.now() - 30 * DAY).toISOString() },
      ...{ status: 0, mend: /when you switch over/ },
    },
  ],
  [
    'public_url_unreached',
    'nobody answers at PUBLIC_URL',
    {
      parts: { reach: async () => ({ failed: 'ECONNREFUSED' }) },
      ...{ status: 0, mend: /try it from outside/ },
    },
  ],
  [
    'public_url_unreached',
    'a proxy answers for a Postern that is down',
    { parts: answering({ status: 502 }), status: 0, mend: /Start Postern/ },
  ],
  [
    'public_url_other_service',
    'another service answers there',
    { parts: answering({ body: '<h1>It works!</h1>' }), status: 1, mend: /mend the proxy/ },
  ],
  [
    'public_url_redirects',
    'it redirects',
    {
      parts: answering({ status: 301, location: 'https://www.larkspur.example.com/healthz' }),
      ...{ status: 1, mend: /the address that it leads to/ },
    },
  ],
  [
    'clock_wrong',
    'the clock is ten minutes ahead',
    { parts: clockBy(10 * MINUTE), status: 1, mend: /time server/ },
  ],
  [
    'clock_wrong',
    'the clock is a minute behind',
    { parts: clockBy(-MINUTE), status: 0, mend: /time server/ },
  ],
  [
    'proxy_not_trusted',
    'a proxy is not trusted',
    {
      plant: ({ redis }) => redis.set(UNTRUSTED_PROXY_KEY, JSON.stringify({ proxy: '172.18.0.1' })),
      ...{ status: 0, mend: /name 172\.18\.0\.1 in TRUSTED_PROXIES/ },
    },
  ],
  [
    'mail_held',
    'somebody holds all mail',
    {
      plant: ({ redis }) => redis.set(RESEND_KEYS.held, 'command'),
      ...{ status: 0, mend: /npm run release -- all/ },
    },
  ],
  [
    'mail_paused',
    'Resend refuses the configuration',
    {
      plant: ({ redis }) =>
        redis.hset(RESEND_KEYS.paused, {
          ...{ until: Date.now() + 30 * MINUTE, because: 'configuration' },
        }),
      ...{ status: 0, mend: /deliveries paused/ },
    },
  ],
  ['worker_missing', 'no process runs', { plant: running(), status: 1, mend: /since .*npm start/ }],
  [
    'worker_missing',
    'a web role runs alone',
    { plant: running({ role: 'web' }), status: 1, mend: /ROLE=worker/ },
  ],
  [
    'worker_mode',
    'a restart failed, and the worker of before rehearses on',
    { plant: running({ mode: 'shadow' }), status: 1, mend: /SEND_MODE=shadow.*live.*Restart/ },
  ],
  [
    'processes_differ',
    'workers run in two modes',
    { plant: running({}, { mode: 'hold' }), status: 1, mend: /hold and live.*one SEND_MODE/ },
  ],
  [
    'processes_differ',
    'a process of an older version was left',
    {
      plant: running({}, { role: 'web', version: '0.0.9' }),
      status: 0,
      mend: /0\.0\.9.*one version/,
    },
  ],
]
