// The whole way on a Redis Cluster: whatever is written together lies on one slot, or the servers would refuse it.

import type { Cluster } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/redis/connection.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { press, visit } from '../../src/sandbox/person.ts'
import { startCluster } from '../support/cluster.ts'
import { firstLink, startTestSystem } from '../support/system.ts'

const API_TOKEN = 'the-token-of-the-backend-of-a-merchant'

test('from a webhook to the portal on three masters', async () => {
  const system = await startTestSystem({ redisUrl: await startCluster() })
  const { scenario } = system.polarWorld
  await Promise.all(
    Array.from({ length: 5 }, (_, n) =>
      scenario.purchase({ customer: { email: `customer-${n}@example.com` } }),
    ),
  )
  const failed = await scenario.failRenewal({ customer: { email: 'aiko@example.com' } })
  await scenario.purchase({ customer: { email: 'bounced@example.com' } })
  await system.settle()
  expect(system.mails('order_confirmation')).toHaveLength(6)
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

test('customers are erased and records grow old on three masters', async () => {
  const urls = await startCluster()
  const system = await startTestSystem({ redisUrl: urls, environment: { API_TOKEN } })
  const { scenario } = system.polarWorld
  const bought = await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      scenario.purchase({ customer: { email: `customer-${n}@example.com` } }),
    ),
  )
  await system.settle()
  const ask = (method: string, path: string) =>
    visit(`${system.postern}/api/customers/${path}`, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}` },
    })
  const exported = () =>
    Promise.all(
      bought.map(async ({ customerId }) => (await ask('GET', `${customerId}/export`)).status),
    )
  expect(await exported()).toEqual(bought.map(() => 200))
  const [first, second, ...others] = bought
  await scenario.deleteCustomer(first?.customerId ?? '')
  expect(JSON.parse((await ask('DELETE', `${second?.customerId}`)).body)).toMatchObject({
    erased: { messages: 1 },
    being_sent: 0,
  })
  await system.settle()
  system.clock.advance(2 * MINUTE)
  await system.settle()
  const [one, other, ...rest] = await exported()
  expect([one, other, ...rest]).toEqual([200, 200, ...others.map(() => 200)])
  system.clock.advance(401 * DAY)
  await system.settle()
  const redis = await connect({ urls: urls.split(',') }, 'ask', () => {})
  onTestFinished(() => redis.disconnect())
  const keys = await Promise.all((redis as Cluster).nodes('master').map((node) => node.keys('*')))
  const lengths = await Promise.all(
    keys
      .flat()
      .filter((key) => /:(msg|body|event|link):/.test(key))
      .map((key) => redis.strlen(key)),
  )
  expect(lengths.filter((length) => length > 1)).toEqual([]) // a byte stands for an erased event
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
