// The caches that may hold many entries.

import { LRUCache } from 'lru-cache'
import { expect, test } from 'vitest'
import { upTo } from '../../src/runtime/cache.ts'

const cacheUpTo = (entries: number) => new LRUCache<string, true>(upTo(entries))

test('a cache keeps as many entries as it may, those used last', () => {
  const cache = cacheUpTo(3)
  for (const name of ['a', 'b', 'c']) cache.set(name, true)
  cache.get('a')
  for (const name of ['d', 'd', 'e']) cache.set(name, true)
  expect([...cache.keys()].toSorted()).toEqual(['a', 'd', 'e'])
})

test('an empty cache takes no memory for the entries to come', () => {
  const before = process.memoryUsage().heapUsed
  const caches = Array.from({ length: 100 }, () => cacheUpTo(100_000))
  const each = (process.memoryUsage().heapUsed - before) / caches.length
  expect(each).toBeLessThan(100_000)
})
