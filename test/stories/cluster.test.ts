// The whole way on a Redis Cluster: whatever is written together lies on one slot, or the servers would refuse it.

import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/redis/connection.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { press, visit } from '../../src/sandbox/person.ts'
import { startCluster } from '../support/cluster.ts'
import { firstLink, startTestSystem } from '../support/system.ts'

test('from the door to the portal on three masters', async () => {
  const system = await startTestSystem({ redisUrl: await startCluster() })
  const { scenario } = system.polarWorld
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      scenario.purchase({ customer: { email: `customer-${n}@example.com` } }),
    ),
  )
  const failed = await scenario.failRenewal({ customer: { email: 'aiko@example.com' } })
  await scenario.purchase({ customer: { email: 'bounced@example.com' } })
  await system.settle()
  expect(system.mails('order_confirmation')).toHaveLength(11)
  expect(system.logText()).toContain('address suppressed')

  const link = firstLink((await system.theMail('subscription_past_due')).text)
  const early = await visit(link)
  expect(early.status).toBe(200)
  expect((await press(link, early.body)).status).toBe(303)
  system.clock.advance(2 * MINUTE)
  expect((await visit(link)).location).toContain(`/orders/${failed.orderId}`)

  const customer = system.polarWorld.world.customers.get(failed.customerId)
  if (customer) customer.email = 'moved@example.com'
  expect((await visit(link)).location).toContain('/portal/request')
  expect((await visit(link)).status).toBe(410)

  await scenario.recover(failed.orderId)
  await system.settle()
  expect(system.logs().filter(({ level }) => Number(level) >= 50)).toEqual([])
}, 60_000)

test('the first commands to each node are answered, however many come at the same moment', async () => {
  const urls = (await startCluster()).split(',')
  const redis = await connect({ urls }, 'ask_at_once', () => {})
  onTestFinished(() => redis.disconnect())
  const keys = Array.from({ length: 30 }, (_, n) => `key-${n}`)
  const answers = await Promise.allSettled(keys.map((key) => redis.incr(key)))
  expect(answers).toEqual(keys.map(() => ({ status: 'fulfilled', value: 1 })))
}, 60_000)
