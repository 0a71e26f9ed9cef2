// Whether a customer has a message that may still be sent.

import { expect, test } from 'vitest'
import type { State } from '../../src/deliveries/delivery.ts'
import { createUnfinished } from '../../src/messages/unfinished.ts'
import { messageKey } from '../../src/records/store.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { storeMessage, storesOn } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const clock = stoppedClock(PLANNED)
const hasUnfinished = createUnfinished({ ...storesOn(redis), clock })
const customerId = 'customer-a'

const put = (n: number, state: State) =>
  storeMessage(redis, { customerId, fact: `order/${n}/purchase` }, state)

const accepted: State = { state: 'accepted', at: PLANNED, providerId: 're_1' }

test.each<[boolean, State]>([
  [true, { state: 'waiting', generation: 0, notBefore: 0 }],
  [true, { state: 'held', at: PLANNED, because: 'too_many', generation: 0 }],
  [false, accepted],
  [false, { state: 'not_sent', at: PLANNED, because: 'ended' }],
  [false, { state: 'failed', at: PLANNED, because: 'refused' }],
])('is %s for a customer with a message like this: %o', async (expected, state) => {
  await put(1, state)
  expect(await hasUnfinished(customerId)).toBe(expected)
  expect(await hasUnfinished('customer-b')).toBe(false)
})

test('finds an old message behind hundreds that have ended', async () => {
  await put(0, { state: 'held', at: PLANNED, because: 'too_many', generation: 0 })
  for (let n = 1; n <= 250; n++) await put(n, accepted)
  expect(await hasUnfinished(customerId)).toBe(true)
})

test('is true for a customer while a link of a message signs in', async () => {
  const { records } = storesOn(redis)
  const record = await records.load(messageKey(await put(1, accepted)))
  if (!record) throw new Error('no message was stored')
  const links = { createdAt: PLANNED / SECOND, expiresAt: PLANNED + 1, revision: 0, gateway: null }
  await records.change(record, 'links', { links })
  expect(await hasUnfinished(customerId)).toBe(true)
  clock.advance(1)
  expect(await hasUnfinished(customerId)).toBe(false)
})
