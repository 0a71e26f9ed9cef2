// A customer with many subscriptions: its events come one after another, each is interpreted, and nobody else waits for them. A
// subscription that has been over for long is forgotten, and mailed about no more.

import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { KEPT_WHOLE } from '../../src/customers/forget.ts'
import { createCustomerLifetimes } from '../../src/customers/lifetimes.ts'
import { newCustomer } from '../../src/customers/state.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { createCompareAndSet } from '../../src/redis/compare-and-set.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { customersOf, inspect, startQuiet } from '../support/mailed.ts'
import { outcomeOf } from '../support/stored-events.ts'
import { startTestSystem } from '../support/system.ts'

const events = createEvents()
const person = (email: string) => ({
  ...{ id: randomUUID(), email, name: null, created_at: new Date().toISOString() },
})

test('a hundred and twenty renewals that come together are interpreted once each, and a stranger’s purchase', async () => {
  const system = await startTestSystem({ environment: { SEND_MODE: 'hold' } })
  const ann = person('ann@example.com')
  const renewals = Array.from({ length: 40 }, () => randomUUID()).flatMap((id) =>
    Array.from({ length: 3 }, () =>
      events.orderPaid({ customer: ann, subscription: { id }, order: { id: randomUUID() } }),
    ),
  )
  const stranger = events.orderPaid({ customer: person('bob@example.com') })
  await Promise.all([...renewals, stranger].map((event) => system.polarWorld.deliver(event)))
  const interpreted = () => system.outcomes().length
  await expect.poll(interpreted, { timeout: MINUTE, interval: 50 }).toBe(121)
  const messages = system.outcomes().flatMap((line) => line.messages as string[])
  expect(new Set(messages).size).toBe(121)
  expect(system.logs().filter(({ level }) => Number(level) >= 50)).toEqual([])
  expect((await customersOf(system).export(ann.id))?.subscriptions).toHaveLength(40)
}, 90_000)

test('events that wait when a process ends are interpreted by the next one', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const options = { redisUrl: redis.url, environment: { SEND_MODE: 'hold' } }
  const first = await startTestSystem(options)
  const ann = person('ann@example.com')
  const renewals = Array.from({ length: 110 }, () =>
    events.orderPaid({ customer: ann, subscription: { id: randomUUID() } }),
  )
  const delivered = await Promise.all(renewals.map((event) => first.polarWorld.deliver(event)))
  await first.close()
  const next = await startTestSystem(options)
  const store = inspect(next)
  // Where the answer of Redis was lost, an event is interpreted and no line of the log says so.
  const interpreted = async () => {
    await next.settle()
    const outcomes = delivered.map(({ webhookId }) => outcomeOf(store, webhookId))
    return (await Promise.all(outcomes)).filter((outcome) => outcome !== null).length
  }
  await expect.poll(interpreted).toBe(110)
}, 90_000)

test('late events of a subscription that has been over for long are mailed to nobody', async () => {
  const system = await startQuiet()
  const { scenario, script, deliver } = system.polarWorld
  const { subscriptionId, customerId } = await scenario.subscribe({
    customer: { email: 'ann@example.com' },
  })
  const renewed = script.renew({ subscriptionId })
  await scenario.revoke(subscriptionId)
  await system.settle()
  const mails = system.mails().length
  const told = system.outcomes().length
  system.clock.advance(KEPT_WHOLE + DAY)
  for (const event of renewed.events) await deliver(event)
  await system.settle()
  const late = system.outcomes().slice(told)
  expect(late.length).toBe(renewed.events.length)
  expect(late.map(({ ignored }) => ignored)).toContain('stale')
  expect(late.flatMap(({ messages }) => messages ?? [])).toEqual([])
  expect(system.mails()).toHaveLength(mails)
  const { state } = await customersOf(system).load(customerId, subscriptionId)
  expect(state.subscriptions[subscriptionId]?.forgottenAt).not.toBeNull()
})

test('an erased customer is mailed nothing by late events, and nothing is learned from them', async () => {
  const system = await startQuiet()
  const { scenario, script, deliver } = system.polarWorld
  const { subscriptionId, customerId } = await scenario.subscribe({
    customer: { email: 'ann@example.com' },
  })
  await system.settle()
  const mails = system.mails().length
  const customers = customersOf(system)
  const lifetimes = createCustomerLifetimes({
    ...{ customers, clock: system.clock, packing: recordPacking },
    compareAndSet: createCompareAndSet(inspect(system)),
    hasUnfinished: async () => false,
    unschedule: () => [],
  })
  expect(await lifetimes.erase(customerId)).toBe(true)
  const told = system.outcomes().length
  const renewed = script.renew({ subscriptionId })
  for (const event of renewed.events) await deliver(event)
  await system.settle()
  const late = system.outcomes().slice(told)
  expect(late.map(({ ignored }) => ignored)).toContain('customer_deleted')
  expect(late.flatMap(({ messages }) => messages ?? [])).toEqual([])
  expect(system.mails()).toHaveLength(mails)
  expect((await customers.load(customerId, subscriptionId)).state).toEqual({
    ...newCustomer,
    deletedAt: expect.any(String),
  })
})
