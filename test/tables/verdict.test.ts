import { describe, expect, test } from 'vitest'
import { backoff, verdict } from '../../src/deliveries/verdict.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'

const of = (name: string, status: number | null, retryAfter: number | null = null) =>
  verdict({ name, status, retryAfter })

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
    [402, GIVE_UP],
    [409, { do: 'ask' }],
    [410, GIVE_UP],
    [413, GIVE_UP],
    [422, GIVE_UP],
    [451, GIVE_UP],
    // A refusal of the key is nothing that the message could help.
    [401, WAIT_CONFIGURATION],
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
  const bounds = (tries: number, after = SECOND) => [
    backoff(after, tries, 0),
    backoff(after, tries, 1),
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
  ])('after %i tries is from %i to %i ms', (tries, least, most) => {
    expect(bounds(tries)).toEqual([least, most])
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
