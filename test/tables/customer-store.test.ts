// Customer state as it is stored: a record of the customer and one of each subscription, the last for as long as it matters.

import { describe, expect, test } from 'vitest'
import { KEPT_WHOLE } from '../../src/customers/forget.ts'
import {
  type CustomerState,
  newCustomer,
  newSubscription,
  type SubscriptionState,
  withSubscription,
} from '../../src/customers/state.ts'
import { createCustomerStore } from '../../src/customers/store.ts'
import { createCompareAndSet } from '../../src/redis/compare-and-set.ts'
import { customerKey, customerSlot } from '../../src/redis/keys.ts'
import { DAY, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const ANN = '9dfb369b-ab13-4fae-a276-55daa05f1119'

const keyOf = (name: string, ...rest: string[]) => customerSlot(customerKey(ANN), name, ...rest)

const started = () => {
  const clock = stoppedClock(PLANNED)
  const customers = createCustomerStore(redis, clock)
  const compareAndSet = createCompareAndSet(redis)
  type Change = (state: CustomerState) => CustomerState
  /** Changes what is known of a customer and one of its subscriptions, as an event does. */
  const change = async (id: string | null, by: Change, meanwhile = async () => {}) => {
    const loaded = await customers.load(ANN, id)
    const writes = customers.writes(ANN, loaded, by(loaded.state))
    await meanwhile()
    return { writes, done: await compareAndSet(loaded.guards, writes) }
  }
  return { clock, customers, change }
}

const to =
  (id: string, state: Partial<SubscriptionState>) =>
  (customer: CustomerState): CustomerState =>
    withSubscription(customer, id, (before) => ({ ...before, ...state }))

const over = { status: 'canceled', changeCount: 3, keptUntil: PLANNED + KEPT_WHOLE }
const deleted = (state: CustomerState) => ({ ...state, deletedAt: '2026-11-20T12:00:00Z' })

describe('a customer', () => {
  test('of whom nothing is stored is new', async () => {
    const { customers } = started()
    for (const id of ['sub-1', 'constructor', '__proto__', null])
      expect((await customers.load(ANN, id)).state).toEqual(newCustomer)
  })

  test('is read with the one subscription that is asked for', async () => {
    const { customers, change } = started()
    await change('sub-1', to('sub-1', { status: 'active' }))
    await change('sub-2', to('sub-2', { status: 'paused' }))
    const read = async (id: string | null) => (await customers.load(ANN, id)).state.subscriptions
    expect(await read('sub-1')).toEqual({ 'sub-1': { ...newSubscription, status: 'active' } })
    expect(await read('sub-2')).toEqual({ 'sub-2': { ...newSubscription, status: 'paused' } })
    expect(await read('sub-3')).toEqual({})
    expect(await read(null)).toEqual({})
  })

  test('has no subscription that another one has', async () => {
    const { customers, change } = started()
    await change('sub-1', to('sub-1', { status: 'active' }))
    const { state } = await customers.load('f08db22f-d293-456a-b170-fab23d90fbac', 'sub-1')
    expect(state).toEqual(newCustomer)
  })

  test('is read with all that an event may know, though an earlier event knew less', async () => {
    const { customers, change } = started()
    await change('sub-1', to('sub-1', { status: 'active' }))
    await redis.set(keyOf('subscription', 'sub-1'), '{"status":"active"}')
    const { state } = await customers.load(ANN, 'sub-1')
    expect(state.subscriptions).toEqual({ 'sub-1': { ...newSubscription, status: 'active' } })
  })
})

describe('an event writes', () => {
  test('no more than it changes, however many subscriptions there are', async () => {
    const { change } = started()
    for (let n = 0; n < 50; n++) await change(`sub-${n}`, to(`sub-${n}`, { status: 'active' }))
    const { writes } = await change('sub-7', to('sub-7', { status: 'past_due' }))
    expect(writes.map(({ key }) => key)).toEqual([keyOf('subscription', 'sub-7')])
    expect((await change(null, deleted)).writes.map(({ key }) => key)).toEqual([keyOf('state')])
    expect((await change('sub-7', (state) => state)).writes).toEqual([])
    expect((await change('sub-7', (state) => ({ ...state }))).writes).toEqual([])
  })

  test('nothing where its subscription has changed since it was read', async () => {
    const { customers, change } = started()
    const meanwhile = async () => {
      await change('sub-1', to('sub-1', { status: 'past_due' }))
    }
    const { done } = await change('sub-1', to('sub-1', { status: 'active' }), meanwhile)
    expect(done).toBeNull()
    const { state } = await customers.load(ANN, 'sub-1')
    expect(state.subscriptions['sub-1']?.status).toBe('past_due')
  })

  test('nothing where its customer has changed since', async () => {
    const { customers, change } = started()
    const meanwhile = async () => {
      await change(null, deleted)
    }
    const { done } = await change('sub-1', to('sub-1', { status: 'active' }), meanwhile)
    expect(done).toBeNull()
    expect((await customers.load(ANN, 'sub-1')).state.subscriptions).toEqual({})
  })

  test('although another subscription has changed since', async () => {
    const { change } = started()
    await change('sub-1', to('sub-1', { status: 'active' }))
    const meanwhile = async () => {
      await change('sub-2', to('sub-2', { status: 'active' }))
    }
    const { done } = await change('sub-1', to('sub-1', { status: 'paused' }), meanwhile)
    expect(done).not.toBeNull()
  })
})

describe('a subscription that is over', () => {
  test('is dropped by Redis when its time has come, and leaves what tells its events apart', async () => {
    const { change } = started()
    await change('sub-1', to('sub-1', over))
    const left = await redis.pttl(keyOf('subscription', 'sub-1'))
    expect(left).toBeGreaterThan(KEPT_WHOLE - DAY)
    expect(left).toBeLessThanOrEqual(KEPT_WHOLE)
    expect(await redis.pttl(keyOf('ended', 'sub-1'))).toBe(-1)
    expect((await redis.get(keyOf('ended', 'sub-1')))?.length).toBeLessThan(200)
  })

  test('is read whole until then, by the clock of the system, and not at all whole afterwards', async () => {
    const { clock, customers, change } = started()
    await change('sub-1', to('sub-1', over))
    const read = async () => (await customers.load(ANN, 'sub-1')).state.subscriptions['sub-1']
    clock.advance(KEPT_WHOLE - 1)
    expect(await read()).toEqual({ ...newSubscription, ...over })
    clock.advance(1)
    const remnant = { status: 'canceled', changeCount: 3, forgottenAt: PLANNED + KEPT_WHOLE }
    expect(await read()).toEqual({ ...newSubscription, ...remnant })
    await redis.del(keyOf('subscription', 'sub-1'))
    expect(await read()).toEqual({ ...newSubscription, ...remnant })
  })

  test('is not written again by an event that changes nothing of it', async () => {
    const { change } = started()
    await change('sub-1', to('sub-1', over))
    await redis.del(keyOf('subscription', 'sub-1'))
    const { writes } = await change('sub-1', deleted)
    expect(writes.map(({ key }) => key)).toEqual([keyOf('state')])
  })

  test('is kept without an end when it turns out to live', async () => {
    const { customers, change } = started()
    await change('sub-1', to('sub-1', over))
    await change('sub-1', to('sub-1', { status: 'active', keptUntil: null }))
    expect(await redis.pttl(keyOf('subscription', 'sub-1'))).toBe(-1)
    const { state } = await customers.load(ANN, 'sub-1')
    expect(state.subscriptions['sub-1']).toMatchObject({ status: 'active', forgottenAt: null })
  })

  test('is kept for a moment where its time is over already', async () => {
    const { change } = started()
    const { done } = await change('sub-1', to('sub-1', { ...over, keptUntil: PLANNED - DAY }))
    expect(done).not.toBeNull()
    expect(await redis.pttl(keyOf('subscription', 'sub-1'))).toBeLessThan(SECOND)
    expect(await redis.exists(keyOf('ended', 'sub-1'))).toBe(1)
  })
})
