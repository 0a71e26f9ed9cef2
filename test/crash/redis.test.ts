// Kills Redis with -9 under running processes: they recover by themselves, and no webhook with a 202 is lost.

import { expect, onTestFinished, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { signWebhook } from '../../src/sandbox/polar/sign.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { type Payload, paidOrder } from '../support/events.ts'
import { startPostern } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

test('without Redis the endpoint answers 503 with Retry-After; with Redis back, web and worker go on by themselves, and without it they can be stopped', {
  timeout: 3 * MINUTE,
}, async () => {
  const { redis, resend, settings, close } = await startWorld()
  onTestFinished(close)
  const web = await startPostern({ ...settings, ROLE: 'web', RESEND_RATE_LIMIT: '1000' })
  const { PORT: _, ...elsewhere } = settings
  const worker = await startPostern({ ...elsewhere, ROLE: 'worker', RESEND_RATE_LIMIT: '1000' })
  const deliver = (event: Payload, webhookId: string) => {
    const body = JSON.stringify(event)
    const headers = signWebhook({ secret: SECRETS.polarWebhook, webhookId, at: Date.now(), body })
    return fetch(`${web.url}/webhooks/polar`, { method: 'POST', headers, body })
  }
  const [early, late] = [Array.from({ length: 20 }, () => paidOrder()), paidOrder()]

  const answers = await Promise.all(early.map((event, at) => deliver(event, `msg_early_${at}`)))
  expect(answers.map(({ status }) => status)).toEqual(early.map(() => 202))
  await redis.kill()
  const refused = await deliver(late, 'msg_late')
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${web.url}/readyz`)).status).toBe(503)

  await redis.start()
  const statusOfLate = async () => (await deliver(late, 'msg_late')).status
  await expect.poll(statusOfLate, { timeout: MINUTE, interval: 100 }).toBe(202)
  await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
  expect(resend.accepted()).toBe(early.length + 1)
  for (const { pid } of [web, worker]) expect(() => process.kill(pid, 0)).not.toThrow()

  await redis.kill()
  expect(await Promise.all([web, worker].map(({ kill }) => kill('SIGTERM')))).toEqual([0, 0])
})
