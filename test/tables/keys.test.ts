import { describe, expect, test } from 'vitest'
import { customerKey, customerSlot, everyShard, shardSlot } from '../../src/redis/keys.ts'

const SHARDS = 16

/**
 * The slot of a key in a Redis Cluster: CRC16 (XMODEM) of what stands between its first braces, of
 * 16384.
 */
const slotOf = (key: string): number => {
  const tag = /\{([^}]+)\}/.exec(key)?.[1] ?? key
  let crc = 0
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  }
  return (crc & 0xffff) % 16384
}

const slotsOf = (keys: readonly string[]) => new Set(keys.map(slotOf))

/** UUIDs like Polar's, the same in every run. */
const uuid = (n: number) =>
  `${(Math.imul(n, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}-2bd8-41e6-847a-${n.toString(16).padStart(12, '0')}`

describe('the slot of a key', () => {
  // From Redis's own specification of clusters.
  test.each([
    ['123456789', 12739],
    ['foo', 12182],
    ['{foo}.bar', 12182],
  ])('agrees with Redis: %s', (key, slot) => {
    expect(slotOf(key)).toBe(slot)
  })
})

describe("a customer's key", () => {
  test.each([
    ['a UUID', '9dfb369b-ab13-4fae-a276-55daa05f1119', 'nfs2m6sTT66idlXaoF8RGQ'],
    ['a UUID in capitals', '9DFB369B-AB13-4FAE-A276-55DAA05F1119', 'nfs2m6sTT66idlXaoF8RGQ'],
    ['no UUID', 'cus_42', 'YCAUuUFg_awavxcSmCCzqg'],
  ])('never changes, because messages are found by it: for %s', (_, id, key) => {
    expect(customerKey(id)).toBe(key)
  })

  test.each([
    uuid(1),
    'cus_42',
    '',
    'x'.repeat(200),
    '9dfb369b-ab13-4fae-a276-55daa05f111',
    'gdfb369b-ab13-4fae-a276-55daa05f1119',
    'ü{}:\n',
  ])('is 22 characters that are safe in a key and in a message id: %j', (id) => {
    expect(customerKey(id)).toMatch(/^[\w-]{22}$/)
  })

  test('differs for every customer', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => [uuid(n), `cus_${n}`]).flat()
    expect(new Set(ids.map(customerKey)).size).toBe(ids.length)
  })
})

describe("a customer's records", () => {
  const kinds = ['state', 'message', 'fact', 'delivery', 'frozen', 'link', 'clicks', 'fetched']

  test.each([uuid(1), uuid(2), 'cus_42', 'ü{}'])('are all in one slot: %s', (id) => {
    const customer = customerKey(id)
    const keys = kinds.flatMap((kind) => [
      customerSlot(customer, kind),
      customerSlot(customer, kind, 'a'),
      customerSlot(customer, kind, '{b}', 'c'),
    ])
    expect(new Set(keys).size).toBe(keys.length)
    expect(slotsOf(keys).size).toBe(1)
  })

  test('are spread over the whole cluster by customer', () => {
    const counts = new Array<number>(16).fill(0)
    for (let n = 0; n < 16_000; n++) {
      const sixteenth = Math.floor(slotOf(customerSlot(customerKey(uuid(n)), 'state')) / 1024)
      counts[sixteenth] = (counts[sixteenth] ?? 0) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(850)
    expect(Math.max(...counts)).toBeLessThan(1_150)
  })
})

describe('a shard', () => {
  test('has an event and its due entry in one slot', () => {
    for (let n = 0; n < 500; n++)
      expect(
        slotsOf([shardSlot(uuid(n), 'event', uuid(n)), shardSlot(uuid(n), 'due', 'events')]).size,
      ).toBe(1)
  })

  test('is found by a scan of every shard', () => {
    const all = everyShard('due', 'events')
    expect(new Set(all).size).toBe(SHARDS)
    for (let n = 0; n < 500; n++) expect(all).toContain(shardSlot(uuid(n), 'due', 'events'))
  })

  test.each([
    ['events', uuid],
    ['messages', (n: number) => `msg_${customerKey(uuid(n))}${customerKey(uuid(n + 7))}`],
    ['numbered ids', (n: number) => `evt_${n}`],
  ])('gets an even share of %s', (_, idOf) => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 16_000; n++) {
      const key = shardSlot(idOf(n), 'due')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(SHARDS)
    expect(Math.min(...counts.values())).toBeGreaterThan(800)
    expect(Math.max(...counts.values())).toBeLessThan(1_200)
  })

  test('is in a slot of its own, and every master of a small cluster has some', () => {
    const slots = [...slotsOf(everyShard('due'))]
    expect(slots).toHaveLength(SHARDS)
    for (const nodes of [3, 4, 6, 8]) {
      const share = new Map<number, number>()
      for (const slot of slots) {
        const node = Math.floor((slot * nodes) / 16384)
        share.set(node, (share.get(node) ?? 0) + 1)
      }
      expect(share.size).toBe(nodes)
    }
  })
})
