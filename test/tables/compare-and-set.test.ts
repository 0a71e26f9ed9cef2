// Compare-and-set on a real Redis: each kind of write, the guards, and once-only keys among hundreds.

import { describe, expect, test } from 'vitest'
import { createCompareAndSet, type Write, type Written } from '../../src/redis/compare-and-set.ts'
import { keyOnShard } from '../../src/redis/keys.ts'
import { createOnce } from '../../src/redis/once.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()
const compareAndSet = createCompareAndSet(redis)
const once = createOnce(redis, 'things')

const key = (name: string) => keyOnShard(1, name)
const bytes = (...all: number[]) => Buffer.from(all)

/** Bytes that are no UTF-8, and that a careless script would cut or change. */
const BINARY = bytes(0, 255, 13, 10, 37, 128, 0)

describe('a write', () => {
  test('sets a value, byte for byte, in place of another and of its lifetime', async () => {
    await redis.set(key('a'), 'old', 'EX', 100)
    expect(await compareAndSet([], [{ key: key('a'), set: BINARY }])).toEqual([])
    expect(await redis.getBuffer(key('a'))).toEqual(BINARY)
    expect(await redis.pttl(key('a'))).toBe(-1)
  })

  test('sets a value for some milliseconds', async () => {
    await compareAndSet([], [{ key: key('a'), set: 'short', expiresIn: 60_000 }])
    expect(await redis.get(key('a'))).toBe('short')
    const left = await redis.pttl(key('a'))
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(60_000)
  })

  test('keeps a value that exists, and says so', async () => {
    const write: Write = { key: key('a'), new: 'first' }
    expect(await compareAndSet([], [write])).toEqual([true])
    expect(await compareAndSet([], [{ ...write, new: 'second' }])).toEqual([false])
    expect(await redis.get(key('a'))).toBe('first')
  })

  test('deletes a value', async () => {
    await redis.set(key('a'), 'old')
    await compareAndSet([], [{ key: key('a'), delete: true }])
    expect(await redis.exists(key('a'))).toBe(0)
  })

  test('sets the score of a member, and takes a member out', async () => {
    await compareAndSet([], [{ key: key('z'), add: 'one', score: 1 }])
    await compareAndSet([], [{ key: key('z'), add: 'two', score: 1e13 + 1.5e12 }])
    await compareAndSet([], [{ key: key('z'), add: 'one', score: 3 }])
    expect(await redis.zrange(key('z'), '0', '-1', 'WITHSCORES')).toEqual([
      ...['one', '3', 'two', `${1e13 + 1.5e12}`],
    ])
    await compareAndSet([], [{ key: key('z'), remove: 'one' }])
    expect(await redis.zrange(key('z'), '0', '-1')).toEqual(['two'])
  })

  test('sets and clears a bit', async () => {
    const bit = (value: 0 | 1): Write => ({ key: key('b'), bit: 9, value })
    await compareAndSet([], [bit(1)])
    expect([await redis.getbit(key('b'), 9), await redis.bitcount(key('b'))]).toEqual([1, 1])
    await compareAndSet([], [bit(0)])
    expect(await redis.bitcount(key('b'))).toBe(0)
  })

  test('makes no bitmap to clear a bit in it', async () => {
    await compareAndSet([], [{ key: key('b'), bit: 900, value: 0 }])
    expect(await redis.exists(key('b'))).toBe(0)
  })

  test('adds to a count', async () => {
    for (const by of [2, 3, -1]) await compareAndSet([], [{ key: key('h'), count: 'sent', by }])
    expect(await redis.hgetall(key('h'))).toEqual({ sent: '4' })
  })

  test('puts bytes at an offset, and zeros before them', async () => {
    await compareAndSet([], [{ key: key('p'), put: bytes(200, 0), at: 3 }])
    await compareAndSet([], [{ key: key('p'), put: bytes(7), at: 1 }])
    expect(await redis.getBuffer(key('p'))).toEqual(bytes(0, 7, 0, 200, 0))
  })

  test('appends bytes', async () => {
    await compareAndSet([], [{ key: key('p'), append: BINARY }])
    await compareAndSet([], [{ key: key('p'), append: bytes(1) }])
    expect(await redis.getBuffer(key('p'))).toEqual(Buffer.concat([BINARY, bytes(1)]))
  })

  test('may touch a key twice: they apply in their order', async () => {
    const writes: Write[] = [
      { key: key('a'), set: 'one' },
      { key: key('a'), append: Buffer.from(' two') },
      { key: key('z'), add: 'x', score: 1 },
      { key: key('z'), remove: 'x' },
    ]
    await compareAndSet([], writes)
    expect(await redis.get(key('a'))).toBe('one two')
    expect(await redis.exists(key('z'))).toBe(0)
  })
})

describe('a guard', () => {
  const then: Write[] = []
  const all: Write[] = [
    { key: key('a'), set: 'next' },
    { key: key('b'), new: 'x' },
    { key: key('z'), add: 'member', score: 1 },
    { key: key('h'), count: 'field', by: 1 },
    { key: key('p'), append: bytes(1) },
    { key: key('o'), once: Buffer.alloc(8, 1), value: Buffer.alloc(5), then },
  ]

  const written = async () => (await redis.keys('*')).filter((name) => name !== key('guard'))

  test('lets everything through while the record is as it was read', async () => {
    await redis.set(key('guard'), BINARY)
    expect(await compareAndSet({ key: key('guard'), expected: BINARY }, all)).toEqual([true, true])
    expect(await written()).toHaveLength(all.length)
  })

  test.each([
    ['has changed', 'other'],
    ['has grown', Buffer.concat([BINARY, bytes(1)])],
    ['is gone', null],
  ])('lets nothing through where the record %s', async (_, value) => {
    if (value) await redis.set(key('guard'), value)
    expect(await compareAndSet({ key: key('guard'), expected: BINARY }, all)).toBeNull()
    expect(await written()).toEqual([])
  })

  test('lets nothing through where a record was absent, and is there now', async () => {
    const guard = { key: key('guard'), expected: null }
    expect(await compareAndSet(guard, [{ key: key('a'), set: '1' }])).toEqual([])
    await redis.flushall()
    await redis.set(key('guard'), 'x')
    expect(await compareAndSet(guard, all)).toBeNull()
    expect(await written()).toEqual([])
  })

  test('by its first bytes lets through what begins the same, and nothing else', async () => {
    const guard = { key: key('guard'), startsWith: BINARY }
    expect(await compareAndSet(guard, all)).toBeNull()
    await redis.set(key('guard'), BINARY.subarray(0, -1))
    expect(await compareAndSet(guard, all)).toBeNull()
    expect(await written()).toEqual([])
    await redis.set(key('guard'), Buffer.concat([BINARY, Buffer.from('and more')]))
    expect(await compareAndSet(guard, all)).toEqual([true, true])
  })

  test('holds beside others: each of them must fit', async () => {
    await redis.mset({ [key('one')]: '1', [key('two')]: '2' })
    const guards = (two: string) => [
      { key: key('one'), expected: '1' },
      { key: key('two'), startsWith: Buffer.from(two) },
      { key: key('three'), expected: null },
    ]
    expect(await compareAndSet(guards('3'), all)).toBeNull()
    expect(await compareAndSet(guards('2'), all)).toEqual([true, true])
  })

  test('lets one of many through that read the same', async () => {
    await redis.set(key('guard'), '0')
    const tries = Array.from({ length: 40 }, (_, n) =>
      compareAndSet({ key: key('guard'), expected: '0' }, [
        { key: key('guard'), set: `${n + 1}` },
        { key: key('h'), count: 'won', by: 1 },
      ]),
    )
    expect((await Promise.all(tries)).filter((done) => done !== null)).toHaveLength(1)
    expect(await redis.hget(key('h'), 'won')).toBe('1')
  })
})

describe('a once-only key', () => {
  /** All in one bucket: the first byte decides that. */
  const digest = (n: number) => {
    const eight = Buffer.alloc(8)
    eight.writeUInt32BE(n, 4)
    return eight
  }
  const value = (n: number) => {
    const five = Buffer.alloc(5)
    five.writeUInt32BE(n)
    return five
  }
  const BUCKET = once.bucketOf('customer', digest(0))
  const slotOf = BUCKET.replace(/\}.*/, '}')
  const beside = (name: string) => `${slotOf}:${name}`

  const claiming = (one: Buffer, its: Buffer, then: readonly Write[] = []): Write => ({
    ...{ key: BUCKET, once: one },
    ...{ value: its, then },
  })
  const claim = (one: Buffer, its: Buffer, then: readonly Write[] = []) =>
    compareAndSet([], [claiming(one, its, then)])

  test('is claimed once, for ever: later its value is the answer', async () => {
    expect(await claim(digest(1), value(11))).toEqual([true])
    expect(await claim(digest(1), value(12))).toEqual([value(11)])
    expect(await once.find('customer', digest(1))).toEqual(value(11))
    expect(await once.find('customer', digest(2))).toBeNull()
    expect(await redis.strlen(BUCKET)).toBe(13)
  })

  test('is found among hundreds, the first, the last and any', async () => {
    const all = Array.from({ length: 700 }, (_, n) => n)
    await redis.set(BUCKET, Buffer.concat(all.flatMap((n) => [digest(n), value(n * 7)])))
    for (const n of [0, 1, 350, 698, 699]) {
      expect(await claim(digest(n), value(1))).toEqual([value(n * 7)])
      expect(await once.find('customer', digest(n))).toEqual(value(n * 7))
    }
    expect(await claim(digest(700), value(1))).toEqual([true])
    expect(await redis.strlen(BUCKET)).toBe(701 * 13)
  })

  test('is not mistaken for bytes that lie across two entries, or in a value', async () => {
    // The eight bytes sought begin inside the first entry's value and end in the second entry.
    const sought = bytes(0, 9, 9, 9, 9, 0, 1, 2)
    const first = Buffer.concat([bytes(0, 1, 1, 1, 1, 1, 1, 1), bytes(5, 5, 0, 9, 9)])
    const second = Buffer.concat([bytes(9, 9, 0, 1, 2, 6, 6, 6), bytes(7, 7, 7, 7, 7)])
    await redis.set(BUCKET, Buffer.concat([first, second]))
    expect(await once.find('customer', sought)).toBeNull()
    expect(await claim(sought, value(3))).toEqual([true])
    // It is found behind the false match.
    expect(await claim(sought, value(4))).toEqual([value(3)])
    expect(await once.find('customer', sought)).toEqual(value(3))
  })

  test('is sought as bytes, never as a pattern', async () => {
    const odd = Buffer.from('%w+.*[a]')
    await claim(Buffer.from('xw+.*[a]'), value(1))
    expect(await claim(odd, value(2))).toEqual([true])
    expect(await claim(odd, value(3))).toEqual([value(2)])
  })

  test('lets the writes that follow it happen only at the first claim', async () => {
    const then = (n: number): Write[] => [
      { key: beside('record'), set: `${n}` },
      { key: beside('due'), add: 'id', score: n },
      { key: beside('day'), count: 'decided', by: 1 },
    ]
    expect(await claim(digest(1), value(1), then(1))).toEqual([true])
    expect(await claim(digest(1), value(2), then(2))).toEqual([value(1)])
    expect(await redis.get(beside('record'))).toBe('1')
    expect(await redis.zscore(beside('due'), 'id')).toBe('1')
    expect(await redis.hget(beside('day'), 'decided')).toBe('1')
  })

  test('skips what follows it and nothing else, whatever stands around it', async () => {
    await claim(digest(2), value(22))
    const then = (name: string): Write[] => [
      { key: beside(name), set: name },
      { key: beside(`${name} too`), new: name },
    ]
    const written = await compareAndSet(
      [],
      [
        { key: beside('before'), new: '1' },
        claiming(digest(1), value(11), then('one')),
        claiming(digest(2), value(99), then('two')),
        { key: beside('between'), new: '1' },
        claiming(digest(3), value(33)),
        claiming(digest(1), value(99), then('again')),
        { key: beside('after'), new: '1' },
      ],
    )
    // Before, one and its `new`, two, between, three, one again, after. Skipped writes have no answer.
    const answers: Written = [true, true, true, value(22), true, true, value(11), true]
    expect(written).toEqual(answers)
    const there = (await redis.keys(`${slotOf}:*`)).map((name) => name.slice(slotOf.length + 1))
    expect(there.toSorted()).toEqual(
      ['after', 'before', 'between', 'one', 'one too', BUCKET.slice(slotOf.length + 1)].toSorted(),
    )
    expect(await redis.strlen(BUCKET)).toBe(3 * 13)
  })

  test('inside of another is skipped with it', async () => {
    const nested = (n: number) =>
      claiming(digest(1), value(n), [
        claiming(digest(n), value(n), [{ key: beside('x'), set: `${n}` }]),
      ])
    expect(await compareAndSet([], [nested(5), { key: beside('y'), new: '' }])).toEqual([
      ...[true, true, true],
    ])
    expect(await compareAndSet([], [nested(6), { key: beside('y'), new: '' }])).toEqual([
      ...[value(5), false],
    ])
    expect(await once.find('customer', digest(6))).toBeNull()
    expect(await redis.get(beside('x'))).toBe('5')
  })

  test('is not claimed where a guard fails', async () => {
    const write: Write = claiming(digest(1), value(1))
    expect(await compareAndSet({ key: beside('guard'), expected: 'x' }, [write])).toBeNull()
    expect(await once.find('customer', digest(1))).toBeNull()
  })

  test('is one of one name and one shard', async () => {
    await claim(digest(1), value(1))
    expect(await createOnce(redis, 'others').find('customer', digest(1))).toBeNull()
    expect(await once.find('somebody else', digest(1))).toBeNull()
  })
})
