// The life of a stored event: raw, packed with its entry in the index, without its payload, gone.

import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { labelsOf, termsOf } from '../../src/events/entry.ts'
import { createInterpret } from '../../src/events/interpret.ts'
import type { Outcome } from '../../src/events/outcome.ts'
import { isInterpreted } from '../../src/events/record.ts'
import { type EventRef, eventKey } from '../../src/events/store.ts'
import { messageId } from '../../src/records/message-id.ts'
import { everyShard, idBytes } from '../../src/redis/keys.ts'
import { DAY, SECOND } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { eventStoreOn } from '../support/stored-events.ts'
import { body, fixture, fixtureNames } from './build.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const CUSTOMER = fixture('order.paid').data.customer_id as string
const ORDER = fixture('order.paid').data.id as string

const mailed: Outcome = {
  messages: [messageId('order_confirmation', 'f', { customerId: CUSTOMER, memberId: null })],
}
const unmapped: Outcome = { ignored: 'not_mapped', because: 'order.paid' }

const started = () => {
  const clock = stoppedClock()
  return { clock, ...eventStoreOn(redis, clock) }
}

type Started = ReturnType<typeof started>

const lengthOf = (id: EventRef) => redis.strlen(eventKey(id))

const counts = async (at: number) => {
  const day = new Date(at).toISOString().slice(0, 10)
  const hashes = await Promise.all(
    everyShard('events', 'days', day).map((key) => redis.hgetall(key)),
  )
  return Object.fromEntries(
    hashes.flatMap((hash) => Object.entries(hash)).filter(([, count]) => count !== '0'),
  )
}

const numbers = async () => {
  const found = await Promise.all(everyShard('events', 'n').map((key) => redis.get(key)))
  return found.reduce((sum, n) => sum + Number(n), 0)
}

const labelled = async ({ index }: Started, label: string) =>
  (await index.list({ label, order: 'newest', limit: 100 })).found.map(({ digest }) =>
    digest.toString('hex'),
  )

const digestOf = (id: string) => idBytes(id).toString('hex')

const IDS = [
  ['a UUID', randomUUID()],
  ['a UUID in capitals', randomUUID().toUpperCase()],
  ['a UUID without dashes', randomUUID().replaceAll('-', '')],
  ['no UUID', 'msg_2b9c'],
  ['a long one', 'x'.repeat(300)],
  ['one of strange signs', 'é{}:\u0000ü'],
] as const

describe('an event with an id that is', () => {
  test.each(IDS)('%s keeps that the backfill found it', async (_, id) => {
    const { events } = started()
    await events.add(`${id}-found`, Buffer.from(body('order.paid')), true)
    const raw = await events.load(`${id}-found`)
    expect(raw).toMatchObject({ id: `${id}-found`, body: body('order.paid'), isBackfilled: true })
    if (raw) await events.settle(raw, { type: 'order.paid', ids: {} }, mailed)
    const packed = await events.load(`${id}-found`)
    expect(packed).toMatchObject({ id: `${id}-found`, isBackfilled: true, outcome: mailed })
  })

  test.each(IDS)('%s comes back by its id and as the index has it', async (_, id) => {
    const { clock, events, settled, lifetimes } = started()
    await settled(id, body('order.paid'), mailed)
    const shard = Number(/\{s:(\d+)\}/.exec(eventKey(id))?.[1])
    const ref = { shard, digest: idBytes(id) }
    expect(eventKey(id)).toMatch(/^postern:\{s:\d+\}:event:[\w-]{22}$/)
    for (const one of [id, ref])
      expect(await events.load(one)).toMatchObject({
        id,
        body: body('order.paid'),
        type: 'order.paid',
        outcome: mailed,
        receivedAt: clock.now(),
      })
    expect(await lifetimes.dropPayload(ref)).toBe(true)
    expect(await events.load(id)).toMatchObject({ id, body: null, outcome: mailed })
    expect(await lifetimes.remove(ref)).toBe(true)
    expect(await redis.exists(eventKey(id))).toBe(0)
  })

  test.each(IDS)('%s is known by it before it is interpreted too', async (_, id) => {
    const { events } = started()
    await events.add(id, Buffer.from('{}'))
    expect(
      await events.load({ shard: Number(/\d+/.exec(eventKey(id))?.[0]), digest: idBytes(id) }),
    ).toMatchObject({ id, body: '{}', outcome: null })
  })
})

describe('an event that is stored', () => {
  test('is raw until it is interpreted: a byte, its time, and its body as it came', async () => {
    const { clock, events, due } = started()
    const [id, sent] = [randomUUID(), randomBytes(500)]
    expect(await events.add(id, sent)).toBe('high')
    const record = (await redis.getBuffer(eventKey(id))) ?? Buffer.alloc(0)
    expect(record.subarray(7).equals(sent)).toBe(true)
    expect(record.readUIntBE(1, 6)).toBe(clock.now())
    expect(await due.all()).toEqual([id])
  })

  test('is stored once, also after it was interpreted and has lost its payload', async () => {
    const { events, settled, lifetimes } = started()
    const id = randomUUID()
    await settled(id, body('order.paid'), mailed)
    expect(await events.add(id, Buffer.from('{}'))).toBeNull()
    await lifetimes.dropPayload(id)
    expect(await events.add(id, Buffer.from('{}'))).toBeNull()
    expect(await events.load(id)).toMatchObject({ outcome: mailed })
  })

  test.each([
    ...fixtureNames.map((name) => [name, Buffer.from(body(name))] as const),
    ['no JSON', Buffer.from('Bonjour')],
    ['nothing', Buffer.alloc(0)],
    ['bytes that are no text', Buffer.from('7b22ff00fe7d', 'hex')],
  ] as const)('gives its body back as it was sent: %s', async (_, sent) => {
    const { events, settled } = started()
    const id = randomUUID()
    await settled(id, sent, unmapped)
    expect((await events.load(id))?.body).toBe(sent.toString())
  })
})

describe('an event that is settled', () => {
  test('is replaced by fewer bytes, is no longer due, and is found and counted', async () => {
    const all = started()
    const { clock, events, due, settled } = all
    const id = randomUUID()
    await settled(id, body('order.paid'), mailed)
    expect(await lengthOf(id)).toBeLessThan(body('order.paid').length / 2)
    expect(await due.all()).toEqual([])
    expect(await counts(clock.now())).toEqual({ 'type:order.paid': '1', 'outcome:messages': '1' })
    for (const label of ['type:order.paid', 'outcome:messages'])
      expect(await labelled(all, label)).toEqual([digestOf(id)])
    const found = await events.load(id)
    expect(found).toMatchObject({ n: 1, ids: { customer: CUSTOMER, order: ORDER } })
  })

  test('keeps the outcome that another process has recorded first, and its one entry', async () => {
    const { clock, events, due } = started()
    const id = randomUUID()
    await events.add(id, Buffer.from(body('order.paid')))
    const read = await events.load(id)
    if (!read) throw new Error('not stored')
    const about = { type: 'order.paid', ids: {} }
    await events.settle(read, about, mailed)
    await events.putOff(id, clock.now())
    await events.settle(read, about, unmapped)
    expect(await events.load(id)).toMatchObject({ outcome: mailed, n: 1 })
    expect(await counts(clock.now())).toEqual({ 'type:order.paid': '1', 'outcome:messages': '1' })
    expect(await due.all()).toEqual([])
  })

  test.each([true, false])(
    'gets no second entry when it is interpreted again (with its payload: %s)',
    async (hasPayload) => {
      const all = started()
      const { clock, events, settled, lifetimes } = all
      const id = randomUUID()
      const sent = body('order.paid')
      await settled(id, sent, { ignored: 'before_live', because: 'order_confirmation' })
      if (!hasPayload) await lifetimes.dropPayload(id)
      clock.advance(3 * DAY)
      const before = await events.load(id)
      if (!before) throw new Error('not stored')
      const ids = { customer: CUSTOMER, order: ORDER, member: randomUUID() }
      await events.settle(before, { type: 'order.paid', ids }, mailed)
      expect(await events.load(id)).toMatchObject({
        ...{ n: 1, ids, outcome: mailed, body: hasPayload ? sent : null },
        ...{ receivedAt: clock.now() - 3 * DAY, interpretedAt: clock.now() },
      })
      expect(await numbers()).toBe(1)
      expect(await labelled(all, 'outcome:before_live')).toEqual([])
      expect(await labelled(all, 'outcome:messages')).toEqual([digestOf(id)])
      expect(await counts(clock.now() - 3 * DAY)).toEqual({
        'type:order.paid': '1',
        'outcome:messages': '1',
      })
      expect(await counts(clock.now())).toEqual({})
    },
  )

  test('keeps every message of its outcome, whoever is addressed', async () => {
    const { events, settled } = started()
    const others = ['a', 'b'].map((memberId) =>
      messageId('order_confirmation', 'f', { customerId: randomUUID(), memberId }),
    )
    const outcome: Outcome = {
      ignored: 'before_live',
      because: 'order_confirmation',
      messages: [...(mailed.messages ?? []), ...others],
    }
    const id = randomUUID()
    await settled(id, body('order.paid'), outcome)
    expect(await events.load(id)).toMatchObject({ outcome })
  })
})

describe('the entry of an event', () => {
  test.each([
    ['order.paid', mailed, ['type:order.paid', 'outcome:messages']],
    ['order.teleported', unmapped, ['type:other', 'outcome:not_mapped']],
    [null, { ignored: 'unreadable', because: 'x' }, ['type:other', 'outcome:unreadable']],
  ] satisfies [string | null, Outcome, string[]][])(
    'of type %s has its labels',
    (type, outcome, labels) => {
      expect(labelsOf({ type, outcome })).toEqual(labels)
    },
  )

  test('has a term for each of its ids', () => {
    expect(termsOf({ customer: 'c', order: 'o', subscription: 's', member: 'm' })).toEqual([
      ...['customer:c', 'order:o', 'subscription:s', 'member:m'],
    ])
    expect(termsOf({})).toEqual([])
  })
})

describe('an event that is not interpreted yet', () => {
  const waiting = async () => {
    const all = started()
    const id = randomUUID()
    await all.events.add(id, Buffer.from(body('order.paid')))
    return { id, ...all }
  }

  test('keeps its payload, and is not removed', async () => {
    const { id, events, due, lifetimes } = await waiting()
    expect(await lifetimes.dropPayload(id)).toBe(false)
    expect(await lifetimes.remove(id)).toBe(false)
    expect(await events.load(id)).toMatchObject({ body: body('order.paid'), outcome: null })
    expect(await due.all()).toEqual([id])
  })

  test('is erased with its due entry, and not settled by whoever has read it before', async () => {
    const { id, events, due, lifetimes, clock } = await waiting()
    const read = await events.load(id)
    expect(await lifetimes.erase(id)).toBe(true)
    expect(await due.all()).toEqual([])
    if (read) await events.settle(read, { type: 'order.paid', ids: {} }, mailed)
    expect(await events.load(id)).toBeNull()
    expect(await lengthOf(id)).toBe(1)
    expect(await counts(clock.now())).toEqual({})
  })
})

describe('an event whose lifetime ends', () => {
  test('loses its payload once, and nothing else', async () => {
    const { events, settled, lifetimes } = started()
    const id = randomUUID()
    await settled(id, body('order.paid'), mailed)
    const before = await events.load(id)
    const length = await lengthOf(id)
    expect(await lifetimes.dropPayload(id)).toBe(true)
    expect(await lifetimes.dropPayload(id)).toBe(false)
    expect(await lengthOf(id)).toBeLessThan(length)
    const after = await events.load(id)
    expect({ ...after, record: null }).toEqual({ ...before, record: null, body: null })
  })

  test('is removed with its labels, and its counts stay', async () => {
    const all = started()
    const { clock, settled, lifetimes } = all
    const [id, other] = [randomUUID(), randomUUID()]
    for (const one of [id, other]) await settled(one, body('order.paid'), mailed)
    expect(await lifetimes.remove(id)).toBe(true)
    expect(await lifetimes.remove(id)).toBe(false)
    expect(await labelled(all, 'type:order.paid')).toEqual([digestOf(other)])
    expect(Object.keys(await counts(clock.now()))).toEqual(
      expect.arrayContaining(['type:order.paid', 'outcome:messages']),
    )
  })

  test('is erased with its terms, and known by its id for as long as Polar may send it again', async () => {
    const all = started()
    const { clock, events, index, settled, lifetimes } = all
    const id = randomUUID()
    await settled(id, body('order.paid'), mailed)
    const { subscription_id: subscription } = fixture('order.paid').data
    const terms = [`customer:${CUSTOMER}`, `order:${ORDER}`, `subscription:${subscription}`]
    const entries = async () => {
      const pages = await Promise.all(terms.map((term) => index.find(term, { limit: 10 })))
      return pages.map(({ found }) => found.length)
    }
    expect(await entries()).toEqual([1, 1, 1])
    expect(await lifetimes.erase(id)).toBe(true)
    expect(await lifetimes.erase(id)).toBe(false)
    expect(await entries()).toEqual([0, 0, 0])
    expect(await labelled(all, 'type:order.paid')).toEqual([])
    expect(await lengthOf(id)).toBe(1)
    expect(await events.load(id)).toBeNull()
    expect(await events.add(id, Buffer.from('{}'))).toBeNull()
    const days = (await redis.ttl(eventKey(id))) / (DAY / SECOND)
    expect(days).toBeGreaterThan(90)
    expect(days).toBeLessThan(101)
    expect(await counts(clock.now())).toEqual({ 'type:order.paid': '1', 'outcome:messages': '1' })
  })

  test('is not interpreted without its payload: it leaves nothing due', async () => {
    const { clock, events, due, settled, lifetimes } = started()
    const id = randomUUID()
    await settled(id, body('order.paid'), mailed)
    await lifetimes.dropPayload(id)
    await events.putOff(id, clock.now())
    const parts = { events, clock, log: createLog('silent') }
    const { interpret, close } = createInterpret(
      parts as unknown as Parameters<typeof createInterpret>[0], // nothing else is asked
    )
    await interpret(id)
    await close()
    expect(await due.all()).toEqual([])
    expect(await events.load(id)).toMatchObject({ outcome: mailed, body: null })
  })
})

test('an event is interpreted at a time of its own', async () => {
  const { clock, events } = started()
  const id = randomUUID()
  await events.add(id, Buffer.from(body('order.paid')))
  clock.advance(5 * SECOND)
  const read = await events.load(id)
  if (read) await events.settle(read, { type: 'order.paid', ids: {} }, mailed)
  const found = await events.load(id)
  expect(isInterpreted(found) && [found.receivedAt, found.interpretedAt]).toEqual([
    ...[PLANNED, PLANNED + 5 * SECOND],
  ])
})
