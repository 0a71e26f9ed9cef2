// Messages that wait together go together, once each, whatever Resend answers.

import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import type { FaultRequest } from '../../src/sandbox/resend/api.ts'
import {
  invoiced,
  ofItsOwnProduct,
  purchases,
  release,
  releaseAndSettle,
  releaseTogether,
  releaseTogetherAndSettle,
  renewals,
  startHeldSystem,
  tellAll,
} from '../support/backlog.ts'
import { runCommand } from '../support/command.ts'
import { paidOrder } from '../support/events.ts'
import { startReceiver } from '../support/receiver.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const addresses = (system: TestSystem) =>
  system
    .mails()
    .map(({ to }) => to[0] ?? '')
    .sort()

const expected = (count: number) =>
  Array.from({ length: count }, (_, index) => `customer-${index}@example.com`).sort()

/** Notes every request, with its idempotency key. */
const watch = (system: TestSystem, fault: (request: FaultRequest) => unknown = () => undefined) => {
  const seen: FaultRequest[] = []
  system.resendWorld.fault = (request) => {
    seen.push(request)
    return fault(request) as undefined
  }
  return seen
}

describe('messages that wait together', () => {
  test('go together, each once, with links that work', async () => {
    const system = await startHeldSystem({ environment: { LINK_SETTLE_SECONDS: '0' } })
    await tellAll(
      system,
      purchases(24, (event) => system.polarWorld.applyEvent(event)),
    )
    expect(system.resendWorld.requests()).toBe(0)
    const seen = watch(system)
    await releaseAndSettle(system)
    expect(addresses(system)).toEqual(expected(24))
    expect(new Set(system.mails().map(({ tags }) => tags[1]?.value)).size).toBe(24)
    // Only those that are composed by then go together: how many is a matter of the machine.
    expect(seen.map(({ path }) => path)).toContain('/emails/batch')
    const visited = await visit(firstLink(system.mails()[0]?.text ?? null))
    expect(visited).toMatchObject({ status: 302 })
  })

  test('and one that comes alone goes at once, by itself', async () => {
    const system = await startTestSystem()
    const seen = watch(system)
    await tellAll(system, purchases(1))
    expect(seen.map(({ path }) => path)).toEqual(['/emails'])
  })

  test('do not wait for one whose address Resend refuses, which is recorded without it', async () => {
    const system = await startHeldSystem()
    await tellAll(
      system,
      purchases(8, (event, index) => {
        ofItsOwnProduct(event)
        if (index === 5) event.data.customer.email = 'refused@example.com'
      }),
    )
    await releaseTogetherAndSettle(system, 8)
    expect(addresses(system)).toHaveLength(7)
    const failed = system.logs().filter(({ msg }) => msg === 'message failed')
    expect(failed).toHaveLength(1)
    expect(failed[0]?.because).toMatch(/^refused: Invalid `to` field/)
    expect(system.logText()).not.toContain('refused@example.com')
  })

  test('go singly where they have an attachment', async () => {
    const system = await startHeldSystem()
    const events = purchases(5, (event, index) => {
      ofItsOwnProduct(event)
      if (index === 2) invoiced(event)
    })
    for (const event of events) system.polarWorld.applyEvent(event)
    await tellAll(system, events)
    const seen = watch(system)
    await releaseTogetherAndSettle(system, 5)
    await expect.poll(() => addresses(system)).toEqual(expected(5))
    expect(seen.map(({ path }) => path).sort()).toEqual(['/emails', '/emails/batch'])
    const attached = system.mails().filter(({ attachments }) => attachments.length > 0)
    expect(attached.map(({ to }) => to[0])).toEqual(['customer-2@example.com'])
  })
})

describe('the answer to a batch', () => {
  test('that is lost leads to the same request under the same key, and nothing is sent twice', async () => {
    // A report on any of them would be an answer too.
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(5, ofItsOwnProduct))
    const seen = watch(system, ({ n }) => (n === 1 ? 'drop-after-accept' : undefined))
    await releaseTogetherAndSettle(system, 5)
    await expect.poll(() => system.logText()).toContain('batch to be retried')
    system.clock.advance(20 * SECOND)
    await expect
      .poll(() => system.logs().filter(({ msg }) => msg === 'message accepted').length)
      .toBe(5)
    expect(addresses(system)).toEqual(expected(5))
    expect(seen.filter(({ key }) => key === seen[0]?.key)).toHaveLength(2)
    expect(system.resendWorld.accepted()).toBe(5)
  })

  test('that is a rate limit puts all of it back, to be composed anew under another key', async () => {
    const system = await startHeldSystem()
    await tellAll(system, purchases(5))
    const body = { name: 'rate_limit_exceeded', statusCode: 429, message: 'slow down' }
    const seen = watch(system, ({ n }) =>
      n === 1 ? { status: 429, body, headers: { 'retry-after': '1' } } : undefined,
    )
    await releaseAndSettle(system)
    await expect.poll(() => addresses(system)).toEqual(expected(5))
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length)
  })

  test('that refuses all of it without a reason for each sends each alone, with a verdict of its own', async () => {
    const system = await startHeldSystem()
    await tellAll(system, purchases(4, ofItsOwnProduct))
    const body = { name: 'validation_error', statusCode: 422, message: 'one of them is wrong' }
    const seen = watch(system, ({ path }) =>
      path === '/emails/batch' ? { status: 422, body } : undefined,
    )
    await releaseTogetherAndSettle(system, 4)
    await expect.poll(() => addresses(system)).toEqual(expected(4))
    const paths = seen.map(({ path }) => path)
    expect(paths).toContain('/emails/batch')
    expect(paths.filter((path) => path === '/emails')).toHaveLength(4)
  })

  test('that is a quota stops all mail, burns nobody’s tries, says why, and mail goes on by itself', async () => {
    const system = await startHeldSystem()
    await tellAll(system, purchases(5, ofItsOwnProduct))
    const body = { name: 'daily_quota_exceeded', statusCode: 429, message: 'quota' }
    const seen = watch(system, () => ({ status: 429, body }))
    await releaseTogetherAndSettle(system, 5)
    expect(system.logText()).toContain('"because":"quota"')
    const asked = seen.length
    system.clock.advance(MINUTE)
    await system.settle()
    expect(seen).toHaveLength(asked)
    system.resendWorld.fault = undefined
    system.clock.advance(10 * MINUTE)
    await system.settle()
    expect(addresses(system)).toEqual(expected(5))
  })

  test('that does not add up is not guessed at: the same request again, then Resend is asked', async () => {
    const system = await startHeldSystem()
    await tellAll(system, purchases(3, ofItsOwnProduct))
    const seen = watch(system, () => ({ status: 200, body: { data: [{ id: 'one' }], errors: [] } }))
    await releaseTogether(system, 3)
    const again = () => seen.filter(({ key }) => key === seen[0]?.key).length
    await expect.poll(again).toBeGreaterThan(1)
    expect(system.logText()).not.toContain('message accepted')
  })
})

describe('what stops or slows mail', () => {
  test('receipts for as many paid orders as there are go out, whoever paid for them', async () => {
    const system = await startHeldSystem()
    const [first, ...more] = purchases(22)
    const sameBuyer = more.map((event) => {
      event.data.customer_id = first?.data.customer_id
      event.data.customer = first?.data.customer
      return event
    })
    await tellAll(system, [...(first ? [first] : []), ...sameBuyer])
    await releaseAndSettle(system)
    expect(system.mails()).toHaveLength(22)
    expect(system.logText()).not.toContain('message held')
  })

  test('free orders to one mailbox are held from the twenty-first of an hour on, whoever placed them', async () => {
    const alerts = await startReceiver()
    const system = await startHeldSystem({ environment: { ALERT_WEBHOOK_URL: alerts.url } })
    const free = purchases(24, ({ data }, index) => {
      data.customer.email = index % 2 === 0 ? 'Victim@example.com' : `victim+${index}@example.com`
      Object.assign(data, { subtotal_amount: 0, net_amount: 0, total_amount: 0, due_amount: 0 })
      data.tax_amount = 0
    })
    await tellAll(system, [...free, ...purchases(3)])
    await releaseAndSettle(system)
    const heldOnes = (msg: string) => system.logs().filter((line) => line.msg === msg)
    expect(heldOnes('message held')).toHaveLength(4)
    expect(heldOnes('message held')[0]).toMatchObject({ because: 'too_many' })
    expect(system.mails()).toHaveLength(23)

    system.clock.advance(HOUR)
    await system.settle()
    system.clock.advance(HOUR)
    await system.settle()
    expect(heldOnes('message held for an hour')).toHaveLength(4)
    expect(system.mails()).toHaveLength(23)
    await expect
      .poll(() => alerts.posts.filter(({ event }) => event === 'message_held_long'))
      .toHaveLength(1)
    expect(alerts.posts.at(-1)?.text).toMatch(/npm run held lists/)

    const { out, code } = await runCommand('release', { REDIS_URL: system.redis }, ['too_many'])
    expect(out).toContain('4 messages to 4 people released')
    expect(code).toBe(0)
    await system.settle()
    expect(system.mails()).toHaveLength(27)
  })

  test('the limit of Resend is kept to, though many come at once and each goes alone', async () => {
    const system = await startHeldSystem({
      resendRateLimit: 5,
      environment: { RESEND_RATE_LIMIT: '5' },
    })
    await tellAll(
      system,
      purchases(12, (event) => system.polarWorld.applyEvent(invoiced(event))),
    )
    const seen = watch(system)
    await releaseAndSettle(system)
    await expect.poll(() => addresses(system)).toEqual(expected(12))
    expect(seen.length).toBeLessThanOrEqual(13) // the network may squeeze two together
  })

  test('a limit that Resend says is lower than ours is kept to from its first answer on', async () => {
    const system = await startTestSystem({ resendRateLimit: 2 })
    await tellAll(system, [paidOrder({ billing_name: null, billing_address: null })])
    const requests = system.resendWorld.requests()
    expect(requests).toBe(1)
    await tellAll(
      system,
      purchases(6, (event) => system.polarWorld.applyEvent(invoiced(event))),
    )
    await expect.poll(() => addresses(system)).toHaveLength(7)
    expect(system.resendWorld.requests()).toBeLessThanOrEqual(8) // the network may squeeze two together
  })

  test('a fresh receipt is not stuck behind thirty renewals that go alone, as it does', async () => {
    const system = await startHeldSystem({
      resendRateLimit: 2,
      environment: { RESEND_RATE_LIMIT: '2' },
    })
    const waiting = renewals(30).map(invoiced)
    const [receipt = paidOrder()] = purchases(1, invoiced)
    for (const event of [...waiting, receipt]) system.polarWorld.applyEvent(event)
    await tellAll(system, waiting)
    await release(system)
    await expect.poll(() => system.resendWorld.accepted(), { interval: 10 }).toBeGreaterThan(0)
    const understood = () => system.outcomes().filter(({ messages }) => messages).length
    const before = understood()
    await system.polarWorld.deliver(receipt)
    await expect.poll(understood, { interval: 10 }).toBe(before + 1)
    const requests = system.resendWorld.requests()
    await expect.poll(() => system.mails('order_confirmation').length, { interval: 10 }).toBe(1)
    // Behind the renewals it would have waited for thirty turns. On a slow machine some pass while it is composed.
    expect(system.resendWorld.requests() - requests).toBeLessThanOrEqual(20)
    expect(system.resendWorld.accepted()).toBeLessThan(31)
  })
})
