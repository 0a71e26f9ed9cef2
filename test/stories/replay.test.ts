// An operator has stored events interpreted again: what was not decided goes out, and what was is not sent twice.

import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { runCommand } from '../support/command.ts'
import { type Payload, paidOrder } from '../support/events.ts'
import { shareSystem } from '../support/shared-system.ts'
import { eventStoreOn } from '../support/stored-events.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const replay = (system: TestSystem, ...args: string[]) =>
  runCommand('replay', system.environment, args)

const delivered = async (system: TestSystem, event: Payload) => {
  const { webhookId } = await system.polarWorld.deliver(event)
  await system.settle()
  return webhookId
}

const redisOf = (system: TestSystem) => {
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  return redis
}

test('an event that was mailed is mailed once, however often it is replayed', async () => {
  const system = await startTestSystem()
  const id = await delivered(system, paidOrder())
  const dry = await replay(system, id)
  expect([dry.code, dry.err]).toEqual([0, ''])
  expect(dry.out).toContain('Order confirmation: was decided before, and is not sent twice')
  expect(dry.out).toContain('Nothing was changed. To have 1 event interpreted again: add --yes.')
  for (let times = 0; times < 2; times++) {
    const done = await replay(system, id, '--yes')
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toContain('1 event interpreted again by a running worker, within seconds.')
    await expect.poll(() => system.outcomes().length).toBe(times + 2)
    await system.settle()
  }
  expect(system.mails()).toHaveLength(1)
  expect(system.logText()).toContain('"events replayed"')
})

test('an event of a kind that was off is mailed once the kind is on again', async () => {
  const server = await startRedis()
  onTestFinished(() => server.close())
  const EMAIL_KINDS_OFF = 'order_confirmation'
  const before = await startTestSystem({ redisUrl: server.url, environment: { EMAIL_KINDS_OFF } })
  const id = await delivered(before, paidOrder())
  await before.close()
  expect(before.mails()).toEqual([])
  const system = await startTestSystem({ redisUrl: server.url })
  expect((await replay(system, id)).out).toContain('Order confirmation: would be sent')
  expect((await replay(system, id, '--yes')).code).toBe(0)
  await expect.poll(() => system.mails('order_confirmation').length).toBe(1)
})

test('events of a stretch of time are replayed together, and one without its payload is named', async () => {
  const system = await startTestSystem()
  const ids = [await delivered(system, paidOrder()), await delivered(system, paidOrder())]
  const { lifetimes } = eventStoreOn(redisOf(system), system.clock)
  await lifetimes.dropPayload(ids[0] ?? '')
  const since = new Date(system.clock.now() - DAY).toISOString()
  const { code, out, err } = await replay(system, '--since', since, '--yes')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain(`${ids[0]}  order.paid  its payload is gone (RETAIN_PAYLOADS_DAYS)`)
  expect(out).toContain('1 event interpreted again')
})

test('an event that is interpreted again is found and counted once', async () => {
  const system = await startTestSystem()
  const event = paidOrder()
  const id = await delivered(system, event)
  const { index } = eventStoreOn(redisOf(system), system.clock)
  const day = new Date(system.clock.now()).toISOString().slice(0, 10)
  const before = await index.counts(day, day)
  await replay(system, id, '--yes')
  await expect.poll(() => system.outcomes().length).toBe(2)
  await system.settle()
  expect(await index.counts(day, day)).toEqual(before)
  const { out } = await runCommand('find', system.environment, [event.data.id])
  expect(out.match(new RegExp(`event ${id}`, 'g'))).toHaveLength(1)
})

describe('a wrong request', () => {
  const shared = shareSystem()

  test.each([
    ['no event', [], 'npm run replay -- <webhook-id>'],
    ['an unknown one', ['nothing-here'], 'There is no event nothing-here.'],
    ['a bad date', ['--since', 'yesterday'], 'npm run replay -- <webhook-id>'],
  ])('%s changes nothing, and the command says what to write', async (_, args, says) => {
    const { code, err } = await replay(shared(), ...args)
    expect(code).toBe(1)
    expect(err).toContain(says)
  })
})
