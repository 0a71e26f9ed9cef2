// The order that a change or the end of a pause brings a little later.

import { describe, expect, test } from 'vitest'
import { createOrderIn } from '../../src/events/order-in.ts'
import { createLaterOrder } from '../../src/messages/later-order.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import type { EventIds } from '../../src/polar/ids.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { type Fields, fixture } from './build.ts'
import { away, decided, knowing, PLANNED, stoppedClock } from './decided.ts'
import { type EventKind, stories } from './kinds.ts'

type Polar = { newestOrder: (subscriptionId: string) => Promise<unknown> }
const noneAsked: Polar = {
  newestOrder: async () => {
    throw new Error('Polar was asked')
  },
}

/** The state after these bodies; each event is stored as the last of them. */
const world = (payload: readonly string[], { polar = noneAsked, later = 0 } = {}) => {
  const receivedAt = PLANNED
  const record = Buffer.alloc(0)
  const load = async (id: string) =>
    ({
      ...{ id, record, body: payload.at(-1) ?? '', receivedAt },
      ...{ isBackfilled: false, outcome: null },
    }) as const
  const orderIn = createOrderIn({ events: { load }, polar: { order: away } })
  const clock = stoppedClock()
  clock.advance(later)
  return createLaterOrder({ customers: knowing(payload), orderIn, polar, clock })
}

const payload = (kind: EventKind, ...after: readonly string[]) => [
  ...stories[kind].before,
  stories[kind].says,
  ...after,
]

describe('the order of a change', () => {
  const message = decided('subscription_updated')
  const [order = ''] = stories.subscription_updated.after

  test('is the one that was told laterOrder', async () => {
    const laterOrder = world(payload('subscription_updated', order))
    expect(await laterOrder.find(message)).toMatchObject({ id: 'change-order', paid: 2900 })
  })

  test.each([
    ['is waited for at first', 0, { retryAt: PLANNED + 3 * MINUTE }],
    [
      'is waited for until three minutes are over',
      3 * MINUTE - 1,
      { retryAt: PLANNED + 3 * MINUTE },
    ],
    ['is given up after three minutes: the change brought none', 3 * MINUTE, null],
  ])('%s', async (_, later, expected) => {
    const laterOrder = world(payload('subscription_updated'), { later })
    expect(await laterOrder.find(message)).toEqual(expected)
  })

  test('is used however late it is told', async () => {
    const laterOrder = world(payload('subscription_updated', order), { later: 60 * MINUTE })
    expect(await laterOrder.find(message)).toMatchObject({ id: 'change-order' })
  })

  test('is none where its event is gone', async () => {
    const customers = knowing(payload('subscription_updated', order))
    const orderIn = createOrderIn({ events: { load: async () => null }, polar: { order: away } })
    const laterOrder = createLaterOrder({
      customers,
      orderIn,
      polar: noneAsked,
      clock: stoppedClock(),
    })
    expect(await laterOrder.find(message)).toBeNull()
  })
})

describe('an order whose event has lost its payload', () => {
  const loadOutline =
    (ids: EventIds, type = 'order.paid') =>
    async (id: string) => ({
      ...{ id, type, ids, body: null, record: Buffer.alloc(0), isBackfilled: false, n: 1 },
      ...{ outcome: { messages: [] }, receivedAt: PLANNED, interpretedAt: PLANNED },
    })
  const polarHas = (data: unknown) => ({ order: async (_: string) => data })
  const { data } = fixture('order.paid')
  const withOrder = { order: data.id as string }

  test('is the one that Polar has', async () => {
    const asked: string[] = []
    const order = async (id: string) => {
      asked.push(id)
      return data
    }
    const orderIn = createOrderIn({ events: { load: loadOutline(withOrder) }, polar: { order } })
    expect(await orderIn('an event')).toMatchObject({ id: data.id })
    expect(asked).toEqual([data.id])
  })

  test.each([
    ['Polar has none that can be read', loadOutline(withOrder), polarHas({ id: 7 })],
    ['its outline names none', loadOutline({}), { order: away }],
    ['it was about something else', loadOutline(withOrder, 'refund.created'), { order: away }],
  ])('is none where %s', async (_, load, polar) => {
    expect(await createOrderIn({ events: { load }, polar })('an event')).toBeNull()
  })

  test('is asked for again when Polar is away', async () => {
    const events = { load: loadOutline(withOrder) }
    const orderIn = createOrderIn({ events, polar: { order: away } })
    await expect(orderIn('an event')).rejects.toThrow(PolarUnavailableError)
  })
})

describe('the order that ends a pause', () => {
  const message = decided('subscription_resumed')
  const [paid = ''] = stories.subscription_resumed.after
  const unpaid = payload('subscription_resumed')
  const asPolarTells = (change: Fields = {}): Polar => ({
    newestOrder: async () => ({ ...JSON.parse(paid).data, ...change }),
  })

  test('is the one that was told, without asking Polar', async () => {
    const laterOrder = world(payload('subscription_resumed', paid))
    expect(await laterOrder.find(message)).toMatchObject({ paid: 2900 })
  })

  test('is the one that Polar has, where it is paid but not told', async () => {
    const laterOrder = world(unpaid, { polar: asPolarTells() })
    expect(await laterOrder.find(message)).toMatchObject({ paid: 2900 })
  })

  test.each([
    ['looked for in ten seconds while it waits to be paid', 0, 10 * SECOND],
    ['looked for when two minutes are over, if that is sooner', 115 * SECOND, 120 * SECOND],
    ['given up after two minutes', 120 * SECOND, null],
  ])('is %s', async (_, later, next) => {
    const laterOrder = world(unpaid, { polar: asPolarTells({ status: 'pending' }), later })
    const expected = next === null ? null : { retryAt: PLANNED + next }
    expect(await laterOrder.find(message)).toEqual(expected)
  })

  test.each([
    ['there is none', { newestOrder: async () => null }],
    ['the newest is of another period', { newestOrder: async () => fixture('order.paid').data }],
    ['the newest is no renewal', asPolarTells({ billing_reason: 'subscription_update' })],
    ['the newest has lost its subscription', asPolarTells({ subscription: null })],
    ['what Polar tells is unreadable', { newestOrder: async () => ({ id: 7 }) }],
  ])('is waited for only a moment where %s', async (_, polar) => {
    const soon = { retryAt: PLANNED + 3 * SECOND }
    expect(await world(unpaid, { polar }).find(message)).toEqual(soon)
    expect(await world(unpaid, { polar, later: 3 * SECOND }).find(message)).toBeNull()
  })

  test('is looked for again by whoever asked when Polar is away', async () => {
    const laterOrder = world(unpaid, { polar: { newestOrder: away } })
    await expect(laterOrder.find(message)).rejects.toThrow(PolarUnavailableError)
  })

  test('is none for a message without a subscription, and Polar is not asked', async () => {
    expect(await world(unpaid).find({ ...message, subscriptionId: null })).toBeNull()
  })
})

describe('any other message', () => {
  test('waits for no order', async () => {
    const laterOrder = world(payload('subscription_cycled'))
    expect(await laterOrder.find(decided('subscription_cycled'))).toBeNull()
  })
})
