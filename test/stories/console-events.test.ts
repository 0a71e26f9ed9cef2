// An operator reads an event in the console, sees what it would lead to by today's settings, and replays it.

import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { HOUR } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { type Payload, paidOrder } from '../support/events.ts'
import { inspect, linesOf } from '../support/mailed.ts'
import { formsIn, PASSWORD, signedIn, startWithConsole, submit } from '../support/operator.ts'
import { shareSystem } from '../support/shared-system.ts'
import { eventStoreOn } from '../support/stored-events.ts'
import type { TestSystem } from '../support/system.ts'
import { startWebRole } from '../support/web-role.ts'
import { WEBHOOK_ENDPOINTS } from '../support/webhook-endpoints.ts'

const [POLAR] = WEBHOOK_ENDPOINTS

const delivered = async (system: TestSystem, event: Payload) => {
  const { webhookId } = await system.polarWorld.deliver(event)
  await system.settle()
  return webhookId
}

const shared = shareSystem({ environment: { CONSOLE_PASSWORD: PASSWORD } })

const atConsole = async (system = shared()) => ({ system, operator: await signedIn(system) })

/** An event of a type that means no email. */
const unmapped = (): Payload => ({ ...paidOrder(), type: 'order.created' }) as Payload

test('events are listed by outcome and type, without an address', async () => {
  const { system, operator } = await atConsole()
  const [paid, created] = [
    await delivered(system, paidOrder()),
    await delivered(system, unmapped()),
  ]
  const listed = async (query: string) => {
    const { status, body } = await operator.read(`/console/events?${query}`)
    expect([status, body.includes('@')]).toEqual([200, false])
    return [paid, created].filter((id) => body.includes(`/console/events/${id}"`))
  }
  expect(await listed('')).toEqual([paid, created])
  expect(await listed('outcome=messages')).toEqual([paid])
  expect(await listed('outcome=messages&type=order.paid')).toEqual([paid])
  expect(await listed('outcome=not_mapped')).toEqual([created])
  expect(await listed('outcome=not_mapped&type=order.paid')).toEqual([])
  for (const query of ['outcome=x', 'type=x', 'cursor=x', 'from=x'])
    expect((await operator.read(`/console/events?${query}`)).status).toBe(400)
})

test('events that wait to be interpreted are counted and listed, the oldest first', async () => {
  const { url, clock } = await startWebRole({ CONSOLE_PASSWORD: PASSWORD })
  const operator = await signedIn({ postern: url })
  const post = (event: Payload) => {
    const body = JSON.stringify(event)
    const id = randomUUID()
    const { headers } = POLAR.sign({ body, at: clock.now(), id })
    return visit(`${url}${POLAR.path}`, { method: 'POST', headers, body }).then(() => id)
  }
  expect(await operator.text('/console/events')).not.toContain('to be interpreted')
  const bulk = { ...paidOrder(), type: 'subscription.past_due' } as Payload
  const ids = []
  for (const event of [bulk, paidOrder(), unmapped()]) {
    ids.push(await post(event))
    clock.advance(HOUR)
  }
  const since = new Date(clock.now() - 3 * HOUR).toISOString().slice(0, 19).replace('T', ' ')
  expect(await operator.text('/console/events')).toContain(
    `3 events wait to be interpreted, the oldest since ${since} UTC`,
  )
  const { body } = await operator.read('/console/events?outcome=waiting')
  const listed = [
    ...body.matchAll(/<td[^>]*><a class="nowrap" href="\/console\/events\/([\w-]+)"/g),
  ]
  expect(listed.map(([, id]) => id)).toEqual(ids)
  expect(body).not.toContain('@')
  const both = await operator.read('/console/events?outcome=waiting&type=order.paid')
  expect([both.status, both.body]).toEqual([400, expect.stringContaining('have no type yet')])
})

test('an event has its outcome in words, its messages, and its payload until that is gone', async () => {
  const { system, operator } = await atConsole()
  const event = paidOrder()
  const id = await delivered(system, {
    ...event,
    data: { ...event.data, client_secret: 'opensesame' },
  } as Payload)
  const { body } = await operator.read(`/console/events/${id}`)
  expect(body).toMatch(/href="\/console\/messages\/msg_[\w-]{44}"/)
  expect(body).toContain(event.data.id)
  expect(body).toContain('&quot;billing_reason&quot;: &quot;purchase&quot;')
  expect(body).not.toContain('opensesame')
  const ignored = await operator.text(`/console/events/${await delivered(system, unmapped())}`)
  expect(ignored).toContain('Events like this one lead to no email. (order.created)')
  await eventStoreOn(inspect(system), system.clock).lifetimes.dropPayload(id)
  expect(await operator.text(`/console/events/${id}`)).toContain('RETAIN_PAYLOADS_DAYS')
  expect(await operator.text(`/console/events/${id}/replay`)).toContain('Its payload is gone')
})

test('a replay says first what it would lead to, and sends nothing twice', async () => {
  const { system, operator } = await atConsole()
  const [outcomes, mails] = [system.outcomes().length, system.mails().length]
  const id = await delivered(system, paidOrder())
  const path = `/console/events/${id}/replay`
  expect(await operator.text(path)).toContain(
    'Order confirmation was decided before, and is not sent twice',
  )
  expect(system.outcomes()).toHaveLength(outcomes + 1)
  const after = await operator.press(path, 'Replay')
  expect(after.body).toContain('It is interpreted again within seconds.')
  await expect.poll(() => system.outcomes().length).toBe(outcomes + 2)
  await system.settle()
  expect(system.mails()).toHaveLength(mails + 1)
  await expect.poll(() => linesOf(system, 'events replayed')).toHaveLength(1)
})

test('an event of a kind that was off goes out by a replay once the kind is on', async () => {
  const server = await startRedis()
  onTestFinished(() => server.close())
  const EMAIL_KINDS_OFF = 'order_confirmation'
  const before = await startWithConsole({ redisUrl: server.url, environment: { EMAIL_KINDS_OFF } })
  const id = await delivered(before, paidOrder())
  await before.close()
  const { system, operator } = await atConsole(await startWithConsole({ redisUrl: server.url }))
  const path = `/console/events/${id}/replay`
  expect(await operator.text(path)).toContain('Order confirmation would be sent')
  await operator.press(path, 'Replay')
  await expect.poll(() => system.mails('order_confirmation').length).toBe(1)
})

test('an event whose payload went meanwhile is not replayed, and the page says so', async () => {
  const { system, operator } = await atConsole()
  const id = await delivered(system, paidOrder())
  const forms = formsIn((await operator.read(`/console/events/${id}/replay`)).body)
  const form = forms.find(({ button }) => button === 'Replay')
  await eventStoreOn(inspect(system), system.clock).lifetimes.dropPayload(id)
  const { cookie } = operator
  const { location } = await submit(`${system.postern}${form?.action}`, form?.fields ?? {}, {
    cookie,
  })
  expect(await operator.text(location)).toContain('It was not replayed')
})

test('an id of no event is a page that says so', async () => {
  const { operator } = await atConsole()
  for (const id of ['nothing-here', '%00', 'backfill%2Fx'])
    for (const path of [`/console/events/${id}`, `/console/events/${id}/replay`]) {
      const { status, body } = await operator.read(path)
      const says = expect.stringContaining('There is no such event')
      expect([path, status, body]).toEqual([path, 404, says])
    }
})

test('an event that the backfill found has a page under its own id', async () => {
  const { system, operator } = await atConsole()
  const id = 'backfill/order.paid/1'
  const { settled } = eventStoreOn(inspect(system), system.clock)
  const outcome = { ignored: 'folded', because: 'order.paid' } as const
  await settled(id, JSON.stringify(paidOrder()), outcome)
  const { status, body } = await operator.read(`/console/events/${encodeURIComponent(id)}`)
  expect([status, body]).toEqual([
    200,
    expect.stringContaining('Another event says the same, or says more.'),
  ])
})
