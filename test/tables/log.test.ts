import { describe, expect, test } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { UnrenderableError } from '../../src/deliveries/composed.ts'
import { PolarRefusedError, PolarUnavailableError } from '../../src/polar/call.ts'
import { RedisUnfitError } from '../../src/redis/connection.ts'
import { failure } from '../../src/runtime/log.ts'

describe('a log line', () => {
  test.each([
    ['PolarUnavailableError', new PolarUnavailableError('Polar: its rate limit is reached')],
    ['PolarRefusedError', new PolarRefusedError(403, 'the call is not permitted')],
    ['RedisUnfitError', new RedisUnfitError('Redis is not durable')],
    ['UnrenderableError', new UnrenderableError('order_confirmation cannot be rendered')],
    ['ConfigError', new ConfigError(['PORT must be at most 65535'])],
  ])('shows the message of an error of Postern: %s', (error, thrown) => {
    expect(failure(thrown)).toEqual({ error, message: thrown.message })
  })

  test('shows the stack of any other error, and not its message', () => {
    const shown = failure(new TypeError('no mailbox mara@example.com'))
    expect(shown).toMatchObject({ error: 'TypeError', stack: expect.stringMatching(/^ {4}at /) })
    expect(JSON.stringify(shown)).not.toContain('mara@example.com')
  })

  test('shows the code of an error that Redis answers with', () => {
    const error = Object.assign(new Error('OOM command not allowed'), { name: 'ReplyError' })
    expect(failure(error)).toMatchObject({ error: 'ReplyError', code: 'OOM' })
  })
})
