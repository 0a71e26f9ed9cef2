// Redis is restored from an older backup, and has forgotten what was sent since. Postern notices, adopts what Resend knows, and
// sends nothing twice.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { PROCESSES_KEYS } from '../../src/redis/keys.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { runCommand } from '../support/command.ts'
import { paidOrder } from '../support/events.ts'
import { startHere } from '../support/here.ts'
import { killIn, naming } from '../support/kill-at.ts'
import { leftDue } from '../support/records.ts'
import { startTestSystem } from '../support/system.ts'
import { startWorkerBeside } from '../support/worker-beside.ts'
import { startWorld } from '../support/world.ts'

/** Heartbeats that ended so long ago have a gap behind them, and Polar's webhooks are still fresh. */
const LATER = 2 * MINUTE

/** A sent email is noted of which the restored Redis has no message. */
const ADOPTED = naming(':adopted:', '\r\nset\r\n')

test('a restored backup sends nothing twice, though the adoption is killed in the middle', {
  timeout: 4 * MINUTE,
}, async (context) => {
  const world = await startWorld()
  onTestFinished(world.close)
  const { redis, resend, polar } = world
  const settings = {
    ...{ ...world.settings, RESEND_RATE_LIMIT: '1000' },
    LIVE_SINCE: '2020-01-01T00:00:00Z', // the events have the dates of their fixtures
  }
  const backup = await mkdtemp(join(tmpdir(), 'postern-backup-'))
  onTestFinished(() => rm(backup, { recursive: true, force: true }))
  const due = (count: number, stage = 'deliveries*') =>
    expect
      .poll(() => leftDue(redis.url, 2 * LATER, stage), { timeout: MINUTE, interval: 50 })
      .toBe(count)
  const accepted = (count: number) =>
    expect.poll(resend.accepted, { timeout: MINUTE, interval: 50 }).toBe(count)

  const yesterday = await startHere({ ...settings, SEND_MODE: 'hold' })
  const waiting = paidOrder()
  await polar.deliver(waiting)
  await due(1)
  yesterday.kill()
  await redis.kill()
  await cp(redis.directory, backup, { recursive: true })

  await redis.start()
  const today = await startHere(settings)
  const events = [waiting, paidOrder(), paidOrder(), paidOrder()]
  for (const event of events) await polar.deliver(event)
  await accepted(4)
  await due(0)
  today.kill()
  await redis.kill()
  await rm(redis.directory, { recursive: true, force: true })
  await cp(backup, redis.directory, { recursive: true })
  await redis.start()

  const kill = { when: 'while it adopts', at: { before: ADOPTED, nth: 2 } }
  await killIn(world, { ...kill, settings, later: LATER }, context)
  const restored = await startHere(settings, { later: LATER })
  await expect
    .poll(restored.output, { timeout: MINUTE })
    .toMatch(/"adopted":4,.*"redis was restored from an older backup"/)

  // Resend's list begins after the last heartbeat, so a person is to decide.
  for (const event of [...events, paidOrder()]) await polar.deliver(event)
  await due(0, 'events*')
  expect((await runCommand('held', settings)).out).toContain('All mail is on hold: Postern was')
  expect(resend.accepted()).toBe(4)
  await runCommand('release', settings, ['all'])
  await accepted(5)
  await due(0)
  expect(resend.accepted()).toBe(5)
})

/** Reads all that a Redis has, and resolves with what gives it all back. */
const snapshot = async (redis: Redis) => {
  const keys = await redis.keys('*')
  const values = await Promise.all(keys.map((key) => redis.dumpBuffer(key)))
  return async () => {
    const all = redis.multi().flushall()
    for (const [at, key] of keys.entries()) if (values[at]) all.restore(key, 0, values[at])
    await all.exec()
  }
}

test('after a restored backup mail goes on by itself, and the backfill sends nothing twice', async () => {
  const system = await startTestSystem({ backfill: true })
  const { scenario } = system.polarWorld
  const buy = (n: number) => scenario.purchase({ customer: { email: `customer-${n}@example.com` } })
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  await system.advance(3 * MINUTE) // the first import
  await buy(1)
  await system.advance(10 * MINUTE)
  await redis.set(PROCESSES_KEYS.lastAlive, system.clock.now())
  const restore = await snapshot(redis)
  await buy(2)
  await buy(3)
  await system.settle()
  expect(system.mails()).toHaveLength(3)

  system.clock.advance(10 * MINUTE)
  await restore()
  const keys: string[] = [] // of requests to send
  system.resendWorld.fault = ({ key }) => {
    if (key !== undefined) keys.push(key)
    return undefined
  }
  const restarted = await startWorkerBeside(system)
  await expect
    .poll(restarted.logText, { timeout: 20_000 })
    .toMatch(/"adopted":2,"released":true,"msg":"redis was restored from an older backup"/)
  await restarted.close()
  await system.advance(3 * MINUTE)
  expect(system.logText()).toMatch(/"missed":[1-9].*"msg":"webhooks were missed/)
  expect(keys).toEqual([])
  await buy(4)
  await system.settle()
  expect(system.mails().map(({ to }) => to[0])).toEqual(
    [4, 3, 2, 1].map((n) => `customer-${n}@example.com`),
  )
})
