// The meaning of a refused request for the messages in it.

import { describe, expect, test } from 'vitest'
import { createAfterRefusal } from '../../src/deliveries/refusal.ts'
import type { ResendError } from '../../src/resend/errors.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const error = (name: string, status: number | null, retryAfter: number | null = null) =>
  ({ name, status, message: '', retryAfter }) satisfies ResendError

const paused: string[] = []
const afterRefusal = createAfterRefusal({
  pauseMail: async (wait) => {
    paused.push(wait.because)
    return PLANNED + wait.for
  },
  random: () => 1,
  clock: stoppedClock(PLANNED),
})

describe.each([
  ['no answer', error('application_error', null), 'repeat', 'repeat'],
  ['an error of the server', error('internal_server_error', 500), 'repeat', 'repeat'],
  ['a rate limit', error('rate_limit_exceeded', 429, 2 * SECOND), 'requeue', 'repeat'],
  ['a quota', error('daily_quota_exceeded', 429), 'requeue', 'repeat'],
  ['a key that is refused', error('invalid_api_key', 403), 'requeue', 'repeat'],
  ['a field that is wrong', error('validation_error', 422), 'reject', 'confirm'],
  [
    'a key that was used with other bytes',
    error('invalid_idempotent_request', 409),
    'confirm',
    'confirm',
  ],
] as const)('%s', (_, refusal, first, later) => {
  test(`at the first attempt: ${first}`, async () => {
    expect(await afterRefusal(refusal, 1)).toMatchObject({ do: first })
  })

  test(`at a later attempt, when an earlier one may have been sent: ${later}`, async () => {
    expect(await afterRefusal(refusal, 2)).toMatchObject({ do: later })
  })
})

describe('the time', () => {
  test('of a repetition doubles from one attempt to the next', async () => {
    const times = await Promise.all(
      [1, 2, 3].map((attempts) => afterRefusal(error('internal_server_error', 500), attempts)),
    )
    expect(times).toEqual([1, 2, 4].map((n) => ({ do: 'repeat', at: PLANNED + n * SECOND })))
  })

  test('of a pause is the time for which all mail waits', async () => {
    expect(await afterRefusal(error('invalid_api_key', 403), 1)).toEqual({
      ...{ do: 'requeue', until: PLANNED + MINUTE },
    })
    expect(paused).toContain('configuration')
  })
})
