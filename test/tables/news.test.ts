// What is worth a person's attention, and in which words.

import { expect, test } from 'vitest'
import { type News, sentence } from '../../src/deliveries/news.ts'
import { MINUTE } from '../../src/runtime/clock.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const id = (letter: string) => `msg_${letter.repeat(44)}`

const EVERY: [string, News, RegExp][] = [
  [
    'a quota that is used up',
    { event: 'deliveries_paused', because: 'quota', until: AT + 10 * MINUTE },
    /quota .* larger plan .* next try is at 09:10 UTC\.$/,
  ],
  [
    'a key that is refused',
    { event: 'deliveries_paused', because: 'configuration', until: AT + MINUTE },
    /mend RESEND_API_KEY, EMAIL_FROM or the domain .* 09:01 UTC\.$/,
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
]

test.each(EVERY)('%s is told in a sentence: what happened, and what to do', (_, news, said) => {
  expect(sentence(news, 1, false)).toMatch(said)
  expect(sentence(news, 1, false)).toMatch(/^[^\n]+\.$/)
})
