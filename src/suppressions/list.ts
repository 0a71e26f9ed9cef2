// Lists suppressions, newest first, a page at a time over all shards.

import type { RedisClient } from '../redis/connection.ts'
import { SHARDS } from '../redis/keys.ts'
import { InvalidCursorError } from '../redis/record-index.ts'
import { type Suppression, suppressionKey, suppressionListKey } from './store.ts'

/** A place in the list: a time in milliseconds, and the hash of an address. */
type Place = { at: number; hash: string }

export type ListedSuppression = { hash: string; suppression: Suppression }

type SuppressionPage = {
  found: ListedSuppression[]
  /** For the next page; `null`: nothing follows. */
  cursor: string | null
  /** How many there are in all. */
  total: number
}

/** At the same time, hashes in the order in which Redis has them. */
const newestFirst = (a: Place, b: Place) =>
  b.at - a.at || Number(a.hash < b.hash) - Number(a.hash > b.hash)

/** @throws {InvalidCursorError} */
const placeAt = (cursor: string): Place => {
  const [, at, hash] = /^(\d{1,15})\.([\w-]{43})$/.exec(cursor) ?? []
  if (!at || !hash) throw new InvalidCursorError('the cursor is not one of this list')
  return { at: Number(at), hash }
}

export const createSuppressionList = (
  redis: Pick<RedisClient, 'get' | 'zcard' | 'zcount' | 'zrange'>,
): ((page: { limit: number; cursor?: string | undefined }) => Promise<SuppressionPage>) => {
  const placesOn = async (shard: number, limit: number, after: Place | null): Promise<Place[]> => {
    const key = suppressionListKey(shard)
    const sameTime = after ? await redis.zcount(key, after.at, after.at) : 0
    const texts = await redis.zrange(
      ...([key, after?.at ?? '+inf', '-inf', 'BYSCORE', 'REV'] as const),
      ...(['LIMIT', 0, limit + sameTime, 'WITHSCORES'] as const),
    )
    return texts
      .flatMap((hash, n) => (n % 2 === 0 ? [{ hash, at: Number(texts[n + 1]) }] : []))
      .filter((place) => !after || newestFirst(after, place) < 0)
  }

  const load = async ({ hash }: Place): Promise<ListedSuppression[]> => {
    const text = await redis.get(suppressionKey(hash))
    return text === null ? [] : [{ hash, suppression: JSON.parse(text) as Suppression }]
  }

  return async ({ limit, cursor }) => {
    const after = cursor === undefined ? null : placeAt(cursor)
    const [all, sizes] = await Promise.all([
      Promise.all(SHARDS.map((shard) => placesOn(shard, limit + 1, after))),
      Promise.all(SHARDS.map((shard) => redis.zcard(suppressionListKey(shard)))),
    ])
    const places = all.flat().toSorted(newestFirst)
    const page = places.slice(0, limit)
    const last = page.at(-1)
    return {
      found: (await Promise.all(page.map(load))).flat(),
      cursor: last && places.length > limit ? `${last.at}.${last.hash}` : null,
      total: sizes.reduce((sum, size) => sum + size, 0),
    }
  }
}

export type SuppressionList = ReturnType<typeof createSuppressionList>
