// The simulated Polar tries failed webhooks again, gives up, and disables the endpoint.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { type Advance, createAdvance } from '../../src/sandbox/advance.ts'
import { stoppedClock } from '../tables/decided.ts'
import { rejection, type Started, startPolar } from './world.ts'

let started: Started
let clock: ReturnType<typeof stoppedClock>
let advance: Advance
beforeEach(async () => {
  clock = stoppedClock()
  started = await startPolar({ clock })
  advance = createAdvance({ clock, polar: started.polar.time })
})
afterEach(() => started.close())

const fail = () => {
  started.polar.webhooks.fault = { status: 503, body: 'try again' }
}
const succeed = () => {
  started.polar.webhooks.fault = undefined
}

type Query = Parameters<Started['sdk']['webhooks']['listWebhookDeliveries']>[0]
const attempts = async (query: Query = {}) =>
  (await started.sdk.webhooks.listWebhookDeliveries({ limit: 100, ...query })).items

const welcome = () => started.polar.scenario.welcome()
const theEvent = async () => (await attempts())[0]?.webhook_event
const endpoint = () => started.polar.webhooks.endpoint

/** Seconds from each instant to the next. */
const gaps = (instants: string[]) =>
  instants
    .slice(1)
    .map((at, index) => Math.round((Date.parse(at) - Date.parse(instants[index] ?? '')) / SECOND))

describe('a delivery', () => {
  test('is listed with what the endpoint answered, and with the payload as it was sent', async () => {
    await welcome()
    const [attempt, ...others] = await attempts()
    expect(others).toEqual([])
    expect(attempt).toMatchObject({
      ...{ succeeded: true, http_code: 202, response: '{}' },
      created_at: expect.stringMatching(/^2026-11-20T12:00:0/),
    })
    expect(attempt?.webhook_event).toMatchObject({
      ...{ id: started.received[0]?.headers['webhook-id'], type: 'customer.created' },
      ...{ succeeded: true, skipped: false, is_archived: false, last_http_code: 202 },
      payload: started.received[0]?.body,
    })
  })

  test('that fails tells the status and the beginning of the response', async () => {
    started.polar.webhooks.fault = { status: 500, body: 'x'.repeat(5_000) }
    await welcome()
    const [attempt] = await attempts()
    expect(attempt).toMatchObject({ succeeded: false, http_code: 500 })
    expect(attempt?.response).toHaveLength(2_048)
    expect(attempt?.webhook_event).toMatchObject({ succeeded: null, last_http_code: 500 })
  })

  test.each([
    ['the switch', {}, 'unreachable' as const],
    ['a closed port', { webhookUrl: () => 'http://127.0.0.1:9' }, undefined],
  ])('to an endpoint that cannot be reached has no status: %s', async (_, options, fault) => {
    await started.close()
    started = await startPolar({ clock, ...options })
    started.polar.webhooks.fault = fault
    await welcome()
    const [attempt] = await attempts()
    expect(attempt).toMatchObject({ succeeded: false, http_code: null })
    expect(attempt?.response).not.toBe('')
    expect(started.received).toEqual([])
  })

  test('by hand fails as well while the endpoint cannot be reached, and is not kept', async () => {
    started.polar.webhooks.fault = 'unreachable'
    const { status } = await started.polar.deliver({ type: 'order.paid' })
    expect(status).toBe(0)
    expect(await attempts()).toEqual([])
  })
})

describe('an event that fails', () => {
  test('is tried again only as time passes, under the same id and with the same payload', async () => {
    started.polar.script.subscribe() // renews much later
    fail()
    await welcome()
    succeed()
    clock.advance(HOUR)
    expect(started.received).toEqual([])
    const happened = await advance(MINUTE)
    const id = (await theEvent())?.id
    expect(happened).toEqual([
      { at: expect.any(String), what: 'deliver', id, webhooks: ['customer.created'] },
    ])
    const [again, first, ...others] = await attempts()
    expect([again?.succeeded, first?.succeeded, others]).toEqual([true, false, []])
    expect(started.received[0]?.headers['webhook-id']).toBe(id)
    expect(started.received[0]?.body).toBe(first?.webhook_event.payload)
  })

  test('is tried ten times, at growing intervals, and then has failed for good', async () => {
    fail()
    await welcome()
    await advance(DAY)
    const tried = (await attempts()).map(({ created_at }) => created_at).toReversed()
    expect(gaps(tried)).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 1024])
    expect(await theEvent()).toMatchObject({ succeeded: false, skipped: false })
    expect(started.polar.time.next()).toBeUndefined()
  })

  test('can be delivered again by its id, even when it has failed for good', async () => {
    fail()
    await welcome()
    await advance(HOUR)
    succeed()
    const id = (await theEvent())?.id ?? ''
    await started.sdk.webhooks.redeliverWebhookEvent(id)
    expect(started.received.map(({ headers }) => headers['webhook-id'])).toEqual([id])
    expect(await theEvent()).toMatchObject({ succeeded: true })
    const unknown = started.sdk.webhooks.redeliverWebhookEvent(crypto.randomUUID())
    expect(await rejection(unknown)).toMatchObject({ statusCode: 404 })
  })
})

describe('an endpoint', () => {
  const failFor = async (events: number) => {
    fail()
    for (let index = 0; index < events; index++) await welcome()
    await advance(HOUR)
  }

  test('stays enabled after nine events that failed for good, and is disabled by the tenth', async () => {
    await failFor(9)
    expect(endpoint().enabled).toBe(true)
    await failFor(1)
    expect(endpoint().enabled).toBe(false)
  })

  test('stays enabled when one of the last ten finished events succeeded', async () => {
    await failFor(5)
    succeed()
    await welcome()
    await failFor(9)
    expect(endpoint().enabled).toBe(true)
  })

  test('that is disabled skips the events that waited, and gets no new ones', async () => {
    fail()
    for (let index = 0; index < 10; index++) await welcome()
    await advance(30 * MINUTE)
    await welcome()
    await advance(4 * MINUTE + 8 * SECOND) // the next attempt would be four seconds later
    expect(endpoint().enabled).toBe(false)
    const before = await attempts()
    const last = started.polar.webhooks.events().at(-1)
    expect(last).toMatchObject({ succeeded: null, skipped: true })
    await welcome()
    await advance(HOUR)
    expect(await attempts()).toEqual(before)
  })

  test('that is enabled again counts its failures on', async () => {
    await failFor(10)
    await started.sdk.webhooks.updateWebhookEndpoint(endpoint().id, { enabled: true })
    succeed()
    await welcome()
    expect(started.types()).toEqual(['customer.created'])
    await failFor(9)
    expect(endpoint().enabled).toBe(true)
  })
})

describe('the list of attempts', () => {
  /** A failure, a success and an unreachable endpoint, an hour apart. */
  const threeHours = async () => {
    fail()
    await welcome()
    await advance(HOUR)
    succeed()
    await started.polar.scenario.purchase()
    await advance(HOUR)
    started.polar.webhooks.fault = 'unreachable'
    await welcome()
  }

  test('is newest first, ten to a page and a hundred at most', async () => {
    await threeHours()
    const all = await attempts()
    expect(all).toHaveLength(14)
    const sorted = all.map(({ created_at }) => created_at).toSorted()
    expect(all.map(({ created_at }) => created_at)).toEqual(sorted.toReversed())
    const list = started.sdk.webhooks.listWebhookDeliveries
    const first = await list()
    expect(first.items).toEqual(all.slice(0, 10))
    expect(first.pagination).toEqual({ total_count: 14, max_page: 2 })
    expect((await list({ page: 2 })).items).toEqual(all.slice(10))
    expect((await list({ limit: 1_000 })).pagination.max_page).toBe(1)
  })

  test('can be narrowed by time, outcome, type, endpoint, status and text', async () => {
    await threeHours()
    const all = await attempts()
    const [newest, oldest] = [all[0], all.at(-1)]
    const between = {
      start_timestamp: oldest?.created_at ?? '',
      end_timestamp: newest?.created_at ?? '',
    }
    expect(await attempts(between)).toEqual(all.slice(1, -1)) // both ends are exclusive
    expect(await attempts({ succeeded: true })).toEqual(all.slice(1, 4))
    expect(await attempts({ succeeded: false })).toHaveLength(11)
    const paid = await attempts({ event_type: ['order.paid', 'order.created'] })
    expect(paid).toHaveLength(2)
    expect(await attempts({ endpoint_id: crypto.randomUUID() })).toEqual([])
    expect(await attempts({ endpoint_id: endpoint().id })).toEqual(all)
    expect(await attempts({ http_code_class: '5xx' })).toEqual(all.slice(4))
    // An id may have these digits too.
    expect(await attempts({ query: '202' })).toEqual(expect.arrayContaining(all.slice(1, 4)))
    expect(await attempts({ query: oldest?.webhook_event.id ?? '' })).toHaveLength(10)
  })

  test('loses the payload and the response after ninety days, and what is archived is not sent again', async () => {
    await welcome()
    const id = (await theEvent())?.id ?? ''
    clock.advance(90 * DAY)
    expect(await theEvent()).toMatchObject({ is_archived: false, payload: expect.any(String) })
    clock.advance(DAY)
    const [attempt] = await attempts()
    expect(attempt).toMatchObject({ http_code: 202, response: null })
    expect(attempt?.webhook_event).toMatchObject({ is_archived: true, payload: null })
    await started.sdk.webhooks.redeliverWebhookEvent(id)
    expect(started.received).toHaveLength(1)
  })
})
