// A message that was being sent is given up for good a day after it was to be sent again, and its batch with it.

import { describe, expect, test } from 'vitest'
import { createAbandon } from '../../src/deliveries/abandon.ts'
import type { BatchHappening } from '../../src/deliveries/batches/batch.ts'
import { createSettleBatch } from '../../src/deliveries/batches/settle.ts'
import { createBatchStore } from '../../src/deliveries/batches/store.ts'
import { createUndoBatch } from '../../src/deliveries/batches/undo.ts'
import type { State } from '../../src/deliveries/delivery.ts'
import type { InProgress } from '../../src/deliveries/record-outcome.ts'
import { messageId } from '../../src/records/message-id.ts'
import { bodyKey } from '../../src/records/store.ts'
import { createDue } from '../../src/redis/due.ts'
import { createMovableClock, DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { deliveryStore, loadDelivery, storeMessage } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()

const BATCH = 'bat_1'
const IDS = ['msg_a', 'msg_b']
const LATE = 10 * SECOND

const start = async () => {
  const clock = createMovableClock()
  const batches = createBatchStore(redis, createDue(redis, 'batches', clock))
  const abandon = createAbandon({ batches, clock })
  const at = clock.now()
  const claimed = { state: 'batched', generation: 1, claimedAt: at, batch: BATCH } as const
  return { clock, batches, abandon, at, claimed }
}

type Started = Awaited<ReturnType<typeof start>>

const seal = (at: number, retryAt = at + LATE): BatchHappening => ({
  ...{ what: 'sealed', at, ids: IDS, retryAt },
})

/** Opens the batch, and lets it go through what happened to it. */
const lived = async ({ batches, at }: Started, ...happenings: BatchHappening[]) => {
  let loaded = await batches.open(BATCH, IDS, at + LATE)
  for (const happening of happenings) {
    const next = await batches.apply(BATCH, loaded, happening)
    if (!next) throw new Error(`a batch cannot be ${happening.what}`)
    loaded = next
  }
  return loaded
}

const destination = { to: 'waiting', notBefore: 0, goesAlone: false, because: 'test' } as const

describe('a message that is sent alone', () => {
  test('is given up a day after it was to be retried, and no sooner', async () => {
    const { clock, abandon, at } = await start()
    const retryAt = at + 3 * HOUR
    const sending = { generation: 1, attempts: 9, firstAttemptAt: at, retryAt }
    clock.advance(DAY + 2 * HOUR)
    expect(await abandon({ state: 'sending', ...sending })).toBe(false)
    clock.advance(HOUR)
    expect(await abandon({ state: 'sending', ...sending })).toBe(true)
  })

  test.each<State>([
    { state: 'waiting', generation: 0, notBefore: 0 },
    { state: 'unconfirmed', generation: 1, firstAttemptAt: 0, lastAttemptAt: 0 },
    { state: 'held', at: 0, because: 'unconfirmed', generation: 1 },
    { state: 'accepted', at: 0, providerId: 're_1' },
    { state: 'not_sent', at: 0, because: 'shadow' },
    { state: 'failed', at: 0, because: 'refused' },
  ])('has no request under way in state $state', async (state) => {
    expect(await (await start()).abandon(state)).toBe(true)
  })
})

describe('a message of a batch', () => {
  test.each([
    ['that is gone', async () => null],
    [
      'that was answered',
      async (all: Started) =>
        lived(all, seal(all.at), { what: 'answered', at: all.at, answers: [] }),
    ],
    [
      'that was undone',
      async (all: Started) => lived(all, { what: 'undone', at: all.at, destination }),
    ],
  ])('%s is given up a day after its claim', async (_, prepare) => {
    const all = await start()
    await redis.flushall()
    await prepare(all)
    all.clock.advance(DAY - MINUTE)
    expect(await all.abandon(all.claimed)).toBe(false)
    all.clock.advance(2 * MINUTE)
    expect(await all.abandon(all.claimed)).toBe(true)
  })

  test('whose first request never went is given up, and a process that wakes late cannot make it', async () => {
    const all = await start()
    const open = await lived(all)
    all.clock.advance(DAY)
    expect(await all.abandon(all.claimed)).toBe(false)
    expect((await all.batches.load(BATCH))?.batch.state).toBe('open')
    all.clock.advance(LATE + SECOND)
    expect(await all.abandon(all.claimed)).toBe(true)
    expect(await all.batches.apply(BATCH, open, seal(all.clock.now()))).toBeNull()
    expect((await all.batches.load(BATCH))?.batch).toMatchObject({
      ...{ state: 'undone', ids: IDS, destination: { to: 'waiting' } },
    })
  })

  test('that may have been sent is given up, nobody sends it again, and Resend is asked about the others', async () => {
    const all = await start()
    const retryAt = all.at + 5 * HOUR
    const sealed = await lived(all, seal(all.at, retryAt))
    all.clock.advance(DAY + 4 * HOUR)
    expect(await all.abandon(all.claimed)).toBe(false)
    expect((await all.batches.load(BATCH))?.batch.state).toBe('sealed')
    all.clock.advance(HOUR)
    expect(await all.abandon(all.claimed)).toBe(true)
    const at = all.clock.now()
    const repeated = { what: 'repeated', at, retryAt: at + LATE } as const
    expect(await all.batches.apply(BATCH, sealed, repeated)).toBeNull()
    const firstAttemptAt = all.at
    const to = { to: 'unconfirmed', firstAttemptAt, lastAttemptAt: retryAt }
    expect((await all.batches.load(BATCH))?.batch).toMatchObject({
      state: 'undone',
      destination: to,
    })
  })

  test('that another process has taken up meanwhile is not', async () => {
    const all = await start()
    const sealed = await lived(all, seal(all.at))
    all.clock.advance(2 * DAY)
    const at = all.clock.now()
    const slow = createAbandon({
      clock: all.clock,
      batches: {
        load: async (id) => {
          const loaded = await all.batches.load(id)
          await all.batches.apply(BATCH, sealed, { what: 'repeated', at, retryAt: at + LATE })
          return loaded
        },
        apply: all.batches.apply,
      },
    })
    expect(await slow(all.claimed)).toBe(false)
    expect((await all.batches.load(BATCH))?.batch.state).toBe('sealed')
  })
})

describe('a batch of which one message was erased', () => {
  const ERASED = { customerId: 'c0ffee00-0000-4000-8000-000000000001', memberId: null }

  /** Two messages of a batch, the first of which is nowhere. */
  const startWithout = async () => {
    const { clock, batches, claimed } = await start()
    const erased = messageId('order_confirmation', 'order/1/purchase', ERASED)
    const customerId = 'c0ffee00-0000-4000-8000-000000000002'
    const other = await storeMessage(redis, { customerId }, claimed)
    const about = { kind: 'order_confirmation', order: null }
    await redis.set(bodyKey(other), JSON.stringify({ about, html: '', text: '', to: '' }))
    const ids = [erased, other]
    await batches.open(BATCH, ids, clock.now())
    const deliveries = deliveryStore(redis, clock)
    return { clock, batches, deliveries, ids, other }
  }

  test('records the answers to the others, and is gone', async () => {
    const { clock, batches, deliveries, ids, other } = await startWithout()
    const accepted: string[][] = []
    const { settleStored } = createSettleBatch({
      ...{ batches, deliveries, clock, pauseMail: async () => 0 },
      record: {
        accepted: async ({ id }: InProgress, providerId: string) => {
          accepted.push([id, providerId])
        },
      } as never,
    })
    await settleStored(BATCH, ids, [{ providerId: 're_erased' }, { providerId: 're_other' }])
    expect(accepted).toEqual([[other, 're_other']])
    expect(await batches.load(BATCH)).toBeNull()
  })

  test('is undone for the others, and is gone', async () => {
    const { clock, batches, deliveries, ids, other } = await startWithout()
    const { requeueAll } = createUndoBatch({ batches, deliveries, clock })
    await requeueAll(BATCH, ids, destination)
    expect((await loadDelivery(redis, other)).delivery.state).toBe('waiting')
    expect(await redis.keys('*:msg:*')).toHaveLength(1)
    expect(await batches.load(BATCH)).toBeNull()
  })
})
