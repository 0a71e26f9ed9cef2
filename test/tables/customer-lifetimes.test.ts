// The later life of customer state: packed, reduced to what tells late events apart, forgotten, or erased.

import { describe, expect, test } from 'vitest'
import { applyEvent } from '../../src/customers/apply-event.ts'
import { KEPT_WHOLE, keptAfterLastEvent, REST_AFTER } from '../../src/customers/forget.ts'
import { type CustomerState, newCustomer, newSubscription } from '../../src/customers/state.ts'
import { DAY } from '../../src/runtime/clock.ts'
import { createSuppressions } from '../../src/suppressions/store.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { body, orderTold, read, subscriptionTold } from './build.ts'
import {
  ACTIVE,
  ANN,
  customersIn,
  named,
  OWN,
  over,
  remnant,
  STATE,
  seenAt,
  to,
} from './customer-records.ts'
import { PLANNED } from './decided.ts'

const { redis } = await emptyRedis()

const RETAIN = 400 * DAY
const IDLE = keptAfterLastEvent(RETAIN)

const anOwn = expect.stringContaining(OWN)

describe('a customer who rests', () => {
  test('is packed with its first subscriptions, and again after a later event', async () => {
    const { clock, change, subscribe, lifetimes, plain, subscription } = customersIn(redis)
    await subscribe(3)
    await change(null, seenAt(PLANNED))
    expect(await plain()).toEqual([STATE])
    clock.advance(REST_AFTER)
    expect(await lifetimes.rest(ANN, 'sub-1')).toBe(true)
    expect(await plain()).toEqual([])
    expect(await lifetimes.rest(ANN, 'sub-2')).toBe(false)
    expect(await subscription('sub-3')).toMatchObject(ACTIVE)
    await change('sub-2', (state) => seenAt(clock.now())(to('sub-2', { status: 'paused' })(state)))
    expect(await plain()).toEqual([STATE])
    clock.advance(REST_AFTER)
    await lifetimes.rest(ANN, 'sub-2')
    expect(await plain()).toEqual([])
  })

  test('is not packed while events come', async () => {
    const { clock, change, subscribe, lifetimes, plain } = customersIn(redis)
    await subscribe(1)
    await change(null, seenAt(PLANNED))
    clock.advance(REST_AFTER - 1)
    expect(await lifetimes.rest(ANN, 'sub-1')).toBe(false)
    expect(await plain()).toEqual([STATE])
  })

  test('has a further subscription packed alone, however many others there are', async () => {
    const { clock, change, subscribe, lifetimes, plain, subscription } = customersIn(redis)
    await subscribe(5)
    await change(null, seenAt(PLANNED + REST_AFTER))
    clock.advance(REST_AFTER)
    expect(await lifetimes.rest(ANN, 'sub-4')).toBe(true)
    expect(await plain()).toEqual([STATE, anOwn])
    expect(await subscription('sub-4')).toMatchObject(ACTIVE)
  })

  test('is not packed over an event that comes meanwhile', async () => {
    for (const id of ['sub-1', 'sub-4']) {
      const { clock, change, subscribe, lifetimes, subscription, meanwhile } = customersIn(redis)
      await redis.flushall()
      await subscribe(4)
      clock.advance(REST_AFTER)
      meanwhile.once = async () => {
        await change(id, to(id, { status: 'paused' }))
      }
      await lifetimes.rest(ANN, id)
      expect(await subscription(id)).toMatchObject({ status: 'paused' })
    }
  })

  test('of whom nothing is stored stays so', async () => {
    const { lifetimes } = customersIn(redis)
    for (const id of [null, 'sub-1', 'constructor'])
      expect(await lifetimes.rest(ANN, id)).toBe(false)
    expect(await redis.keys('*')).toEqual([])
  })
})

describe('a subscription that is over', () => {
  test.each(['sub-1', 'sub-4'])(
    'is read whole until its time has come, and as a remnant from then on: %s',
    async (id) => {
      const { clock, change, subscription, subscribe } = customersIn(redis)
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
    const { clock, change, subscribe, stored } = customersIn(redis)
    await subscribe(2)
    await change('sub-1', to('sub-1', over))
    clock.advance(KEPT_WHOLE)
    await change('sub-2', to('sub-2', { status: 'paused' }))
    expect(await stored()).not.toContain('"free"')
  })

  test.each(['sub-1', 'sub-4'])(
    'is packed whole, later as its remnant, and no more: %s',
    async (id) => {
      const { clock, change, subscription, subscribe, lifetimes, stored } = customersIn(redis)
      await subscribe(5)
      await change(id, to(id, over))
      clock.advance(REST_AFTER)
      expect(await lifetimes.rest(ANN, id)).toBe(true)
      expect(await lifetimes.rest(ANN, id)).toBe(false)
      expect(await stored()).toContain('"free"')
      clock.advance(KEPT_WHOLE)
      expect(await lifetimes.rest(ANN, id)).toBe(true)
      expect(await lifetimes.rest(ANN, id)).toBe(false)
      expect(await stored()).not.toContain('"free"')
      expect(await subscription(id)).toEqual(remnant)
      for (const other of ['sub-2', 'sub-5'])
        expect(await subscription(other)).toMatchObject(ACTIVE)
    },
  )

  test('is not reduced where it has turned out to live meanwhile', async () => {
    const { clock, change, lifetimes, subscription, meanwhile } = customersIn(redis)
    await change('sub-1', to('sub-1', over))
    clock.advance(KEPT_WHOLE)
    meanwhile.once = async () => {
      await change('sub-1', to('sub-1', { ...ACTIVE, free: true, keptUntil: null }))
    }
    await lifetimes.rest(ANN, 'sub-1')
    expect(await subscription('sub-1')).toMatchObject({ ...ACTIVE, free: true })
  })
})

describe('a customer of whom no event has come for long', () => {
  test('is forgotten with every record, once no subscription lives', async () => {
    const { clock, change, subscribe, lifetimes } = customersIn(redis)
    await subscribe(250, over)
    await change('sub-250', (state) => seenAt(PLANNED)(to('sub-250', ACTIVE)(state)))
    clock.advance(IDLE)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
    await change('sub-250', to('sub-250', over))
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(true)
    expect(await redis.keys('*')).toEqual([])
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
  })

  test('is forgotten without a message, a subscription or a name', async () => {
    const { clock, change, lifetimes } = customersIn(redis)
    await change(null, seenAt(PLANNED))
    clock.advance(IDLE - 1)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
    clock.advance(1)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(true)
    expect(await redis.keys('*')).toEqual([])
  })

  test('is kept while one of its messages is unfinished', async () => {
    const { clock, change, lifetimes, unfinished } = customersIn(redis)
    await change('sub-1', (state) => seenAt(PLANNED)(to('sub-1', over)(state)))
    clock.advance(IDLE)
    unfinished.add(ANN)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
    unfinished.delete(ANN)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(true)
  })

  test.each([null, 'sub-1', 'sub-4', 'sub-5'])(
    'is kept where an event comes meanwhile: %s',
    async (id) => {
      const { clock, change, subscribe, lifetimes, meanwhile } = customersIn(redis)
      await subscribe(4, over)
      await change(null, seenAt(PLANNED))
      clock.advance(IDLE)
      meanwhile.once = async () => {
        const live = (state: CustomerState) => (id === null ? state : to(id, ACTIVE)(state))
        await change(id, (state) => seenAt(clock.now())(live(state)))
      }
      expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
      expect(await redis.exists(STATE)).toBe(1)
    },
  )

  test('leaves a suppression of its address in force', async () => {
    const { clock, change, lifetimes } = customersIn(redis)
    const suppressions = createSuppressions(redis, clock)
    const origin = { message: null, provider: 'email-1' }
    await suppressions.suppress('ann@example.com', { because: 'bounced', at: PLANNED, origin })
    await change(null, seenAt(PLANNED))
    clock.advance(IDLE)
    await lifetimes.forgetIdle(ANN, RETAIN)
    expect(await suppressions.isSuppressed('ann@example.com')).toMatchObject({ because: 'bounced' })
  })
})

describe('erasure', () => {
  test('leaves only the mark that the customer is deleted', async () => {
    const { customers, change, subscribe, lifetimes, stored } = customersIn(redis)
    await subscribe(250)
    await change(null, named)
    expect(await lifetimes.erase(ANN)).toBe(true)
    expect(await redis.keys('*')).toEqual([STATE])
    expect(JSON.parse(await stored())).toEqual([{ deletedAt: new Date(PLANNED).toISOString() }])
    expect(await customers.export(ANN)).toEqual({
      ...{ id: ANN, deleted_at: new Date(PLANNED).toISOString(), members: [], subscriptions: [] },
    })
    expect(await lifetimes.erase(ANN)).toBe(false)
  })

  test('keeps the time at which Polar deleted the customer, and that it was Polar', async () => {
    const { customers, change, lifetimes } = customersIn(redis)
    const deleted = { deletedAt: '2026-11-01T00:00:00.000Z', deletedBy: 'polar' as const }
    await change(null, (state) => ({ ...state, ...deleted }))
    await lifetimes.erase(ANN, 'command')
    const { state } = await customers.load(ANN, null)
    expect(state).toEqual({ ...newCustomer, ...deleted })
  })

  test('notes who asked for it first, and the newest event that was ignored since', async () => {
    const { clock, customers, change, lifetimes } = customersIn(redis)
    await lifetimes.erase(ANN, 'console')
    const event = read(orderTold('order.paid', '2027-01-01T00:00:00Z'))
    if (!event) throw new Error('nobody’s event')
    clock.advance(DAY)
    for (const receivedAt of [PLANNED - 1, clock.now(), clock.now() - 1])
      await change(null, (state) => applyEvent(state, { ...event, receivedAt }))
    await lifetimes.erase(ANN, 'command')
    expect((await customers.load(ANN, null)).state).toEqual({
      ...{ ...newCustomer, deletedBy: 'console', ignoredAt: clock.now() },
      deletedAt: new Date(PLANNED).toISOString(),
    })
    expect(await customers.export(ANN)).toMatchObject({
      ...{ deleted_by: 'console', ignored_at: new Date(clock.now()).toISOString() },
    })
  })

  test('of a customer of whom nothing is known leaves the mark too', async () => {
    const { customers, lifetimes } = customersIn(redis)
    expect(await lifetimes.erase(ANN)).toBe(false)
    expect((await customers.load(ANN, null)).state.deletedAt).not.toBeNull()
  })

  test('leaves a mark that is never forgotten', async () => {
    const { clock, lifetimes } = customersIn(redis)
    await lifetimes.erase(ANN)
    clock.advance(10 * IDLE)
    expect(await lifetimes.forgetIdle(ANN, RETAIN)).toBe(false)
    expect(await redis.keys('*')).toEqual([STATE])
  })

  test.each(['sub-1', 'sub-4', 'sub-5'])(
    'is not undone by an event that was decided before it: %s',
    async (id) => {
      const { change, subscribe, lifetimes } = customersIn(redis)
      await subscribe(4)
      const meanwhile = async () => {
        await lifetimes.erase(ANN)
      }
      expect((await change(id, to(id, { status: 'paused' }), meanwhile)).isDone).toBe(false)
      expect(await redis.keys('*')).toEqual([STATE])
    },
  )

  test.each(['sub-1', 'sub-5'])('takes what comes meanwhile: %s', async (id) => {
    const { change, subscribe, lifetimes, meanwhile } = customersIn(redis)
    await subscribe(4)
    meanwhile.once = async () => {
      await change(id, to(id, { status: 'paused' }))
    }
    await lifetimes.erase(ANN)
    expect(await redis.keys('*')).toEqual([STATE])
  })

  test('is followed by events from which nothing is learned', async () => {
    const { customers, lifetimes } = customersIn(redis)
    await lifetimes.erase(ANN)
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
