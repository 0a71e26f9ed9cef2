// The indexes of messages and events are made again from their records: whole ones, and single entries that are wrong.

import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { type Alone, performOn } from '../../src/cli/alone.ts'
import { createReindexing } from '../../src/cli/reindexing.ts'
import { customerTerm } from '../../src/messages/store.ts'
import type { Work } from '../../src/operator/long-work/work.ts'
import { messageId } from '../../src/records/message-id.ts'
import { connect } from '../../src/redis/connection.ts'
import { customerKey, customerSlot, REINDEX_KEY, shardOf } from '../../src/redis/keys.ts'
import { createReindex, type Reindexed } from '../../src/retention/reindex.ts'
import { addressHash } from '../../src/runtime/address.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { press, visit } from '../../src/sandbox/person.ts'
import { createSuppressionList } from '../../src/suppressions/list.ts'
import {
  createSuppressions,
  suppressionKey,
  suppressionListKey,
} from '../../src/suppressions/store.ts'
import { startCluster } from '../support/cluster.ts'
import { runCommand, spawnCommand } from '../support/command.ts'
import { storesOn } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { bought, inspect, messageOf } from '../support/mailed.ts'
import { startProxy } from '../support/proxy.ts'
import { eventStoreOn } from '../support/stored-events.ts'
import { firstLink, startTestSystem } from '../support/system.ts'
import { decided, stoppedClock } from '../tables/decided.ts'

const { redis, url } = await emptyRedis()

const INDEXES = /:(?:messages|events):(?:n|log|times|bits|terms)\b/

const indexKeys = async (redis: Redis) =>
  (await redis.keys('postern:{s:*')).filter((key) => INDEXES.test(key)).toSorted()

const dropIndexes = async (redis: Redis) => {
  for (const key of await indexKeys(redis)) await redis.del(key)
}

const piecesOf = (bytes: Buffer, length: number) =>
  Array.from({ length: bytes.length / length }, (_, n) =>
    bytes.subarray(n * length, (n + 1) * length).toString('hex'),
  )

/** The meaning of the keys of both indexes, whatever order their terms are in. Times are left out: an entry has its time from its record. */
const contentsOf = async (redis: Redis) => {
  const contents: Record<string, unknown> = {}
  for (const key of await indexKeys(redis)) {
    const bytes = (await redis.getBuffer(key)) ?? Buffer.alloc(0)
    if (key.endsWith(':times')) continue
    else if (key.includes(':terms:')) contents[key] = piecesOf(bytes, 8).toSorted()
    else if (key.includes(':log:'))
      contents[key] = piecesOf(bytes, 20).map((entry) => entry.slice(0, 32))
    else contents[key] = bytes.toString('hex').replace(/(?:00)+$/, '')
  }
  return Object.fromEntries(Object.entries(contents).filter(([, content]) => content !== ''))
}

const bytesOf = async (redis: Redis) =>
  Promise.all((await indexKeys(redis)).map(async (key) => [key, await redis.getBuffer(key)]))

/** The counts of a run, where all that is not named is zero. */
const counted = (counts: Partial<Reindexed>): Reindexed => ({
  ...{ records: 0, repaired: 0, removed: 0, unreadable: 0, unreadableKeys: [] },
  ...counts,
})

const SUMMARY = /^(\d+) records, (\d+) entries repaired, (\d+) removed, \d+ seconds\n$/

const numbersIn = (out: string) => {
  const [, ...numbers] = SUMMARY.exec(out) ?? []
  return numbers.map(Number)
}

test('indexes that are gone come back, and a second run changes nothing', async () => {
  const system = await startTestSystem()
  const redis = inspect(system)
  const person = { email: 'mara.lindqvist@example.com', external_id: 'user_42' }
  await system.polarWorld.scenario.subscribe({ customer: person })
  await system.settle()
  const { mail, customerId } = await bought(system, 'theo.okafor@example.com')
  const link = firstLink(mail.text)
  expect((await press(link, (await visit(link)).body)).status).toBe(303)
  await expect.poll(() => redis.keys('*:messages:bits:clicked:*')).toHaveLength(1)
  await system.settle()
  const before = await contentsOf(redis)
  const events = (await redis.keys('postern:{s:*}:event:*')).length
  const messages = (await redis.keys('postern:{s:*}:msg:*')).length

  await dropIndexes(redis)
  const first = await runCommand('reindex', system.environment)
  expect({ ...first, out: numbersIn(first.out) }).toEqual({
    ...{ code: 0, err: '' },
    out: [events + messages, events + messages, 0],
  })
  expect(await contentsOf(redis)).toEqual(before)
  for (const text of ['user_42', customerId, mail.id, 'theo.okafor@example.com'])
    expect((await runCommand('find', system.environment, [text])).out).toMatch(/^msg_/m)
  expect((await runCommand('find', system.environment, [mail.id])).out).toContain(messageOf(mail))

  const bytes = await bytesOf(redis)
  const second = await runCommand('reindex', system.environment)
  expect(numbersIn(second.out)).toEqual([events + messages, 0, 0])
  expect(await bytesOf(redis)).toEqual(bytes)
})

const PAYLOAD = (customer: string) =>
  JSON.stringify({ type: 'customer.updated', data: { id: customer } })

/** A message and an event for each of so many customers. */
const seed = async (redis: Redis, count: number) => {
  const stores = storesOn(redis)
  const store = eventStoreOn(redis)
  const people = Array.from({ length: count }, () => randomUUID())
  const message = decided('order_confirmation')
  for (const customerId of people) {
    const recipient = { ...message.recipient, customerId }
    const fact = { customerId, kind: message.kind, fact: message.fact }
    const id = messageId(message.kind, message.fact, recipient)
    const write = await stores.messages.write(fact, [{ ...message, id, recipient }], null)
    await stores.compareAndSet([], [write])
    await store.settled(randomUUID(), PAYLOAD(customerId), {
      ...{ ignored: 'not_mapped', because: 'a test' },
    })
  }
  const eventIndex = store.index
  return { ...stores, people, events: store.events, eventIndex }
}

const reindexOf = (
  redis: Redis,
  { events, eventIndex, ...stores }: Awaited<ReturnType<typeof seed>>,
) => createReindex({ redis, ...stores, events, eventIndex })

test('a wrong label, a lost term and an entry without a record are mended, and nothing else', async () => {
  const seeded = await seed(redis, 20)
  const before = await contentsOf(redis)
  const { index, people, compareAndSet } = seeded
  const [one = '', two = ''] = people
  const { found } = await index.find(customerTerm(one), { limit: 1 })
  const [entry] = found
  if (!entry) throw new Error('nothing is found')
  const key = (rest: string) => `postern:{s:${entry.shard}}:messages:${rest}`
  await redis.setbit(key('bits:delivery:waiting:0'), entry.n, 0)
  await redis.setbit(key('bits:delivery:delivered:0'), entry.n, 1)
  expect(await index.dropTerms(customerKey(one), entry.n, [customerTerm(one)])).toBe(1)
  // A number of its own, and the record is nowhere.
  const n = await index.next(customerKey(two))
  const stale = { digest: Buffer.alloc(16, 9), at: Date.now(), labels: ['clicked'], terms: [] }
  await compareAndSet([], index.writes(customerKey(two), n, stale))

  const reindex = reindexOf(redis, seeded)
  expect(await reindex(false, async () => true)).toEqual(
    counted({ records: 40, repaired: 1, removed: 1 }),
  )
  expect((await index.find(customerTerm(one), { limit: 1 })).found).toEqual(found)
  expect((await index.list({ limit: 100 })).found).toHaveLength(20)
  expect(await index.size('clicked')).toBe(0)
  expect(await index.size('delivery:waiting')).toBe(20)
  expect(await index.size('delivery:delivered')).toBe(0)
  expect(await reindex(false, async () => true)).toEqual(counted({ records: 40 }))
  const labels = (contents: Record<string, unknown>) =>
    Object.keys(contents).filter((name) => name.includes(':bits:'))
  expect(labels(await contentsOf(redis))).toEqual(labels(before))
})

test('the list of suppressions has every address that is not mailed, and no other', async () => {
  const seeded = await seed(redis, 1)
  const suppressions = createSuppressions(redis, systemClock)
  const addresses = Array.from({ length: 60 }, (_, n) => `mara-${n}@example.com`)
  const origin = { message: null, provider: 'another system' }
  for (const [n, address] of addresses.entries())
    await suppressions.suppress(address, { because: 'bounced', at: 1_000 + n, origin })
  const [freed = '', lost = ''] = addresses
  await suppressions.release(freed, 'command')
  const list = createSuppressionList(redis)
  const whole = await list({ limit: 100 })
  expect(whole.found).toHaveLength(59)

  const listOf = (address: string) => suppressionListKey(shardOf(addressHash(address)))
  await redis.zrem(listOf(lost), addressHash(lost))
  await redis.zadd(listOf(freed), 5, addressHash(freed))
  const gone = addressHash('nobody@example.com')
  await redis.zadd(suppressionListKey(shardOf(gone)), 7, gone)
  const damaged = addressHash('damaged@example.com')
  await redis.set(suppressionKey(damaged), '{')

  const reindex = reindexOf(redis, seeded)
  const { unreadableKeys, ...counts } = await reindex(false, async () => true)
  expect(counts).toMatchObject({ records: 62, repaired: 2, removed: 1, unreadable: 1 })
  expect(unreadableKeys).toEqual([suppressionKey(damaged)])
  expect(await list({ limit: 100 })).toEqual(whole)
  expect(await reindex(false, async () => true)).toMatchObject({
    records: 62,
    repaired: 0,
    removed: 0,
  })
})

test('a record that cannot be read is named and skipped, keeps its entry, and the others are mended', async () => {
  const system = await startTestSystem()
  await system.close()
  const { index, eventIndex, ...seeded } = await seed(redis, 20)
  const messages = (await redis.keys('postern:{s:*}:msg:*')).toSorted()
  const events = (await redis.keys('postern:{s:*}:event:*')).toSorted()
  const [shapeless = '', ...otherMessages] = messages.slice(0, 3)
  const [list = '', ...otherEvents] = events.slice(0, 9)
  const damaged = [...otherMessages, ...otherEvents]
  const broken = [shapeless, list, ...damaged]
  await redis.set(shapeless, JSON.stringify({ n: 1, message: {} }))
  await redis.del(list)
  await redis.rpush(list, 'somebody else’s')
  for (const key of damaged) await redis.set(key, 'no record')
  const { found } = await index.list({ limit: 100 })
  for (const { shard, n } of found)
    await redis.setbit(`postern:{s:${shard}}:messages:bits:delivery:waiting:0`, n, 0)

  const counts = await reindexOf(redis, { ...seeded, index, eventIndex })(false, async () => true)
  const readable = messages.filter((key) => !broken.includes(key)).length
  expect({ ...counts, unreadableKeys: counts.unreadableKeys.length }).toEqual({
    ...{ records: 28, repaired: readable, removed: 0, unreadable: 12, unreadableKeys: 10 },
  })
  for (const key of counts.unreadableKeys) expect(broken).toContain(key)
  expect((await index.list({ limit: 100 })).found).toHaveLength(20)
  expect((await eventIndex.list({ limit: 100 })).found).toHaveLength(20)
  expect(await index.size('delivery:waiting')).toBe(readable)

  const { out, err, code } = await runCommand('reindex', { ...system.environment, REDIS_URL: url })
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/^28 records, \d+ entries repaired, 0 removed, \d+ seconds\n$/),
  ])
  const [first, ...rest] = err.trimEnd().split('\n')
  expect(first).toBe('12 records cannot be read. Their entries stay as they are:')
  expect(rest.slice(0, 10).every((line) => broken.includes(line.trim()))).toBe(true)
  expect(rest.slice(10)).toEqual([
    '  and 2 more',
    'docs/operations.md says what to do: "A search misses something".',
  ])
})

test('a message whose customer state is damaged counts as unreadable, in a run that an earlier release began', async () => {
  const seeded = await seed(redis, 2)
  const [customer = ''] = seeded.people
  await redis.set(customerSlot(customerKey(customer), 'state'), 'no record')
  // An earlier release had read all records, and did not count unreadable ones.
  const place = { counts: { records: 9, repaired: 0, removed: 0 }, keys: 9, walk: 0, n: 1 }
  await redis.set(REINDEX_KEY, JSON.stringify(place))
  const reindex = reindexOf(redis, seeded)
  expect(await reindex(false, async () => true)).toEqual(counted({ records: 9 }))
  const message = expect.stringMatching(/:msg:/)
  const counts = { records: 3, unreadable: 1, unreadableKeys: [message] }
  expect(await reindex(false, async () => true)).toEqual(counted(counts))
  expect((await seeded.index.list({ limit: 10 })).found).toHaveLength(2)
})

test('a run that is killed goes on where it was, and --restart begins anew', async () => {
  const system = await startTestSystem()
  await system.close()
  const { environment } = system
  const seeded = await seed(redis, 150)
  await dropIndexes(redis)
  let kill = () => {}
  let notes = 0
  const killing = await startProxy(url, {
    before: (sent) => {
      if (!sent.includes(REINDEX_KEY) || ++notes < 4) return 'passes'
      kill()
      return 'waits'
    },
  })
  const started = (end: () => void) => {
    kill = end
  }
  await spawnCommand('reindex', { ...environment, REDIS_URL: killing.url }, [], { started })
  const noted = JSON.parse((await redis.get(REINDEX_KEY)) ?? '')
  expect(noted.counts.records).toBeGreaterThan(0)
  expect(await redis.pttl(REINDEX_KEY)).toBeGreaterThan(0)

  const cursors: string[] = []
  const watching = await startProxy(url, {
    before: (sent) => {
      cursors.push(
        ...[...sent.matchAll(/scan\r\n\$\d+\r\n(\d+)/gi)].map(([, cursor = '']) => cursor),
      )
      return 'passes'
    },
  })
  const again = { ...environment, REDIS_URL: watching.url }
  const resumed = await runCommand('reindex', again)
  expect([noted.scan.cursor, cursors[0]]).toEqual([cursors[0], expect.stringMatching(/[1-9]/)])
  expect(numbersIn(resumed.out)[0]).toBeGreaterThanOrEqual(300)
  expect((await seeded.index.list({ limit: 500 })).found).toHaveLength(150)
  expect((await seeded.eventIndex.list({ limit: 500 })).found).toHaveLength(150)
  expect(await redis.exists(REINDEX_KEY)).toBe(0)

  await redis.set(REINDEX_KEY, JSON.stringify(noted))
  cursors.length = 0
  const anew = await runCommand('reindex', again, ['--restart'])
  expect([numbersIn(anew.out), cursors[0]]).toEqual([[300, 0, 0], '0'])
})

test('on three masters every record gets its entry', async () => {
  const urls = (await startCluster()).split(',')
  const cluster = (await connect({ urls }, 'ask', () => {})) as unknown as Redis
  onTestFinished(() => cluster.disconnect())
  const seeded = await seed(cluster, 60)
  const { found } = await seeded.index.list({ limit: 100 })
  expect(found).toHaveLength(60)
  for (const { shard } of found)
    for (const key of ['messages:bits:all:0', 'messages:log:0', 'messages:n', 'messages:times'])
      await cluster.del(`postern:{s:${shard}}:${key}`)
  expect((await seeded.index.list({ limit: 100 })).found).toHaveLength(0)
  const counts = await reindexOf(cluster, seeded)(false, async () => true)
  expect(counts).toEqual(counted({ records: 120, repaired: 60 }))
  expect((await seeded.index.list({ limit: 100 })).found).toHaveLength(60)
}, 60_000)

test('progress is a bar on a terminal, and a line every ten seconds elsewhere', async () => {
  const counts = counted({ records: 50, repaired: 2 })
  const shown = async (isTTY: boolean) => {
    const clock = stoppedClock()
    const written: string[] = []
    const reindex = async (
      _: boolean,
      goesOn: (now: typeof counts & { share: number }) => Promise<boolean>,
    ) => {
      for (let step = 1; step <= 4; step++) {
        clock.advance(5_000)
        await goesOn({ ...counts, share: step / 5 })
      }
      return counts
    }
    const screen = { isTTY, write: (text: string) => written.push(text) }
    const work = {
      state: 'done',
      share: 0,
      found: [],
      place: null,
      problems: [],
    } as unknown as Work
    const alone: Alone = async (_, perform) => {
      const { signal } = new AbortController()
      await performOn(screen, clock, perform)(work, async () => true, signal)
      return work
    }
    const { lines } = await createReindexing({ reindex, alone, clock })(false)
    return { written, lines }
  }
  const said = '50 records, 2 entries repaired, 0 removed'
  const lines = [`${said}, 20 seconds`]
  expect(await shown(false)).toEqual({ written: [`40 %: ${said}\n`, `80 %: ${said}\n`], lines })
  const bar = await shown(true)
  expect(bar.lines).toEqual(lines)
  expect(bar.written[1]).toBe(`\r[############..................] 40 %, ${said}`)
})
