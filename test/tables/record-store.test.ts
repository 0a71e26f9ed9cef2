// Records of several parts on a real Redis: a change of one part beside a change of another, and the end of a link's record.

import { describe, expect, test } from 'vitest'
import { type MailedLinks, markOf } from '../../src/links/link.ts'
import { createLinkStore } from '../../src/links/store.ts'
import { customerKeyOf, readMessageId } from '../../src/records/message-id.ts'
import { type LoadedRecord, linkKey, messageKey } from '../../src/records/store.ts'
import { customerKey, shardSlot } from '../../src/redis/keys.ts'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { loadDelivery, storeMessage, storesOn } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()
const clock = stoppedClock(PLANNED)
const { records, deliveries, compareAndSet } = storesOn(redis, clock)
const links = createLinkStore({ redis, records, clock })

const CUSTOMER = customerKey('customer-1')
const KEY = shardSlot(CUSTOMER, 'msg', 'r'.repeat(22))
const PARTS = { n: 7, message: { kind: 'a' }, delivery: { state: 'waiting' }, links: { at: 1 } }

const found = async (key = KEY): Promise<LoadedRecord> => {
  const record = await records.load(key)
  if (!record) throw new Error('there is no record')
  return record
}

const stored = async () => {
  await redis.set(KEY, records.pack(PARTS, null))
  return found()
}

describe('a record', () => {
  test('is read as it was stored, and is absent elsewhere', async () => {
    expect((await stored()).parts).toEqual(PARTS)
    expect(await records.load(shardSlot(CUSTOMER, 'msg', 'x'.repeat(22)))).toBeNull()
  })

  test('keeps all other parts when one changes', async () => {
    const changed = await records.change(await stored(), 'clicks', { clicks: [1] })
    expect(changed?.parts).toEqual({ ...PARTS, clicks: [1] })
    expect((await found()).parts).toEqual({ ...PARTS, clicks: [1] })
  })

  test('can be changed again by the record that a change returns', async () => {
    const once = await records.change(await stored(), 'delivery', { delivery: 1 })
    const twice = once && (await records.change(once, 'delivery', { delivery: 2 }))
    expect(twice?.parts.delivery).toBe(2)
    expect((await found()).parts).toEqual(twice?.parts)
  })
})

describe('a change of one part', () => {
  const other = { key: shardSlot(CUSTOMER, 'beside'), set: 'written' }
  const isWritten = async () => (await redis.exists(other.key)) === 1

  test('survives a change of another part since it was read, and keeps that', async () => {
    const early = await stored()
    await records.change(await found(), 'clicks', { clicks: ['between'] })
    const changed = await records.change(early, 'delivery', { delivery: 'next' }, [other])
    const parts = { ...PARTS, clicks: ['between'], delivery: 'next' }
    expect(changed?.parts).toEqual(parts)
    expect((await found()).parts).toEqual(parts)
    expect(await isWritten()).toBe(true)
  })

  test('loses against a change of the same part, and writes nothing', async () => {
    const early = await stored()
    await records.change(await found(), 'delivery', { delivery: 'faster' })
    expect(await records.change(early, 'delivery', { delivery: 'slower' }, [other])).toBeNull()
    expect((await found()).parts.delivery).toBe('faster')
    expect(await isWritten()).toBe(false)
  })

  test('loses where the record is gone, and does not bring it back', async () => {
    const early = await stored()
    await redis.del(KEY)
    expect(await records.change(early, 'delivery', { delivery: 'late' }, [other])).toBeNull()
    expect([await redis.exists(KEY), await isWritten()]).toEqual([0, false])
  })

  test('is made of the parts as they are when it is written', async () => {
    const early = await stored()
    await records.change(await found(), 'links', { links: { at: 1, revoked: true } })
    await records.change(early, 'delivery', (now) => ({
      delivery: 'next',
      links: { ...(now.links as object), mailed: true },
    }))
    expect((await found()).parts.links).toEqual({ at: 1, revoked: true, mailed: true })
  })

  test('is kept beside many of other parts, and one of its own wins', async () => {
    const record = await stored()
    const parts = ['delivery', 'links', 'clicks'] as const
    const tries = Array.from({ length: 30 }, (_, n) => {
      const part = parts[n % 3] ?? 'clicks'
      return records.change(record, part, { [part]: n }).then((won) => won && ([part, n] as const))
    })
    const won = (await Promise.all(tries)).filter((one) => one !== null)
    expect(won.map(([part]) => part).toSorted()).toEqual([...parts].toSorted())
    expect((await found()).parts).toEqual({ ...PARTS, ...Object.fromEntries(won) })
  })
})

test('a record is plain while its message is to be sent, and packed once that is done', async () => {
  const sending = { state: 'sending', generation: 1, attempts: 1, firstAttemptAt: PLANNED } as const
  const state = { ...sending, retryAt: PLANNED + HOUR }
  const id = await storeMessage(redis, { customerId: 'customer-2' }, state)
  const bytes = async () => `${await redis.getBuffer(messageKey(id))}`
  expect(JSON.parse(await bytes())).toMatchObject({ delivery: state })
  const happening = { what: 'accepted', at: PLANNED + 1, providerId: 're_2' } as const
  await deliveries.apply(await loadDelivery(redis, id), happening)
  expect(await bytes()).not.toContain('"delivery"')
  expect((await loadDelivery(redis, id)).delivery).toMatchObject({ state: 'accepted' })
})

describe('the links of a message', () => {
  const LINKS: MailedLinks = {
    createdAt: 1_794_000_000,
    expiresAt: PLANNED + DAY,
    revision: 0,
    gateway: 'unknown',
  }
  const sending = {
    state: 'sending',
    ...{ generation: 1, attempts: 1, firstAttemptAt: PLANNED, retryAt: PLANNED + HOUR },
  } as const

  const refOf = (id: string) => {
    const { customer = '', recordId = '' } = readMessageId(id) ?? {}
    return { customer, recordId, mark: markOf('overview') }
  }
  const linksOf = async (id: string) => (await found(messageKey(id))).parts.links
  const revoked = { [markOf('overview')]: { at: PLANNED, because: 'by_hand' } }

  test('stay revoked when the email turns out to be accepted meanwhile', async () => {
    const id = await storeMessage(redis, { customerId: 'customer-1' }, sending)
    await records.change(await found(messageKey(id)), 'links', { links: LINKS })
    const early = await loadDelivery(redis, id)
    expect(await links.revokeOne(refOf(id), 'by_hand')).toBe(true)
    const happening = { what: 'accepted', at: PLANNED + 1, providerId: 're_1' } as const
    const applied = await deliveries.apply(early, happening, { mailedAt: PLANNED + 1 })
    expect(applied?.delivery.state).toBe('accepted')
    expect(await linksOf(id)).toEqual({ ...LINKS, revoked, mailedAt: PLANNED + 1 })
  })

  test('stay revoked when the message is claimed again', async () => {
    const waiting = { state: 'waiting', generation: 1, notBefore: 0 } as const
    const id = await storeMessage(redis, { customerId: 'customer-1' }, waiting)
    await records.change(await found(messageKey(id)), 'links', { links: LINKS })
    const early = await loadDelivery(redis, id)
    await links.revokeOne(refOf(id), 'by_hand')
    const happening = { what: 'claimed', at: PLANNED, retryAt: PLANNED + HOUR } as const
    await deliveries.apply(early, happening, { links: LINKS })
    expect(await linksOf(id)).toEqual({ ...LINKS, revoked })
  })

  test('are revoked once: the first reason holds', async () => {
    const id = await storeMessage(redis, { customerId: 'customer-1' }, sending)
    expect(await links.revokeOne(refOf(id), 'by_hand')).toBe(false) // there are none yet
    await records.change(await found(messageKey(id)), 'links', { links: LINKS })
    const all = ['by_hand', 'customer_gone', 'address_changed'] as const
    const done = await Promise.all(all.map((because) => links.revokeOne(refOf(id), because)))
    expect(done).toEqual([true, true, true])
    const { revoked: kept } = (await linksOf(id)) as MailedLinks
    expect(Object.keys(kept ?? {})).toEqual([markOf('overview')])
    const first = kept?.[markOf('overview')]
    await links.revokeOne(refOf(id), 'member_gone')
    expect(((await linksOf(id)) as MailedLinks).revoked?.[markOf('overview')]).toEqual(first)
  })

  test('are found by the customer in the id of their message', () => {
    const id = `msg_${CUSTOMER}${'r'.repeat(22)}`
    expect(messageKey(id)).toBe(KEY)
    expect(customerKeyOf(id)).toBe(CUSTOMER)
  })
})

describe('a link without a message', () => {
  const key = linkKey(CUSTOMER, 'a'.repeat(22))
  const left = () => redis.pttl(key)
  const life = 3 * HOUR

  const add = async () => {
    await compareAndSet([], [records.create(key, { n: 0, links: { a: 1 } }, clock.now() + life)])
    return found(key)
  }

  test('disappears at its time', async () => {
    await add()
    expect(await left()).toBeGreaterThan(life - HOUR)
    expect(await left()).toBeLessThanOrEqual(life)
  })

  test('keeps its time when it changes', async () => {
    const record = await add()
    clock.advance(HOUR)
    const changed = await records.change(record, 'clicks', { clicks: [1] })
    expect(changed?.deleteAt).toBe(record.deleteAt)
    expect(await left()).toBeLessThanOrEqual(life - HOUR)
    expect(await left()).toBeGreaterThan(life - 2 * HOUR)
  })

  test('disappears at once when it changes after its time', async () => {
    const record = await add()
    clock.advance(life + HOUR)
    await records.change(record, 'clicks', { clicks: [1] })
    expect(await left()).toBeLessThanOrEqual(1)
  })
})

test('a link that is made while the links of its customer are erased is erased too', async () => {
  const customerId = 'customer-erased'
  const [FIRST, SECOND] = ['aaaaaaaaaaaaaaaaaaaaaA', 'bbbbbbbbbbbbbbbbbbbbbA']
  const make = (recordId: string) =>
    links.add(
      { recordId, customerId, memberId: null, target: 'overview', createdAt: PLANNED / 1_000 },
      {
        ...{ createdAt: PLANNED / 1_000, expiresAt: clock.now() + HOUR, revision: 0 },
        ...{ target: 'overview', address: null, language: null, returnUrl: null },
      },
    )
  await make(FIRST)
  let isFirst = true
  const slow = new Proxy(redis, {
    get: (target, name) => {
      if (name !== 'unlink') return Reflect.get(target, name)
      return async (...keys: string[]) => {
        if (isFirst) await make(SECOND)
        isFirst = false
        return target.unlink(...keys)
      }
    },
  })
  const erasing = createLinkStore({ redis: slow, records, clock })
  expect(await erasing.eraseAll(customerKey(customerId))).toBe(2)
  expect(await redis.keys(`*:links:${customerKey(customerId)}`)).toEqual([])
  const left = [FIRST, SECOND].map((recordId) => linkKey(customerKey(customerId), recordId))
  expect(await redis.exists(...left)).toBe(0)
})
