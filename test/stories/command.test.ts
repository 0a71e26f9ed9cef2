// An operator's command as a process: what it needs, what it does when that is not there, and whom it tells.

import { describe, expect, test } from 'vitest'
import { createPause } from '../../src/resend/pause.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { runCommand } from '../support/command.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { startReceiver } from '../support/receiver.ts'
import { startRedisProxy } from '../support/redis-proxy.ts'

const { redis, url: redisUrl } = await emptyRedis()

const hold = (more: Record<string, string> = {}) =>
  runCommand('hold', { REDIS_URL: redisUrl, ...more })
const pause = () => createPause({ redis, clock: systemClock })

describe('a command', () => {
  test('needs no setting but where Redis is, which may stand in .env', async () => {
    const dotEnv = `REDIS_URL=${redisUrl}\nPORT=not a port\n`
    expect((await runCommand('hold', {}, [], { dotEnv })).code).toBe(0)
    expect(await pause().state()).toEqual({ held: 'command' })
  })

  test.each(['hold', 'held', 'release'] as const)(
    'npm run %s says that Redis is away',
    async (name) => {
      const REDIS_URL = `redis://default:hush@127.0.0.1:${await freePort()}`
      const { code, out, err } = await runCommand(name, { REDIS_URL })
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^REDIS_URL: cannot connect to Redis at 127\.0\.0\.1:\d+ \(.*\)\n$/)
      expect(err).not.toContain('hush')
    },
  )

  test('says that Redis went away in the middle, and may be run again', async () => {
    const { url: REDIS_URL } = await startRedisProxy(redisUrl, {
      before: (sent) => (sent.includes('{resend}') ? 'is lost' : 'passes'),
    })
    const { code, out, err } = await runCommand('hold', { REDIS_URL })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^Redis went away or refused \(.*\)\. What was done stays done: run it again\.\n$/,
    )
    expect((await hold()).out).toMatch(/^All mail is on hold\./)
  })

  test('says what it needs to be told', async () => {
    const { code, err } = await runCommand('hold', { ALERT_WEBHOOK_URL: 'hush' })
    expect(code).toBe(1)
    expect(err).toMatch(/REDIS_URL is required\n {2}ALERT_WEBHOOK_URL must be an http/)
    expect(err).not.toContain('hush')
  })

  test('tells it to whom alerts go, once', async () => {
    const { url, posts } = await startReceiver()
    const settings = { REDIS_URL: redisUrl, ALERT_WEBHOOK_URL: url }
    await runCommand('hold', settings)
    await runCommand('hold', settings)
    await runCommand('release', settings, ['all'])
    expect(posts.map(({ event, by }) => [event, by])).toEqual([
      ['deliveries_held', 'command'],
      ['deliveries_released', 'command'],
    ])
  })

  test('does its work though nobody takes the alert, and does not show where it went', async () => {
    const { url } = await startReceiver(() => 404)
    const { code, err } = await hold({ ALERT_WEBHOOK_URL: url })
    expect(code).toBe(0)
    expect(err).toBe('ALERT_WEBHOOK_URL was not told: {"status":404,"attempts":1}\n')
    expect(await pause().state()).toEqual({ held: 'command' })
  })
})
