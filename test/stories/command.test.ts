// An operator's command: its settings, its errors, and its alerts; and the process in which it runs.

import { describe, expect, test } from 'vitest'
import { createPause } from '../../src/resend/pause.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { runCommand, spawnCommand } from '../support/command.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { startProxy } from '../support/proxy.ts'
import { startReceiver } from '../support/receiver.ts'

const { redis, url: redisUrl } = await emptyRedis()

const hold = (more: Record<string, string> = {}) =>
  runCommand('hold', { REDIS_URL: redisUrl, ...more })
const pause = () => createPause({ redis, clock: systemClock })

describe('a command', () => {
  test('needs only REDIS_URL, which may be in .env', async () => {
    const dotEnv = `REDIS_URL=${redisUrl}\nPORT=not a port\n`
    expect((await spawnCommand('hold', {}, [], { dotEnv })).code).toBe(0)
    expect(await pause().state()).toEqual({ held: 'command' })
  })

  test.each(['hold', 'held', 'release'] as const)(
    'npm run %s says that Redis is down',
    async (name) => {
      const REDIS_URL = `redis://default:hush@127.0.0.1:${await freePort()}`
      const { code, out, err } = await runCommand(name, { REDIS_URL })
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^REDIS_URL: cannot connect to Redis at 127\.0\.0\.1:\d+ \(.*\)\n$/)
      expect(err).not.toContain('hush')
    },
  )

  test.each([
    ['hold', ['now'], 'npm run hold'],
    ['reindex', ['--all'], 'npm run reindex -- --restart'],
    ['backfill', ['--dry'], 'npm run backfill -- [--dry-run]'],
    ['replay', ['--until', '2026-11-20'], 'npm run replay -- --since <when>'],
  ] as const)(
    'npm run %s %j says how it is called, and asks for no setting',
    async (name, args, usage) => {
      const { code, out, err } = await runCommand(name, {}, args)
      expect([code, out]).toEqual([1, ''])
      expect(err).toContain(usage)
    },
  )

  test('is a process with the same status, and whose complaints are no output', async () => {
    const REDIS_URL = `redis://127.0.0.1:${await freePort()}`
    const { code, out, err } = await spawnCommand('hold', { REDIS_URL })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^REDIS_URL: cannot connect to Redis at 127\.0\.0\.1:\d+ \(.*\)\n$/)
    const held = await spawnCommand('held', { REDIS_URL: redisUrl })
    expect([held.code, held.err]).toEqual([0, ''])
    expect(held.out).toMatch(/^Mail is not on hold/)
  })

  test('says that Redis failed in the middle, and can be run again', async () => {
    const { url: REDIS_URL } = await startProxy(redisUrl, {
      before: (sent) => (sent.includes('{resend}') ? 'is lost' : 'passes'),
    })
    const { code, out, err } = await runCommand('hold', { REDIS_URL })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^Redis failed \(.*\)\. Completed steps are kept: run the command again\.\n$/,
    )
    expect((await hold()).out).toMatch(/^All mail is on hold\./)
  })

  test('names its missing and invalid settings', async () => {
    const { code, err } = await runCommand('hold', { ALERT_WEBHOOK_URL: 'hush' })
    expect(code).toBe(1)
    expect(err).toMatch(/REDIS_URL is required\n {2}ALERT_WEBHOOK_URL must be an http/)
    expect(err).not.toContain('hush')
  })

  test('sends one alert', async () => {
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

  test('does its work even if the alert fails, and does not show its URL', async () => {
    const { url } = await startReceiver(() => 404)
    const { code, err } = await hold({ ALERT_WEBHOOK_URL: url })
    expect(code).toBe(0)
    expect(err).toBe('The alert to ALERT_WEBHOOK_URL failed: {"status":404,"attempts":1}\n')
    expect(await pause().state()).toEqual({ held: 'command' })
  })
})
