// Messages that are held one by one: where they are found, and how one is let go.

import { describe, expect, test } from 'vitest'
import type { Held, State } from '../../src/deliveries/delivery.ts'
import { createHeld } from '../../src/deliveries/held.ts'
import { createReleaseMessage } from '../../src/deliveries/release-message.ts'
import type { DeliveryStore } from '../../src/deliveries/store.ts'
import { loadDelivery, stateIn, storeMessage, storesOn } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const clock = stoppedClock(PLANNED)
const { deliveries: store, list, index, due } = storesOn(redis, clock)
const listed = () => createHeld({ list, index })

const held = (because: Held, at: number = PLANNED): State => ({
  ...{ state: 'held', at, because },
  generation: 2,
})

const put = (letter: string, state: State, at: number = PLANNED) =>
  storeMessage(redis, { customerId: `customer-${letter}`, at }, state)

const kind = 'order_confirmation'

describe('the list', () => {
  test('has what is held, the longest held first, as many as are asked for', async () => {
    const late = await put('a', held('unconfirmed', PLANNED + 2), PLANNED + 2)
    const early = await put('b', held('too_many', PLANNED + 1), PLANNED + 1)
    expect(await listed().list()).toEqual([
      { id: early, kind, because: 'too_many', at: PLANNED + 1 },
      { id: late, kind, because: 'unconfirmed', at: PLANNED + 2 },
    ])
    expect((await listed().list(1)).map(({ id }) => id)).toEqual([early])
    expect(await listed().count()).toBe(2)
  })

  test.each<State>([
    { state: 'accepted', at: PLANNED, providerId: 're_1' },
    { state: 'not_sent', at: PLANNED, because: 'ended' },
    { state: 'failed', at: PLANNED, because: 'refused' },
    { state: 'waiting', generation: 2, notBefore: 0 },
  ])('has nothing in state $state', async (state) => {
    await put('a', state)
    expect([await listed().list(), await listed().count()]).toEqual([[], 0])
  })

  test('has a message as soon as it is held, and no longer', async () => {
    const id = await put('a', { state: 'waiting', generation: 2, notBefore: 0 })
    const loaded = await loadDelivery(redis, id)
    const applied = await store.apply(loaded, { what: 'held', at: PLANNED, because: 'too_many' })
    expect(await listed().list()).toHaveLength(1)
    if (applied) await store.apply(applied, { what: 'released', at: PLANNED })
    expect([await listed().list(), await listed().count()]).toEqual([[], 0])
  })
})

const RELEASED = { state: 'waiting', generation: 2, notBefore: 0, isReleased: true }

describe('letting one go', () => {
  const letting = (apply: DeliveryStore['apply'] = store.apply) => {
    const nudged: string[] = []
    const releaseMessage = createReleaseMessage({
      deliveries: { load: store.load, apply },
      nudge: (id) => nudged.push(id),
      priorityOf: () => 'high',
      clock,
    })
    return { releaseMessage, nudged }
  }
  const dueAt = async (id: string) => Number(await redis.zscore(due.keyOf(id), id))
  const stateOf = async (id: string) => stateIn((await loadDelivery(redis, id)).delivery)

  test('is done once, whoever else does the same', async () => {
    const id = await put('a', held('too_many'))
    const { releaseMessage, nudged } = letting()
    const found = await Promise.all([releaseMessage(id), releaseMessage(id), releaseMessage(id)])
    expect(found.map((before) => before?.state).toSorted()).toEqual(['held', 'waiting', 'waiting'])
    expect(await stateOf(id)).toEqual(RELEASED)
    expect(nudged).toEqual([id])
    expect(await listed().count()).toBe(0)
  })

  test('touches nothing that is not held', async () => {
    const failed: State = { state: 'failed', at: PLANNED, because: 'refused' }
    const id = await put('a', failed)
    const { releaseMessage, nudged } = letting()
    expect(await releaseMessage(id)).toMatchObject(failed)
    expect(await stateOf(id)).toEqual(failed)
    expect([nudged, await redis.exists(due.keyOf(id))]).toEqual([[], 0])
  })

  test('says so where there is no such message', async () => {
    expect(await letting().releaseMessage(`msg_${'x'.repeat(44)}`)).toBeNull()
  })

  test('makes it due in the same step', async () => {
    const id = await put('a', held('too_many'))
    const { releaseMessage } = letting(async (...args) => {
      await store.apply(...args)
      throw new Error('crash')
    })
    await expect(releaseMessage(id)).rejects.toThrow('crash')
    expect(await stateOf(id)).toEqual(RELEASED)
    expect(await dueAt(id)).toBe(0)
    expect((await due.take('high')).concat(await due.take('low'))).toEqual([id])
  })
})
