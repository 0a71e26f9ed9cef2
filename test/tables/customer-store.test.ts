// Customer state as it is stored: a record of the customer with its first subscriptions, and one of each further subscription.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerFrom, customerRecord } from '../../src/customers/record.ts'
import {
  type CustomerState,
  newCustomer,
  newSubscription,
  type SubscriptionState,
} from '../../src/customers/state.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { orderTold, play, subscriptionTold } from './build.ts'
import {
  ACTIVE,
  ANN,
  customersIn,
  LIST,
  named,
  OWN,
  over,
  STATE,
  seenAt,
  to,
} from './customer-records.ts'
import { PLANNED } from './decided.ts'
import { stories } from './kinds.ts'

const { redis } = await emptyRedis()

describe('a customer', () => {
  test('of whom nothing is stored is new', async () => {
    const { customers } = customersIn(redis)
    for (const id of ['sub-1', 'constructor', '__proto__', null])
      expect((await customers.load(ANN, id)).state).toEqual(newCustomer)
  })

  test('has its first three subscriptions in its record, and each further one in another', async () => {
    const { customers, subscription, subscribe } = customersIn(redis)
    await subscribe(5)
    const further = expect.stringContaining(OWN)
    expect((await redis.keys('*')).toSorted()).toEqual([STATE, further, further, LIST])
    const read = async (id: string | null) =>
      Object.keys((await customers.load(ANN, id)).state.subscriptions)
    expect(await read(null)).toEqual(['sub-1', 'sub-2', 'sub-3'])
    expect(await read('sub-5')).toEqual(['sub-1', 'sub-2', 'sub-3', 'sub-5'])
    for (const n of [1, 2, 3, 4, 5])
      expect(await subscription(`sub-${n}`)).toEqual({ ...newSubscription, status: 'active' })
    expect(await subscription('sub-6')).toBeUndefined()
  })

  test('has no subscription that another one has', async () => {
    const { customers, subscribe } = customersIn(redis)
    await subscribe(4)
    for (const id of ['sub-1', 'sub-4']) {
      const { state } = await customers.load('f08db22f-d293-456a-b170-fab23d90fbac', id)
      expect(state).toEqual(newCustomer)
    }
  })

  test.each(['constructor', '__proto__'])('may have a subscription named %s', async (id) => {
    const { change, subscription, subscribe } = customersIn(redis)
    await change(id, to(id, ACTIVE))
    expect(await subscription(id)).toMatchObject(ACTIVE)
    await subscribe(3)
    expect(await subscription('sub-3')).toMatchObject(ACTIVE)
    await redis.flushall()
    await subscribe(3)
    await change(id, to(id, ACTIVE))
    expect(await subscription(id)).toMatchObject(ACTIVE)
  })

  test.each(Object.entries(stories))('is read as it was written: %s', async (_, story) => {
    const { customers, written } = customersIn(redis)
    const { state } = play([...story.before, story.says])
    const loaded = await customers.load(ANN, null)
    await written(customers.update(ANN, loaded, state))
    expect((await customers.load(ANN, null)).state).toEqual(state)
  })
})

/** Two values of a kind, so that a field often repeats another one, or what a new state has. */
const time = fc.constantFrom(0, PLANNED)
const asOf = fc.record({ changedAt: time, occurredAt: time })
const status = fc.constantFrom('unknown', 'active')
const text = fc.constantFrom('', 'plan-a')
const instant = fc.constantFrom(null, '2026-12-01T00:00:00.000Z')
const quantity = fc.constantFrom(null, { count: 2, of: 'seat' as const })
const snapshot = fc.record({
  ...{ asOf, status: fc.option(status), productId: fc.option(text), name: fc.option(text) },
  ...{ interval: fc.constantFrom(null, 'year' as const), quantity },
  ...{ intervalCount: fc.constantFrom(null, 1, 2), price: fc.constant(null) },
  ...{ trialStartedAt: instant, trialEndsAt: instant, periodEndsAt: instant, endsAt: instant },
  ...{ resumesAt: instant, renewsAt: instant },
})
const terms = fc.record({ asOf, productId: text, name: text, quantity, until: instant })
const paidOrder = fc.record({
  digest: fc.constantFrom('oooooooo', 'pppppppp'),
  recovers: instant,
  resumes: fc.boolean(),
})
const subscriptions = fc.record({
  ...{ asOf, scheduledAsOf: asOf, status, paidOrders: fc.array(paidOrder, { maxLength: 2 }) },
  ...{ snapshot: fc.option(snapshot), terms: fc.option(terms) },
})

describe('a record', () => {
  test('is read as the state that it was made of, whichever fields repeat others', () => {
    const isReadAgain = (one: Partial<SubscriptionState>) => {
      const state = { ...newCustomer, subscriptions: { 'sub-1': { ...newSubscription, ...one } } }
      expect(customerFrom(JSON.parse(JSON.stringify(customerRecord(state))))).toEqual(state)
    }
    fc.assert(fc.property(subscriptions, isReadAgain), { numRuns: 500 })
  })

  test('of a customer with one subscription takes at most 200 bytes packed', () => {
    const renewed = (id: string, orders: string[]) =>
      play([
        subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', { id }),
        ...orders.map((order, n) =>
          orderTold('order.paid', `2026-11-04T10:1${n}:48Z`, { id: order, subscription: { id } }),
        ),
      ]).state
    const one = customerRecord(renewed(crypto.randomUUID(), ['order-1', 'order-2', 'order-3']))
    expect(recordPacking.pack(one).length).toBeLessThanOrEqual(200)
    expect(recordPacking.plain(one).length).toBeLessThanOrEqual(800)
  })
})

describe('an event writes', () => {
  test('one record, however many subscriptions there are', async () => {
    const { change, subscribe } = customersIn(redis)
    await subscribe(50)
    const further = await change('sub-7', to('sub-7', { status: 'past_due' }))
    expect(further.writes).toEqual([expect.stringContaining(OWN)])
    const first = await change('sub-2', to('sub-2', { status: 'past_due' }))
    expect(first.writes).toEqual([STATE])
    expect((await change(null, seenAt(PLANNED))).writes).toEqual([STATE])
  })

  test.each(['sub-1', 'sub-4'])('nothing that is stored already: %s', async (id) => {
    const { change, subscribe } = customersIn(redis)
    await subscribe(4)
    for (const by of [
      (state: CustomerState) => state,
      (state: CustomerState) => ({ ...state }),
      to(id, ACTIVE),
    ])
      expect((await change(id, by)).writes).toEqual([])
  })

  test.each(['sub-1', 'sub-4'])(
    'nothing where its subscription has changed since: %s',
    async (id) => {
      const { change, subscription, subscribe } = customersIn(redis)
      await subscribe(4)
      const meanwhile = async () => {
        await change(id, to(id, { status: 'past_due' }))
      }
      const { isDone } = await change(id, to(id, { status: 'paused' }), meanwhile)
      expect(isDone).toBe(false)
      expect((await subscription(id))?.status).toBe('past_due')
    },
  )

  test.each(['sub-1', 'sub-3', 'sub-4'])(
    'no new subscription %s where its customer has changed since',
    async (id) => {
      const { change, subscription, subscribe } = customersIn(redis)
      await subscribe(Number(id.at(-1)) - 1)
      const meanwhile = async () => {
        await change(null, seenAt(PLANNED))
      }
      expect((await change(id, to(id, ACTIVE), meanwhile)).isDone).toBe(false)
      expect(await subscription(id)).toBeUndefined()
      expect(await redis.exists(LIST)).toBe(0)
    },
  )

  test('nothing of the customer where its own subscription has changed since', async () => {
    const { customers, change, subscribe } = customersIn(redis)
    await subscribe(4)
    const meanwhile = async () => {
      await change('sub-4', to('sub-4', { status: 'paused' }))
    }
    expect((await change('sub-4', seenAt(PLANNED), meanwhile)).isDone).toBe(false)
    expect((await customers.load(ANN, null)).state.lastSeenAt).toBeUndefined()
  })

  test('a further subscription although the record of the customer has changed since', async () => {
    const { change, subscription, subscribe } = customersIn(redis)
    await subscribe(5)
    const meanwhile = async () => {
      await change('sub-1', to('sub-1', { status: 'paused' }))
      await change('sub-5', to('sub-5', { status: 'paused' }))
    }
    const { isDone, guards } = await change('sub-4', to('sub-4', { status: 'paused' }), meanwhile)
    expect({ isDone, guards }).toEqual({ isDone: true, guards: [expect.stringContaining(OWN)] })
    for (const id of ['sub-1', 'sub-4', 'sub-5'])
      expect(await subscription(id)).toMatchObject({ status: 'paused' })
  })
})

describe('the export of a customer', () => {
  test('of whom nothing is known is nothing', async () => {
    expect(await customersIn(redis).customers.export(ANN)).toBeNull()
  })

  test('has every subscription, and names a person can read', async () => {
    const { customers, change, subscribe } = customersIn(redis)
    await subscribe(150)
    await change(null, (state) => seenAt(PLANNED)(named(state)))
    await change('sub-150', to('sub-150', { ...over, pausedSince: PLANNED }))
    const { subscriptions, ...rest } = (await customers.export(ANN)) ?? {}
    const as_of = {
      changed_at: '1970-01-01T00:00:00.001Z',
      occurred_at: '1970-01-01T00:00:00.002Z',
    }
    const address = { address_hash: 'h'.repeat(8), as_of }
    expect(rest).toEqual({
      id: ANN,
      external_id: 'user_42',
      last_seen_at: new Date(PLANNED).toISOString(),
      address,
      members: [
        { id: 'member-1', ...address },
        { id: 'member-2', is_gone: true },
      ],
    })
    expect(subscriptions).toHaveLength(150)
    expect((subscriptions as unknown[]).at(-1)).toEqual({
      ...{ id: 'sub-150', status: 'canceled', is_free: true, change_count: 3 },
      paused_since: new Date(PLANNED).toISOString(),
      kept_until: new Date(over.keptUntil).toISOString(),
    })
  })

  test('shows a plan and a snapshot whole, although their record leaves out what they repeat', async () => {
    const { customers, written } = customersIn(redis)
    const { state } = play([subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z')])
    await written(customers.update(ANN, await customers.load(ANN, null), state))
    const name = Object.values(state.subscriptions)[0]?.terms?.name
    expect(await customers.export(ANN)).toMatchObject({
      subscriptions: [{ plan: { name }, snapshot: { name, status: 'active' } }],
    })
  })

  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]

  test.each(Object.entries(stories))('leaves nothing out that is kept: %s', async (_, story) => {
    const { customers, written } = customersIn(redis)
    const { state } = play([...story.before, story.says])
    await written(customers.update(ANN, await customers.load(ANN, null), state))
    const bytes = (await redis.getBuffer(STATE)) ?? Buffer.alloc(0)
    const shown = new Set(leaves(await customers.export(ANN)))
    const isShown = (leaf: unknown) =>
      leaf === null ||
      shown.has(leaf) ||
      (typeof leaf === 'number' && shown.has(new Date(leaf).toISOString()))
    expect(leaves(recordPacking.unpack(bytes)).filter((leaf) => !isShown(leaf))).toEqual([])
  })
})
