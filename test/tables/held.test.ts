// Messages that are held one by one: where they are found, and how one is let go.

import { describe, expect, test } from 'vitest'
import type { Held, State } from '../../src/deliveries/delivery.ts'
import { createHeld } from '../../src/deliveries/held.ts'
import { createReleaseMessage } from '../../src/deliveries/release-message.ts'
import type { DeliveryStore } from '../../src/deliveries/store.ts'
import { customerKeyOf } from '../../src/messages/message.ts'
import { createDue, NUDGE_LOST } from '../../src/redis/due.ts'
import { deliveryStore, stateIn, storeDelivery } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const clock = stoppedClock(PLANNED)
const messageOf = (letter: string) => `msg_${letter.repeat(44)}`

const store = deliveryStore(redis, clock)

const held = (because: Held, at: number = PLANNED): State => ({
  ...{ state: 'held', at, because },
  generation: 2,
})

const put = async (letter: string, state: State, at: number = PLANNED) => {
  const id = messageOf(letter)
  await storeDelivery(redis, id, state)
  await createHeld(redis, store).add(id, at)
  return id
}

describe('the index', () => {
  test('lists what is held, the longest held first, as many as are asked for', async () => {
    const late = await put('a', held('unconfirmed', PLANNED + 2), PLANNED + 2)
    const early = await put('b', held('too_many', PLANNED + 1), PLANNED + 1)
    const index = createHeld(redis, store)
    expect(await index.list()).toEqual([
      { id: early, because: 'too_many', at: PLANNED + 1 },
      { id: late, because: 'unconfirmed', at: PLANNED + 2 },
    ])
    expect((await index.list(1)).map(({ id }) => id)).toEqual([early])
    expect(await index.count()).toBe(2)
  })

  test.each<State>([
    { state: 'accepted', at: PLANNED, providerId: 're_1', links: [] },
    { state: 'not_sent', at: PLANNED, because: 'ended' },
    { state: 'failed', at: PLANNED, because: 'refused' },
  ])('forgets what has ended: $state', async (state) => {
    await put('a', state)
    const index = createHeld(redis, store)
    expect(await index.list()).toEqual([])
    expect(await index.count()).toBe(0)
  })

  test('keeps what is about to be held, though its record does not say so yet', async () => {
    const id = await put('a', { state: 'waiting', generation: 2, notBefore: 0 })
    const index = createHeld(redis, store)
    expect(await index.list()).toEqual([])
    const loaded = await store.load(id)
    await store.apply(id, loaded, { what: 'held', at: PLANNED, because: 'too_many' })
    expect(await index.list()).toHaveLength(1)
  })

  test('forgets what it is told to', async () => {
    const index = createHeld(redis, store)
    await index.remove(await put('a', held('too_many')))
    expect(await index.count()).toBe(0)
  })
})

const RELEASED = { state: 'waiting', generation: 2, notBefore: 0, isReleased: true }

describe('letting one go', () => {
  const due = () => createDue(redis, 'deliveries', clock, customerKeyOf)

  const letting = (apply: DeliveryStore['apply'] = store.apply) => {
    const nudged: string[] = []
    const releaseMessage = createReleaseMessage({
      deliveries: { load: store.load, apply },
      held: createHeld(redis, store),
      stage: { due: due(), nudge: (id) => nudged.push(id) },
      priorityOf: async () => 'high',
      clock,
    })
    return { releaseMessage, nudged }
  }
  const dueAt = async (id: string) => Number(await redis.zscore(due().keyOf(id), id))

  test('is done once, whoever else does the same', async () => {
    const id = await put('a', held('too_many'))
    const { releaseMessage, nudged } = letting()
    const found = await Promise.all([releaseMessage(id), releaseMessage(id), releaseMessage(id)])
    expect(found.map(({ state }) => state).toSorted()).toEqual(['held', 'waiting', 'waiting'])
    expect(stateIn((await store.load(id)).delivery)).toEqual(RELEASED)
    expect(nudged).toEqual([id])
    expect(await createHeld(redis, store).count()).toBe(0)
  })

  test('touches nothing that is not held', async () => {
    const failed: State = { state: 'failed', at: PLANNED, because: 'refused' }
    const id = await put('a', failed)
    const { releaseMessage, nudged } = letting()
    expect(stateIn(await releaseMessage(id))).toEqual(failed)
    expect(stateIn((await store.load(id)).delivery)).toEqual(failed)
    expect([nudged, await redis.exists(due().keyOf(id))]).toEqual([[], 0])
  })

  test('leaves nothing undone that a crash in the middle cuts off', async () => {
    const id = await put('a', held('too_many'))
    const { releaseMessage } = letting(async (...args) => {
      await store.apply(...args)
      throw new Error('crash')
    })
    await expect(releaseMessage(id)).rejects.toThrow('crash')
    expect(stateIn((await store.load(id)).delivery)).toEqual(RELEASED)
    expect(await dueAt(id)).toBeLessThanOrEqual(PLANNED + NUDGE_LOST)
  })

  test('makes it due, though somebody took it off the list meanwhile since it was held', async () => {
    const id = await put('a', held('too_many'))
    const { releaseMessage } = letting(async (...args) => {
      await due().done(id)
      return store.apply(...args)
    })
    await releaseMessage(id)
    expect(await dueAt(id)).toBe(PLANNED)
  })
})
