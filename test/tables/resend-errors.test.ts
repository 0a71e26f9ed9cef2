import { describe, expect, test } from 'vitest'
import { backoff, verdict, verdictInBatch } from '../../src/resend/errors.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { REFUSALS } from '../../src/sandbox/resend/refusals.ts'

const of = (name: string, status: number | null, retryAfter: number | null = null) =>
  verdict({ name, status, message: '', retryAfter })

const RETRY = { do: 'retry', after: SECOND }
const WAIT_QUOTA = { do: 'wait', for: 10 * MINUTE, because: 'quota' }
const WAIT_CONFIGURATION = { do: 'wait', for: MINUTE, because: 'configuration' }
const GIVE_UP = { do: 'give up' }
const waitLimit = (ms: number) => ({ do: 'wait', for: ms, because: 'rate_limit' })

describe('an error that Resend names', () => {
  test.each([
    ['rate_limit_exceeded', 429, waitLimit(SECOND)],
    ['concurrent_idempotent_requests', 409, { do: 'retry', after: 3 * SECOND }],
    ['application_error', 500, RETRY],
    ['application_error', 502, RETRY],
    ['application_error', null, RETRY],
    ['internal_server_error', 500, RETRY],
    ['internal_server_error', null, RETRY],
    ['daily_quota_exceeded', 429, WAIT_QUOTA],
    ['monthly_quota_exceeded', 429, WAIT_QUOTA],
    ['missing_api_key', 401, WAIT_CONFIGURATION],
    ['restricted_api_key', 401, WAIT_CONFIGURATION],
    ['invalid_api_key', 403, WAIT_CONFIGURATION],
    ['invalid_api_key', 401, WAIT_CONFIGURATION],
    ['validation_error', 403, WAIT_CONFIGURATION],
    ['validation_error', 401, WAIT_CONFIGURATION],
    ['validation_error', 400, GIVE_UP],
    ['validation_error', 422, GIVE_UP],
    ['invalid_parameter', 422, GIVE_UP],
    ['invalid_from_address', 422, WAIT_CONFIGURATION],
    ['invalid_attachment', 422, GIVE_UP],
    ['invalid_access', 422, WAIT_CONFIGURATION],
    ['invalid_region', 422, WAIT_CONFIGURATION],
    ['missing_required_field', 422, GIVE_UP],
    ['invalid_idempotency_key', 400, GIVE_UP],
    ['invalid_idempotent_request', 409, { do: 'ask' }],
    ['not_found', 404, WAIT_CONFIGURATION],
    ['method_not_allowed', 405, WAIT_CONFIGURATION],
    ['security_error', 451, GIVE_UP],
  ])('%s with %s has its verdict', (name, status, expected) => {
    expect(of(name, status)).toEqual(expected)
  })

  test('is judged by its name where a quota is told as a rate limit is', () => {
    expect(of('monthly_quota_exceeded', 429, 5 * SECOND)).toEqual(WAIT_QUOTA)
  })
})

/** Sentences of Resend's, as live accounts and its documentation have them. */
const OF_THE_ACCOUNT = [
  'API key is invalid',
  'API key is not active',
  'Missing API Key',
  'This API key is restricted to only send emails.',
  'This API key is not authorized to send emails from larkspur.example.com',
  'The larkspur.example.com domain is not verified. Please, add and verify your domain on https://resend.com/domains',
  'You can only send testing emails to your own email address (owner@larkspur.example.com). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain.',
  'Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
  'Invalid `reply_to` field. The email address needs to follow the `email@example.com` format.',
  'Your plan does not include this. Upgrade your plan to continue.',
  'Your account has been suspended. Contact support@resend.com.',
  'The team is under review and sending is paused.',
  'Sending is not available in this region.',
]

const OF_THE_QUOTA = [
  'You have reached your daily email sending quota.',
  'You have exceeded your monthly limit.',
]

const OF_THE_MESSAGE = [
  'Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
  'Invalid `to` field. Please use our testing email address instead of domains like `example.com`.',
  'Missing `subject` field.',
  'Missing `html` or `text` field.',
  'Tags should only contain ASCII letters, numbers, underscores, or dashes, and be at most 256 characters long.',
  'The email is too large.',
  'The attachment is too large for your plan.',
  'The content of the attachment could not be read.',
  'Something about this email is wrong.',
  '',
]

describe('a sentence of Resend’s', () => {
  const STATUSES = [400, 401, 403, 422, null]

  test.each(OF_THE_ACCOUNT)('that speaks of the account stops all mail: %s', (message) => {
    for (const status of STATUSES)
      for (const name of ['validation_error', 'unknown'])
        expect(verdict({ name, status, message, retryAfter: null })).toEqual(WAIT_CONFIGURATION)
    expect(verdictInBatch(message)).toEqual(WAIT_CONFIGURATION)
  })

  test.each(OF_THE_QUOTA)('that speaks of the quota stops all mail: %s', (message) => {
    for (const status of [400, 402, 422, 429])
      expect(verdict({ name: 'validation_error', status, message, retryAfter: null })).toEqual(
        WAIT_QUOTA,
      )
    expect(verdictInBatch(message)).toEqual(WAIT_QUOTA)
  })

  test.each(OF_THE_MESSAGE)('that speaks of the message fails that one only: %s', (message) => {
    for (const status of [400, 422])
      expect(verdict({ name: 'validation_error', status, message, retryAfter: null })).toEqual(
        GIVE_UP,
      )
    expect(verdictInBatch(message)).toEqual(GIVE_UP)
  })
})

describe('a refusal that the simulated Resend knows', () => {
  test.each(Object.entries(REFUSALS))('stops all mail: %s', (_, { name, statusCode, message }) => {
    expect(verdict({ name, status: statusCode, message, retryAfter: null }).do).toBe('wait')
  })
})

describe('an error without a name that means anything', () => {
  test.each([
    [null, RETRY],
    [200, RETRY],
    [302, RETRY],
    [408, RETRY],
    [425, RETRY],
    [500, RETRY],
    [502, RETRY],
    [503, RETRY],
    [504, RETRY],
    [599, RETRY],
    [429, waitLimit(SECOND)],
    [400, GIVE_UP],
    [409, { do: 'ask' }],
    [410, GIVE_UP],
    [413, GIVE_UP],
    [422, GIVE_UP],
    [451, GIVE_UP],
    // A refusal of the key or the plan is nothing that the message could help.
    [401, WAIT_CONFIGURATION],
    [402, WAIT_CONFIGURATION],
    [403, WAIT_CONFIGURATION],
    // And these come from an address that is not Resend's, or a proxy on the way.
    [404, WAIT_CONFIGURATION],
    [405, WAIT_CONFIGURATION],
    [407, WAIT_CONFIGURATION],
  ])('is judged by its status: %s', (status, expected) => {
    for (const name of ['unknown', 'a_new_error', '']) expect(of(name, status)).toEqual(expected)
  })

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is judged by its status even if it is called %s',
    (name) => {
      expect(of(name, 422)).toEqual(GIVE_UP)
      expect(of(name, 503)).toEqual(RETRY)
    },
  )
})

describe('a page instead of an answer', () => {
  // The SDK calls whatever is no JSON an application error, and keeps the status.
  test.each([502, 503, 504, 520, null])(
    'with %s is asked for again: it may have been sent',
    (status) => {
      expect(of('application_error', status)).toEqual(RETRY)
    },
  )
})

describe('a rate limit', () => {
  test.each([
    ['as long as Resend says', 7 * SECOND, 7 * SECOND],
    ['a second where Resend says nothing', null, SECOND],
  ])('lets the queue wait %s', (_, retryAfter, expected) => {
    expect(of('rate_limit_exceeded', 429, retryAfter)).toEqual(waitLimit(expected))
    expect(of('unknown', 429, retryAfter)).toEqual(waitLimit(expected))
  })
})

describe('the wait before the next try', () => {
  const bounds = (attempts: number, after = SECOND) => [
    backoff(after, attempts, 0),
    backoff(after, attempts, 1),
  ]

  test.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [5, 8_000, 16_000],
    [10, 256_000, 512_000],
    [11, 5 * MINUTE, 10 * MINUTE],
    [100, 5 * MINUTE, 10 * MINUTE],
    [5_000, 5 * MINUTE, 10 * MINUTE],
  ])('after %i tries is from %i to %i ms', (attempts, least, most) => {
    expect(bounds(attempts)).toEqual([least, most])
  })

  test('doubles from what the verdict says', () => {
    expect(bounds(2, 3 * SECOND)).toEqual([3 * SECOND, 6 * SECOND])
  })

  test('is spread evenly between its bounds', () => {
    const waits = Array.from({ length: 11 }, (_, tenth) => backoff(SECOND, 4, tenth / 10))
    for (const [tenth, wait] of waits.entries()) expect(wait).toBeCloseTo(4_000 + tenth * 400)
  })
})

test('a wait is never longer than ten minutes, whatever a header asks for', () => {
  expect(of('rate_limit_exceeded', 429, 86_400_000)).toEqual(waitLimit(10 * MINUTE))
})
