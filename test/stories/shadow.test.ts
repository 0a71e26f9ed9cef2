// Shadow mode rehearses: what live mode would do, up to the request to Resend, is done and recorded.

import { expect, onTestFinished, test } from 'vitest'
import { NUDGE_LOST } from '../../src/redis/due.ts'
import type { Fault } from '../../src/sandbox/polar/calls.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { runCommand } from '../support/command.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const theo = { name: 'Theo Okafor', email: 'theo@example.com' }
const SHADOW = { environment: { SEND_MODE: 'shadow' } }

const rehearsed = (system: TestSystem) =>
  system.logs().filter(({ msg, because }) => msg === 'message not sent' && because === 'shadow')

test('a rehearsed message asks Polar as a live one would, and Resend for nothing', async () => {
  const system = await startTestSystem(SHADOW)
  const { orderId } = await system.polarWorld.scenario.purchase({ customer: theo, amount: 4900 })
  await system.settle()
  expect(system.resendWorld.requests()).toBe(0)
  expect(Object.keys(system.polarWorld.calls())).toEqual(
    expect.arrayContaining(['/v1/orders/{id}/invoice', '/v1/products/{id}', '/v1/organizations/']),
  )
  expect(rehearsed(system)).toEqual([
    expect.objectContaining({ kind: 'order_confirmation', order: orderId }),
  ])
  expect(rehearsed(system)[0]).not.toHaveProperty('missing')
})

test('npm run held sums up what was rehearsed, and what it would have lacked', async () => {
  const system = await startTestSystem(SHADOW)
  const { purchase, failRenewal } = system.polarWorld.scenario
  await purchase({ customer: theo, amount: 4900 })
  await system.settle()
  const denied: Fault = { status: 403, body: { error: 'insufficient_scope' } }
  system.polarWorld.fault = ({ path }) => (path.endsWith('/invoice') ? denied : undefined)
  await purchase({ customer: theo, amount: 4900 })
  await failRenewal({ customer: { email: 'aiko@example.com' } })
  await system.settle()
  const { out } = await runCommand('held', system.environment)
  expect(out).toContain('Shadow mode rehearsed 3 emails of 2 kinds, 1 without an invoice:\n')
  expect(out).toContain('      2  Order confirmation\n      1  Renewal payment failed\n')
})

test('a rehearsal names what the email would go without', async () => {
  const system = await startTestSystem(SHADOW)
  const denied: Fault = { status: 403, body: { error: 'insufficient_scope' } }
  system.polarWorld.fault = ({ path }) =>
    path.endsWith('/invoice') || path === '/v1/organizations/' ? denied : undefined
  await system.polarWorld.scenario.purchase({ customer: theo, amount: 4900 })
  await system.settle()
  expect(rehearsed(system)).toMatchObject([{ missing: ['invoice', 'organization'] }])
})

test('a message that waits on hold is rehearsed when it is released in shadow mode, and never sent', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const live = await startTestSystem({ redisUrl: redis.url })
  await runCommand('hold', live.environment)
  await live.polarWorld.scenario.purchase({ customer: theo, amount: 4900 })
  await live.settle()
  await live.close()
  const shadow = await startTestSystem({ redisUrl: redis.url, ...SHADOW })
  await shadow.settle()
  expect(rehearsed(shadow)).toEqual([])
  await runCommand('release', shadow.environment, ['all'])
  // The nudge came while all mail was held, so it counts as lost.
  shadow.clock.advance(NUDGE_LOST)
  await expect.poll(() => rehearsed(shadow)).toHaveLength(1)
  expect(live.resendWorld.requests() + shadow.resendWorld.requests()).toBe(0)
})
