// Records grow old by the clock: payloads and emails as sent go first, then all the rest. What is unfinished stays.

import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { runCommand } from '../support/command.ts'
import { bought, messageOf } from '../support/mailed.ts'
import { followRedis } from '../support/redis-contents.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'the-token-of-the-backend-of-a-merchant'
const ADDRESS = 'mara.lindqvist@example.com'

const start = (environment: NodeJS.ProcessEnv = {}) =>
  startTestSystem({ environment: { API_TOKEN: TOKEN, ...environment } })

type Exported = {
  customer: { subscriptions: { plan: unknown }[] }
  messages: { email: { subject: string; text: string } | null; delivery: { state: string } }[]
  events: { type: string; payload: { type: string } | null }[]
}

const exported = async ({ postern }: TestSystem, customerId: string): Promise<Exported | null> => {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const answer = await visit(`${postern}/api/customers/${customerId}/export`, { headers })
  return answer.status === 200 ? JSON.parse(answer.body) : null
}

const wait = async (system: TestSystem, ms: number) => {
  system.clock.advance(ms)
  await system.settle()
}

/** Whether there is an email as sent, and a payload for each event. */
const contentIn = (found: Exported | null) => ({
  emails: found?.messages.filter(({ email }) => email !== null).length,
  payloads: found?.events.filter(({ payload }) => payload !== null).length,
  messages: found?.messages.length,
  events: found?.events.length,
})

describe('what is kept about a customer', () => {
  test('loses its emails and payloads after thirty days, and its links still sign in', async () => {
    const system = await start()
    const { customerId, mail } = await bought(system, ADDRESS)
    const before = contentIn(await exported(system, customerId))
    const { messages, events = 0 } = before
    expect(before).toEqual({ messages: 1, emails: 1, payloads: events, events })
    expect(events).toBeGreaterThan(2)
    await wait(system, 30 * DAY - 2 * MINUTE)
    expect(contentIn(await exported(system, customerId))).toEqual(before)
    await wait(system, 4 * MINUTE)
    expect(contentIn(await exported(system, customerId))).toEqual({
      ...{ messages, events, emails: 0, payloads: 0 },
    })
    const { out } = await runCommand('find', system.environment, [ADDRESS])
    expect(out).toContain(`${messageOf(mail)}  Order confirmation  Delivered`)
    const { status, location } = await visit(firstLink(mail.text), { headers: NAVIGATION })
    expect([status, location]).toEqual([302, expect.stringContaining('customer_session_token=')])
  })

  test('goes after 400 days, and the fact of an old event is mailed no second time', async () => {
    const system = await start()
    const { redis, stored } = await followRedis(system.redis)
    const { customerId, mail } = await bought(system, ADDRESS)
    const [paid] =
      (await exported(system, customerId))?.events.filter(({ type }) => type === 'order.paid') ?? []
    await wait(system, 400 * DAY - 2 * MINUTE)
    expect(contentIn(await exported(system, customerId))).toMatchObject({ messages: 1 })
    await wait(system, 4 * MINUTE)
    expect(await exported(system, customerId)).toBeNull()
    const kinds = /:(msg|body|event|state|sub|link):/
    expect((await stored()).filter(({ key }) => kinds.test(key))).toEqual([])
    expect(await redis.keys('postern:*:messages:once:*')).toHaveLength(1)
    const link = await visit(firstLink(mail.text), { headers: NAVIGATION })
    expect([link.status, link.location]).toEqual([302, expect.stringContaining('/portal/request')])
    expect(paid?.payload).toBeDefined()
    await system.polarWorld.deliver(paid?.payload as object)
    await system.settle()
    expect(system.mails()).toHaveLength(1)
  })

  test('is as old as the settings say', async () => {
    const system = await start({ RETAIN_BODIES_DAYS: '2', RETAIN_PAYLOADS_DAYS: '5' })
    const { customerId } = await bought(system, ADDRESS)
    await wait(system, 2 * DAY + 2 * MINUTE)
    const { events = 0, ...content } = contentIn(await exported(system, customerId))
    expect(content).toEqual({ messages: 1, emails: 0, payloads: events })
    await wait(system, 3 * DAY)
    expect(contentIn(await exported(system, customerId))).toMatchObject({ payloads: 0, events })
  })
})

test('what is unfinished never ages, and does once it is finished', async () => {
  const system = await start()
  await runCommand('hold', system.environment)
  const { customerId } = await system.polarWorld.scenario.purchase({ customer: { email: ADDRESS } })
  await system.settle()
  // The customer may be forgotten with the message: this depends on when Polar's last event about the order came.
  const messages = async () => (await exported(system, customerId))?.messages ?? []
  await wait(system, 500 * DAY)
  expect(await messages()).toMatchObject([{ delivery: { state: 'waiting' } }])
  await runCommand('release', system.environment, ['all'])
  await wait(system, MINUTE)
  expect(await messages()).toMatchObject([{ delivery: { state: 'accepted' } }])
  await wait(system, DAY + 2 * MINUTE)
  expect(await messages()).toHaveLength(1) // its links live on
  await wait(system, 90 * DAY)
  expect(await messages()).toEqual([])
})

test('the state of a customer who rests is packed, and is the same', async () => {
  const system = await start()
  const { redis } = await followRedis(system.redis)
  const { customerId } = await system.polarWorld.scenario.subscribe({
    customer: { email: ADDRESS },
  })
  await system.settle()
  const [key = ''] = await redis.keys('*:state:*')
  const before = await exported(system, customerId)
  expect(await redis.get(key)).toMatch(/^\{/)
  await wait(system, 3 * DAY)
  expect(await redis.get(key)).not.toMatch(/^\{/)
  expect((await exported(system, customerId))?.customer).toEqual(before?.customer)
})

test('the state of a customer whose subscription lives stays, and goes some time after it has ended', async () => {
  const system = await start()
  const { scenario } = system.polarWorld
  const { customerId, subscriptionId } = await scenario.subscribe({ customer: { email: ADDRESS } })
  await system.settle()
  await wait(system, 500 * DAY)
  expect((await exported(system, customerId))?.customer.subscriptions).toMatchObject([
    { plan: expect.anything() },
  ])
  await scenario.end(subscriptionId)
  await system.settle()
  await wait(system, 401 * DAY)
  expect(await exported(system, customerId)).toBeNull()
})
