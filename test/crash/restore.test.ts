// Redis is restored from an older backup, and has forgotten what was sent since. Postern notices, adopts what Resend knows, and
// sends nothing twice.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { runCommand } from '../support/command.ts'
import { paidOrder } from '../support/events.ts'
import { killAt, naming } from '../support/kill-at.ts'
import { laterBy, startPostern } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** Heartbeats that ended so long ago have a gap behind them, and Polar's webhooks are still fresh. */
const LATER = 2 * MINUTE

/** A sent email is noted of which the restored Redis has no message. */
const ADOPTED = naming(':adopted:', '\r\nset\r\n')

test('a restored backup sends nothing twice, though the adoption is killed in the middle', {
  timeout: 4 * MINUTE,
}, async () => {
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

  const yesterday = await startPostern({ ...settings, SEND_MODE: 'hold' })
  const waiting = paidOrder()
  await polar.deliver(waiting)
  await due(1)
  await yesterday.kill('SIGKILL')
  await redis.kill()
  await cp(redis.directory, backup, { recursive: true })

  await redis.start()
  const today = await startPostern(settings)
  const events = [waiting, paidOrder(), paidOrder(), paidOrder()]
  for (const event of events) await polar.deliver(event)
  await accepted(4)
  await due(0)
  await today.kill('SIGKILL')
  await redis.kill()
  await rm(redis.directory, { recursive: true, force: true })
  await cp(backup, redis.directory, { recursive: true })
  await redis.start()

  const later = laterBy(LATER, settings)
  const doomed = await killAt(world, { before: ADOPTED, nth: 2 }, later)
  await doomed.killed
  const restored = await startPostern(later)
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
