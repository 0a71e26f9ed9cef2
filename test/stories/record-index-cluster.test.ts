// The index of records on a Redis Cluster: the writes of an entry lie on one slot, and every read asks each shard's own node.

import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/redis/connection.ts'
import { shardOf } from '../../src/redis/keys.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { startCluster } from '../support/cluster.ts'
import { createTestIndex, namesOf, SHARD_IDS, START, walk } from '../support/record-index.ts'

test('entries are written, found, listed, counted and dropped on three masters', async () => {
  const urls = (await startCluster()).split(',')
  const redis = await connect({ urls }, 'ask', () => {})
  onTestFinished(() => redis.disconnect())
  const index = createTestIndex(redis)

  const names = Array.from({ length: 64 }, (_, n) => `record-${n}`)
  for (const [n, name] of names.entries()) {
    const id = SHARD_IDS[n % SHARD_IDS.length] as string
    await index.add(name, id, { at: START + n * MINUTE, labels: ['red'], terms: [name, 'all'] })
    await index.write(index.count(id, START, ['sent']))
  }
  const newest = names.toReversed()
  const listed = await walk((cursor) => index.list({ label: 'red', limit: 10, cursor }))
  expect(namesOf(listed.flat(), names)).toEqual(newest)
  const found = await walk((cursor) => index.find('all', { limit: 10, cursor }))
  expect(namesOf(found.flat(), names)).toEqual(newest)
  const some = await index.list({ from: START + 5 * MINUTE, until: START + 9 * MINUTE, limit: 10 })
  expect(namesOf(some.found, names)).toEqual(names.slice(5, 9).toReversed())
  expect(await index.counts('2026-01-01', '2026-01-01')).toEqual({ '2026-01-01': { sent: 64 } })

  const [id = ''] = SHARD_IDS
  const shard = shardOf(id)
  expect((await index.range(shard, 1, 10)).found).toHaveLength(4)
  await index.write([...index.remove(id, 1, ['red']), ...index.relabel(id, 2, ['red'], ['blue'])])
  expect((await index.list({ label: 'blue', limit: 10 })).found).toMatchObject([{ shard, n: 2 }])
  expect(await index.dropTerms(id, 1, ['record-0', 'all'])).toBe(2)
  expect(await index.compactTerms(shard, 0)).toBe(2)
  await redis.set(`postern:{s:${shard}}:messages:n`, 4_000)
  await index.add('later', id, { at: START + DAY })
  await index.dropBefore(shard, 4_001)
  expect((await index.range(shard, 1, 10)).found).toMatchObject([{ n: 4_001 }])
  expect((await index.list({ limit: 100 })).found).toHaveLength(61)
}, 60_000)
