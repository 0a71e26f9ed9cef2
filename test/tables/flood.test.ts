// How many emails one mailbox gets within an hour before somebody has to look.

import { describe, expect, test } from 'vitest'
import {
  createFlood,
  MOST_OF_A_KIND,
  MOST_OF_ALL,
  mailboxHash,
} from '../../src/deliveries/flood.ts'
import { HOUR } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED } from './decided.ts'

const { redis } = await emptyRedis()

const flood = createFlood(redis)

const ADDRESS = 'mara@example.com'

/** How many of so many emails are admitted, one after the other. */
const admitted = async (
  count: number,
  { kind = 'subscription_updated', address = ADDRESS, now = PLANNED, prefix = 'msg' } = {},
) => {
  let admits = 0
  for (let n = 0; n < count; n++)
    if (await flood.admits({ id: `${prefix}-${n}`, address, kind }, now)) admits++
  return admits
}

describe('a mailbox', () => {
  test('gets so many emails of a kind within an hour, and of another kind as well', async () => {
    expect(await admitted(MOST_OF_A_KIND + 5)).toBe(MOST_OF_A_KIND)
    expect(await admitted(1, { kind: 'subscription_paused', prefix: 'other' })).toBe(1)
  })

  test('gets so many of all kinds', async () => {
    const kinds = ['a', 'b', 'c', 'd', 'e']
    let all = 0
    for (const kind of kinds) all += await admitted(10, { kind, prefix: kind })
    expect(all).toBe(MOST_OF_ALL)
  })

  test('gets the next ones once the hour is over', async () => {
    await admitted(MOST_OF_A_KIND)
    expect(await admitted(1, { prefix: 'late', now: PLANNED + HOUR - 1 })).toBe(0)
    expect(await admitted(1, { prefix: 'late', now: PLANNED + HOUR })).toBe(1)
  })

  test('is counted once for an email that is admitted twice', async () => {
    await admitted(MOST_OF_A_KIND)
    expect(await admitted(MOST_OF_A_KIND)).toBe(MOST_OF_A_KIND)
  })

  test('is another one than any other', async () => {
    await admitted(MOST_OF_A_KIND)
    expect(await admitted(1, { address: 'theo@example.com', prefix: 'theo' })).toBe(1)
  })

  test.each([
    'Mara@Example.com',
    ' mara@example.com ',
    'mara+shop@example.com',
    'MARA+a+b@example.com',
  ])('is the same however its address is written: %s', (address) => {
    expect(mailboxHash(address)).toBe(mailboxHash(ADDRESS))
  })

  test.each(['mara.l@example.com', 'mara@sub.example.com', 'mara@example+shop.com'])(
    'is another one at %s',
    (address) => {
      expect(mailboxHash(address)).not.toBe(mailboxHash(ADDRESS))
    },
  )

  test('leaves no address in Redis', async () => {
    await admitted(1)
    const keys = await redis.keys('*')
    expect(keys).toHaveLength(2)
    expect(keys.join()).not.toMatch(/mara|@/)
  })
})
