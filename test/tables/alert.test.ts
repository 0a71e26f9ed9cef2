// What is worth a person's attention, and in which words.

import { expect, test } from 'vitest'
import { type Alert, sentence } from '../../src/alerts/alert.ts'
import { MINUTE } from '../../src/runtime/clock.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const id = (letter: string) => `msg_${letter.repeat(44)}`

const EVERY: [string, Alert, RegExp][] = [
  [
    'a quota that is used up',
    { event: 'deliveries_paused', because: 'quota', says: '', until: AT + 10 * MINUTE },
    /quota .* larger plan .* next try is at 09:10 UTC\.$/,
  ],
  [
    'a key that is refused',
    {
      ...{ event: 'deliveries_paused', because: 'configuration', until: AT + MINUTE },
      says: 'API key is invalid',
    },
    /it says: “API key is invalid”.* mend RESEND_API_KEY, EMAIL_FROM or the domain .* 09:01 UTC\.$/,
  ],
  ['mail held by command', { event: 'deliveries_held', by: 'command' }, /until .*npm run release/],
  ['mail held by a setting', { event: 'deliveries_held', by: 'setting' }, /SEND_MODE=hold/],
  ['mail that is released', { event: 'deliveries_released', by: 'command' }, /goes out now/],
  [
    'too many to one person',
    { event: 'message_held', message: id('a'), because: 'too_many' },
    /msg_a+ is held.* npm run release -- msg_a+/,
  ],
  [
    'a doubtful message',
    { event: 'message_held', message: id('b'), because: 'unconfirmed' },
    /look for it at Resend.* only if it is not there .* msg_b+/,
  ],
  [
    'a message that is held for an hour',
    { event: 'message_held_long', message: id('d'), because: 'too_many' },
    /msg_d+ has been held for an hour \(too_many\).* npm run held lists/,
  ],
  [
    'a message that failed',
    { event: 'message_failed', message: id('c'), because: 'invalid_parameter (422)' },
    /msg_c+ has failed for good \(invalid_parameter \(422\)\)/,
  ],
  [
    'a token that Polar refuses',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 401, scopes: [] },
    /refuses the access token \(401\).* set POLAR_ACCESS_TOKEN and restart/,
  ],
  [
    'a scope that the token lacks',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 403, scopes: ['orders:read'] },
    /refuses GET \/v1\/orders\/ \(403\).* lacks the scope orders:read; add it at Polar/,
  ],
  [
    'a call that Polar does not permit',
    { event: 'polar_refused', call: 'GET /v1/orders/', status: 403, scopes: [] },
    /see what the access token may do/,
  ],
  [
    'webhooks that no secret fits',
    { event: 'webhooks_refused', endpoint: 'polar', because: 'wrong_secret' },
    /ten minutes every webhook at \/webhooks\/polar was refused.* POLAR_WEBHOOK_SECRET .* Polar shows/,
  ],
  [
    'webhooks of another time',
    { event: 'webhooks_refused', endpoint: 'resend', because: 'timestamp' },
    /\/webhooks\/resend was refused, .* check the clock of this machine/,
  ],
  [
    'webhooks without a signature',
    { event: 'webhooks_refused', endpoint: 'resend', because: 'no_signature' },
    /whether a proxy drops it/,
  ],
  [
    'webhooks that cannot be read',
    { event: 'webhooks_refused', endpoint: 'polar', because: 'malformed' },
    /\(malformed\); the log says more/,
  ],
  [
    'webhooks that cannot be stored',
    { event: 'webhooks_not_stored', endpoint: 'polar' },
    /could not be stored; mend Redis soon, since Polar/,
  ],
  [
    'webhooks that are verified again',
    { event: 'webhooks_verified_again', endpoint: 'polar' },
    /are verified again; see at Polar whether any was given up/,
  ],
  [
    'webhooks that are stored again',
    { event: 'webhooks_stored_again', endpoint: 'resend' },
    /are stored again; see at Resend/,
  ],
  [
    'a clock that is wrong',
    { event: 'webhook_clock', endpoint: 'polar', minutes: 15 },
    /genuine .* clock and ours are 15 minutes apart; check the clock/,
  ],
  [
    'a Redis that is full',
    { event: 'redis_failing', because: 'OOM: its memory is full' },
    /\(OOM: its memory is full\).* 503 .* mend Redis/,
  ],
  [
    'a finding of the account check',
    { event: 'account_finding', finding: 'domain_missing', says: 'The domain is missing.' },
    /^The domain is missing\.$/,
  ],
  ['a Redis that is well again', { event: 'redis_recovered' }, /webhooks are accepted/],
]

test.each(EVERY)('%s is told in a sentence: what happened, and what to do', (_, news, said) => {
  expect(sentence(news, 1, false)).toMatch(said)
  expect(sentence(news, 1, false)).toMatch(/^[^\n]+\.$/)
})
