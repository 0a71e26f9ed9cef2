// Customer state as it is stored: a record of the customer with its first subscriptions, and one of each further subscription.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvent } from '../../src/customers/apply-event.ts'
import { KEPT_WHOLE } from '../../src/customers/forget.ts'
import { customerFrom, customerRecord } from '../../src/customers/record.ts'
import {
  type CustomerState,
  newCustomer,
  newSubscription,
  type SubscriptionState,
  withSubscription,
} from '../../src/customers/state.ts'
import { createCustomerStore, type Update } from '../../src/customers/store.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { createCompareAndSet } from '../../src/redis/compare-and-set.ts'
import { customerKey, customerSlot } from '../../src/redis/keys.ts'
import { createPacking } from '../../src/redis/packing.ts'
import { DAY } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { body, orderTold, play, read, subscriptionTold } from './build.ts'
import { PLANNED, stoppedClock } from './decided.ts'
import { stories } from './kinds.ts'

const { redis } = await emptyRedis()

const ANN = '9dfb369b-ab13-4fae-a276-55daa05f1119'
const RETAIN = 400 * DAY

const STATE = customerSlot(customerKey(ANN), 'state')
const LIST = customerSlot(customerKey(ANN), 'subs')
const OWN = customerSlot(customerKey(ANN), 'sub', '')

const started = () => {
  const clock = stoppedClock(PLANNED)
  const customers = createCustomerStore(redis, clock, recordPacking)
  const compareAndSet = createCompareAndSet(redis)
  type Change = (state: CustomerState) => CustomerState
  const written = async ({ guards, writes }: Update) => ({
    guards: guards.map(({ key }) => key),
    writes: writes.map(({ key }) => key),
    isDone: (await compareAndSet(guards, writes)) !== null,
  })
  /** Changes what is known of a customer and one of its subscriptions, as an event does. */
  const change = async (id: string | null, by: Change, meanwhile = async () => {}) => {
    const loaded = await customers.load(ANN, id)
    const update = customers.update(ANN, loaded, by(loaded.state))
    await meanwhile()
    return written(update)
  }
  const subscription = async (id: string) => (await customers.load(ANN, id)).state.subscriptions[id]
  const started = async (count: number, state: Partial<SubscriptionState> = ACTIVE) => {
    for (let n = 1; n <= count; n++) await change(`sub-${n}`, to(`sub-${n}`, state))
  }
  const compact = async () => written(await customers.compact(customerKey(ANN), RETAIN))
  const erase = async () => written(await customers.erase(ANN))
  /** Everything in Redis, unpacked. */
  const stored = async () => {
    const keys = (await redis.keys('*')).filter((key) => key !== LIST)
    const bytes = await Promise.all(keys.map((key) => redis.getBuffer(key)))
    return JSON.stringify(bytes.map((one) => one && recordPacking.unpack(one)))
  }
  return { clock, customers, change, written, subscription, started, compact, erase, stored }
}

const ACTIVE = { status: 'active' }

const to =
  (id: string, state: Partial<SubscriptionState>) =>
  (customer: CustomerState): CustomerState =>
    withSubscription(customer, id, (before) => ({ ...before, ...state }))

const over = { status: 'canceled', changeCount: 3, keptUntil: PLANNED + KEPT_WHOLE, free: true }
const remnant = {
  ...newSubscription,
  ...{ status: 'canceled', changeCount: 3, forgottenAt: PLANNED + KEPT_WHOLE },
}
const seenAt = (lastSeenAt: number) => (state: CustomerState) => ({ ...state, lastSeenAt })

describe('a customer', () => {
  test('of whom nothing is stored is new', async () => {
    const { customers } = started()
    for (const id of ['sub-1', 'constructor', '__proto__', null])
      expect((await customers.load(ANN, id)).state).toEqual(newCustomer)
  })

  test('has its first three subscriptions in its record, and each further one in another', async () => {
    const { customers, subscription, started: subscribe } = started()
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
    const { customers, started: subscribe } = started()
    await subscribe(4)
    for (const id of ['sub-1', 'sub-4']) {
      const { state } = await customers.load('f08db22f-d293-456a-b170-fab23d90fbac', id)
      expect(state).toEqual(newCustomer)
    }
  })

  test.each(['constructor', '__proto__'])('may have a subscription named %s', async (id) => {
    const { change, subscription, started: subscribe } = started()
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
    const { customers, written } = started()
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
  ...{ trialEndsAt: instant, periodEndsAt: instant, endsAt: instant },
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
    fc.assert(fc.property(subscriptions, isReadAgain), { numRuns: 2_000 })
  })

  test('of a customer with one subscription takes at most 200 bytes packed', () => {
    const renewed = (id: string, orders: string[]) =>
      play([
        subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', { id }),
        ...orders.map((order, n) =>
          orderTold('order.paid', `2026-11-04T10:1${n}:48Z`, { id: order, subscription: { id } }),
        ),
      ]).state
    const record = (id: string, ...orders: string[]) => customerRecord(renewed(id, orders))
    const dictionary = Buffer.from(JSON.stringify(record(crypto.randomUUID(), 'order')))
    const packing = createPacking({ dictionaries: { 1: dictionary }, current: 1 })
    const one = record(crypto.randomUUID(), 'order-1', 'order-2', 'order-3')
    expect(packing.pack(one).length).toBeLessThanOrEqual(200)
    expect(packing.plain(one).length).toBeLessThanOrEqual(800)
  })
})

describe('an event writes', () => {
  test('one record, however many subscriptions there are', async () => {
    const { change, started: subscribe } = started()
    await subscribe(50)
    const further = await change('sub-7', to('sub-7', { status: 'past_due' }))
    expect(further.writes).toEqual([expect.stringContaining(OWN)])
    const first = await change('sub-2', to('sub-2', { status: 'past_due' }))
    expect(first.writes).toEqual([STATE])
    expect((await change(null, seenAt(PLANNED))).writes).toEqual([STATE])
  })

  test.each(['sub-1', 'sub-4'])('nothing that is stored already: %s', async (id) => {
    const { change, started: subscribe } = started()
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
      const { change, subscription, started: subscribe } = started()
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
      const { change, subscription, started: subscribe } = started()
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
    const { customers, change, started: subscribe } = started()
    await subscribe(4)
    const meanwhile = async () => {
      await change('sub-4', to('sub-4', { status: 'paused' }))
    }
    expect((await change('sub-4', seenAt(PLANNED), meanwhile)).isDone).toBe(false)
    expect((await customers.load(ANN, null)).state.lastSeenAt).toBeUndefined()
  })

  test('a further subscription although the record of the customer has changed since', async () => {
    const { change, subscription, started: subscribe } = started()
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

describe('a subscription that is over', () => {
  test.each(['sub-1', 'sub-4'])(
    'is read whole until its time has come, and as a remnant from then on: %s',
    async (id) => {
      const { clock, change, subscription, started: subscribe } = started()
      await subscribe(4)
      await change(id, to(id, over))
      for (const key of await redis.keys('*')) expect(await redis.pttl(key)).toBe(-1)
      clock.advance(KEPT_WHOLE - 1)
      expect(await subscription(id)).toEqual({ ...newSubscription, ...over })
      clock.advance(1)
      expect(await subscription(id)).toEqual(remnant)
    },
  )

  test('is a remnant in the record of its customer at the next write of it', async () => {
    const { clock, change, started: subscribe, stored } = started()
    await subscribe(2)
    await change('sub-1', to('sub-1', over))
    clock.advance(KEPT_WHOLE)
    await change('sub-2', to('sub-2', { status: 'paused' }))
    expect(await stored()).not.toContain('"free"')
  })

  test('is compacted to its remnant, wherever it is stored, and once', async () => {
    const { clock, change, subscription, started: subscribe, compact, stored } = started()
    await subscribe(5)
    for (const id of ['sub-1', 'sub-4']) await change(id, to(id, over))
    expect((await compact()).writes).toEqual([])
    clock.advance(KEPT_WHOLE)
    expect((await compact()).writes).toEqual([STATE, expect.stringContaining(OWN)])
    expect(await stored()).not.toContain('"free"')
    for (const id of ['sub-1', 'sub-4']) expect(await subscription(id)).toEqual(remnant)
    for (const id of ['sub-2', 'sub-5']) expect(await subscription(id)).toMatchObject(ACTIVE)
    expect((await compact()).writes).toEqual([])
  })

  test('is not compacted where it has turned out to live meanwhile', async () => {
    const { clock, customers, change, written, subscription } = started()
    await change('sub-1', to('sub-1', over))
    clock.advance(KEPT_WHOLE)
    const update = await customers.compact(customerKey(ANN), RETAIN)
    await change('sub-1', to('sub-1', { ...ACTIVE, keptUntil: null }))
    expect((await written(update)).isDone).toBe(false)
    expect(await subscription('sub-1')).toMatchObject(ACTIVE)
  })
})

describe('a customer of whom no event has come for long', () => {
  test('is forgotten, with every record, once no subscription lives', async () => {
    const { clock, change, started: subscribe, compact } = started()
    await subscribe(250, over)
    await change('sub-250', (state) => seenAt(PLANNED)(to('sub-250', ACTIVE)(state)))
    clock.advance(RETAIN + DAY)
    await compact()
    expect(await redis.exists(STATE)).toBe(1)
    await change('sub-250', to('sub-250', over))
    await compact()
    expect(await redis.keys('*')).toEqual([])
    expect((await compact()).writes).toEqual([])
  })

  test('is kept where an event comes meanwhile', async () => {
    const { clock, customers, change, written, started: subscribe } = started()
    await subscribe(4, over)
    await change(null, seenAt(PLANNED))
    clock.advance(RETAIN + DAY)
    const update = await customers.compact(customerKey(ANN), RETAIN)
    await change('sub-4', seenAt(clock.now()))
    expect((await written(update)).isDone).toBe(false)
    expect(await redis.exists(STATE)).toBe(1)
  })
})

const NAMED = {
  externalId: 'user_42',
  address: { hash: 'h'.repeat(43), asOf: { changedAt: 1, occurredAt: 2 } },
}
const named = (state: CustomerState): CustomerState => ({
  ...state,
  ...NAMED,
  members: { 'member-1': NAMED.address, 'member-2': { isGone: true } },
})

describe('erasure', () => {
  test('leaves only the mark that the customer is deleted', async () => {
    const { customers, change, started: subscribe, erase, stored } = started()
    await subscribe(5)
    await change(null, named)
    await erase()
    expect(await redis.keys('*')).toEqual([STATE])
    expect(JSON.parse(await stored())).toEqual([{ deletedAt: new Date(PLANNED).toISOString() }])
    expect(await customers.export(ANN)).toEqual({
      ...{ id: ANN, deleted_at: new Date(PLANNED).toISOString(), members: [], subscriptions: [] },
    })
    expect((await erase()).writes).toEqual([])
  })

  test('keeps the time at which Polar deleted the customer', async () => {
    const { customers, change, erase } = started()
    await change(null, (state) => ({ ...state, deletedAt: '2026-11-01T00:00:00.000Z' }))
    await erase()
    const { state } = await customers.load(ANN, null)
    expect(state).toEqual({ ...newCustomer, deletedAt: '2026-11-01T00:00:00.000Z' })
  })

  test('of a customer of whom nothing is known leaves the mark too', async () => {
    const { customers, erase } = started()
    await erase()
    expect((await customers.load(ANN, null)).state.deletedAt).not.toBeNull()
  })

  test('is not undone by an event that was decided before it', async () => {
    for (const id of ['sub-1', 'sub-4', 'sub-5']) {
      const { change, started: subscribe, erase } = started()
      await redis.flushall()
      await subscribe(4)
      const meanwhile = async () => {
        await erase()
      }
      expect((await change(id, to(id, { status: 'paused' }), meanwhile)).isDone).toBe(false)
      expect(await redis.keys('*')).toEqual([STATE])
    }
  })

  test('is tried again where a further subscription has come meanwhile', async () => {
    const { customers, change, written, started: subscribe } = started()
    await subscribe(4)
    const update = await customers.erase(ANN)
    await change('sub-5', to('sub-5', ACTIVE))
    expect((await written(update)).isDone).toBe(false)
  })

  test('is followed by events from which nothing is learned', async () => {
    const { customers, erase } = started()
    await erase()
    for (const raw of [
      subscriptionTold('subscription.updated', '2027-01-01T00:00:00Z'),
      orderTold('order.paid', '2027-01-01T00:00:00Z'),
      body('customer.updated', { id: ANN }),
      body('member.created', { customer_id: ANN }),
    ]) {
      const event = read(raw)
      if (!event) throw new Error('nobody’s event')
      const loaded = await customers.load(ANN, 'sub-1')
      expect(customers.update(ANN, loaded, applyEvent(loaded.state, event)).writes).toEqual([])
    }
  })
})

describe('the export of a customer', () => {
  test('of whom nothing is known is nothing', async () => {
    expect(await started().customers.export(ANN)).toBeNull()
  })

  test('has every subscription, and names a person can read', async () => {
    const { customers, change, started: subscribe } = started()
    await subscribe(150)
    await change(null, (state) => seenAt(PLANNED)(named(state)))
    await change('sub-150', to('sub-150', { ...over, pausedSince: PLANNED }))
    const { subscriptions, ...rest } = (await customers.export(ANN)) ?? {}
    const as_of = {
      changed_at: '1970-01-01T00:00:00.001Z',
      occurred_at: '1970-01-01T00:00:00.002Z',
    }
    const address = { address_hash: 'h'.repeat(43), as_of }
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
      kept_until: new Date(PLANNED + KEPT_WHOLE).toISOString(),
    })
  })

  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]

  test.each(Object.entries(stories))('leaves nothing out that is kept: %s', async (_, story) => {
    const { customers, written } = started()
    const { state } = play([...story.before, story.says])
    await written(customers.update(ANN, await customers.load(ANN, null), state))
    const bytes = (await redis.getBuffer(STATE)) ?? Buffer.alloc(0)
    const shown = new Set(leaves(await customers.export(ANN)))
    const isShown = (leaf: unknown) =>
      shown.has(leaf) || (typeof leaf === 'number' && shown.has(new Date(leaf).toISOString()))
    expect(leaves(recordPacking.unpack(bytes)).filter((leaf) => !isShown(leaf))).toEqual([])
  })
})
