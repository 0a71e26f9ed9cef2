// The text of every alert.

import { expect, test } from 'vitest'
import { type Alert, sentence } from '../../src/alerts/alert.ts'
import { MINUTE } from '../../src/runtime/clock.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const id = (letter: string) => `msg_${letter.repeat(44)}`

const EVERY: [string, Alert, RegExp][] = [
  [
    'a quota that is used up',
    { event: 'deliveries_paused', because: 'quota', says: '', until: AT + 10 * MINUTE },
    /quota .* larger plan .* next attempt is at 09:10 UTC\.$/,
  ],
  [
    'a key that is refused',
    {
      ...{ event: 'deliveries_paused', because: 'configuration', until: AT + MINUTE },
      says: 'API key is invalid',
    },
    /Resend says: “API key is invalid”.* Correct RESEND_API_KEY, EMAIL_FROM or the domain .* 09:01 UTC\.$/,
  ],
  ['mail held by command', { event: 'deliveries_held', by: 'command' }, /until .*npm run release/],
  [
    'mail held in the console',
    { event: 'deliveries_held', by: 'console' },
    /in the console\. .* releases it there, or runs npm run release/,
  ],
  ['mail held by a setting', { event: 'deliveries_held', by: 'setting' }, /SEND_MODE=hold/],
  [
    'a restored backup',
    { event: 'backup_restored', since: AT, adopted: 2, isReleased: true },
    /accepted 2 emails since 2\S+Z that Redis had forgotten.* adopted them.* Mail goes on/,
  ],
  [
    'a restored backup that a person is to release',
    { event: 'backup_restored', since: AT, adopted: 1, isReleased: false },
    /accepted an email .* adopted it,.* stays on hold until you run npm run release -- all/,
  ],
  ['mail that is released', { event: 'deliveries_released', by: 'command' }, /go out now/],
  [
    'too many to one person',
    { event: 'message_held', message: id('a'), because: 'too_many' },
    /msg_a+ is held: .* npm run release -- msg_a+/,
  ],
  [
    'a doubtful message',
    { event: 'message_held', message: id('b'), because: 'unconfirmed' },
    /Search for it at Resend.* Only if it is not there: .* msg_b+/,
  ],
  [
    'a message that is held for an hour',
    { event: 'message_held_long', message: id('d'), because: 'too_many' },
    /msg_d+ has been held for an hour \(too_many\).* npm run held lists/,
  ],
  [
    'a message that failed',
    { event: 'message_failed', message: id('c'), because: 'invalid_parameter (422)' },
    /msg_c+ failed for good \(invalid_parameter \(422\)\).* npm run resend -- msg_c+/,
  ],
  [
    'a token that Polar refuses',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 401, scopes: [] },
    /refuses the access token \(401\).* set POLAR_ACCESS_TOKEN and restart/,
  ],
  [
    'a scope that the token lacks',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 403, scopes: ['orders:read'] },
    /refuses GET \/v1\/orders\/ \(403\).* lacks the scope orders:read\. Add it at Polar/,
  ],
  [
    'a call that Polar does not permit',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 403, scopes: [] },
    /Check the scopes of the access token/,
  ],
  [
    'webhooks that no secret fits',
    { event: 'webhooks_refused', endpoint: 'polar', because: 'wrong_secret' },
    /every webhook at \/webhooks\/polar was refused for ten minutes.* POLAR_WEBHOOK_SECRET .* Polar shows/,
  ],
  [
    'webhooks of another time',
    { event: 'webhooks_refused', endpoint: 'resend', because: 'timestamp' },
    /\/webhooks\/resend was refused .* Check the clock of this machine/,
  ],
  [
    'webhooks without a signature',
    { event: 'webhooks_refused', endpoint: 'resend', because: 'no_signature' },
    /Check whether a proxy drops it/,
  ],
  [
    'webhooks that cannot be read',
    { event: 'webhooks_refused', endpoint: 'polar', because: 'malformed' },
    /malformed\. The log says more/,
  ],
  [
    'webhooks that cannot be stored',
    { event: 'webhooks_not_stored', endpoint: 'polar' },
    /could not be stored .* Repair Redis soon: Polar stops trying after about half an hour/,
  ],
  [
    'webhooks that are verified again',
    { event: 'webhooks_verified_again', endpoint: 'polar' },
    /are verified again\. Postern looks for those that failed/,
  ],
  [
    'webhooks that were missed',
    { event: 'webhooks_missed', missed: 3, sent: 1, tooOld: 2 },
    /3 webhooks of Polar’s were missed.*: 1 message will go out, 2 messages would come too late\. docs\/operations/,
  ],
  [
    'webhooks that are stored again',
    { event: 'webhooks_stored_again', endpoint: 'resend' },
    /are stored again\. Check at Resend/,
  ],
  [
    'a clock that is wrong',
    { event: 'webhook_clock', endpoint: 'polar', minutes: 15 },
    /genuine .* clock and ours are 15 minutes apart\. Check the clock/,
  ],
  [
    'a Redis that is full',
    { event: 'redis_failing', because: 'OOM: its memory is full' },
    /\(OOM: its memory is full\).* 503.* Repair Redis soon/,
  ],
  [
    'a finding of the account check',
    { event: 'account_finding', finding: 'domain_missing', says: 'The domain is missing.' },
    /^The domain is missing\.$/,
  ],
  [
    'a final invoice that nobody can collect',
    { event: 'final_invoice_unpaid', order: 'ACME-0007' },
    /the final invoice ACME-0007 could not be collected/,
  ],
  [
    'a webhook endpoint that is disabled',
    { event: 'webhook_endpoint', finding: 'endpoint_disabled', says: 'Polar has disabled it.' },
    /^Polar has disabled it\.$/,
  ],
  [
    'a webhook endpoint that is mended',
    { event: 'webhook_endpoint_mended', finding: 'endpoint_disabled' },
    /is mended \(endpoint_disabled\)\. Postern looks for what it missed/,
  ],
  ['a Redis that is well again', { event: 'redis_recovered' }, /webhooks are accepted/],
]

test.each(EVERY)('%s is one line that says what happened and what to do', (_, alert, expected) => {
  expect(sentence(alert, 1, false)).toMatch(expected)
  expect(sentence(alert, 1, false)).toMatch(/^[^\n]+\.$/)
})
