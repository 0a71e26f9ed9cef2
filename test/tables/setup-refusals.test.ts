// The sentence for each refusal of Polar and Resend that ends a setup: it says what happened and what to do.

import { expect, test } from 'vitest'
import { PolarRefusedError, PolarUnavailableError } from '../../src/polar/call.ts'
import type { ResendError } from '../../src/resend/errors.ts'
import { polarError, resendError } from '../../src/setup/errors.ts'

const BY_HAND = 'Or do it by hand.'
const AGAIN = 'and run the command again.'
const LATER = `Wait a minute, ${AGAIN} If it fails again, see the status page of Polar, and whether this machine reaches it.`

test.each([
  [
    new PolarRefusedError(401, 'the access token is not valid'),
    `Polar: refused with 401, the access token is not valid. Make a new organization access token at Polar, set POLAR_ACCESS_TOKEN, ${AGAIN}`,
  ],
  [
    new PolarRefusedError(403, 'the access token lacks the scope webhooks:write'),
    `Polar: refused with 403, the access token lacks the scope webhooks:write. Add the scope to the access token at Polar, ${AGAIN} ${BY_HAND}`,
  ],
  ...[404, 409, 422].map((status): [Error, string] => [
    new PolarRefusedError(status),
    `Polar: refused with ${status}. Run the command again. ${BY_HAND}`,
  ]),
  [
    new PolarUnavailableError('Polar: its rate limit is reached'),
    `Polar: its rate limit is reached. ${LATER}`,
  ],
  [
    new PolarUnavailableError('Polar: no usable answer, status 503'),
    `Polar: no usable answer, status 503. ${LATER}`,
  ],
])('%s', (error, sentence) => {
  expect(polarError(error, BY_HAND)).toMatchObject({ name: 'SetupError', message: sentence })
})

const KEY = `Make a key with full access at Resend, set RESEND_API_KEY, ${AGAIN}`
const NO_ANSWER =
  'Run the command again. If it fails again, see the status page of Resend, and whether this machine reaches it.'
const MEND = `Mend what it says, ${AGAIN} Or add the webhook by hand, as docs/setup.md says under “By hand”.`

test.each<[status: number | null, name: string, message: string, sentence: string]>([
  [
    ...([401, 'restricted_api_key', 'This API key is restricted to only send emails'] as const),
    `Resend refused with 401, restricted_api_key: This API key is restricted to only send emails. ${KEY}`,
  ],
  [
    ...([401, 'validation_error', 'API key is invalid'] as const),
    `Resend refused with 401, validation_error: API key is invalid. ${KEY}`,
  ],
  [
    ...([403, 'validation_error', 'The account is suspended'] as const),
    `Resend refused with 403, validation_error: The account is suspended. See at Resend what the account lacks, mend it there, ${AGAIN}`,
  ],
  ...[404, 409, 422].map((status): [number, string, string, string] => [
    ...([status, 'validation_error', 'Invalid endpoint.'] as const),
    `Resend refused with ${status}, validation_error: Invalid endpoint. ${MEND}`,
  ]),
  ...['rate_limit_exceeded', 'application_error'].map((name): [number, string, string, string] => [
    ...([429, name, 'Too many requests'] as const),
    `Resend had too many requests within a moment. Wait a minute, ${AGAIN}`,
  ]),
  [
    ...([500, 'internal_server_error', 'Internal server error'] as const),
    `Resend gave no usable answer (status 500). ${NO_ANSWER}`,
  ],
  [
    ...([502, 'application_error', '<html>'] as const),
    `Resend gave no usable answer (status 502). ${NO_ANSWER}`,
  ],
  [
    ...([null, 'application_error', 'Unable to fetch data.'] as const),
    `Resend gave no usable answer. ${NO_ANSWER}`,
  ],
])('%s %s', (status, name, message, sentence) => {
  const error: ResendError = { status, name, message, retryAfter: null }
  expect(resendError(error).message).toBe(sentence)
})
