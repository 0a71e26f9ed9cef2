// Reads a page of entries, and merges the shards by time. Within a shard the order is that of the numbers.

import type { Found } from './entries.ts'
import { isEmpty, type Numbers, type Range } from './numbers.ts'

/** Entries of a shard that are read at a time: more, and more again, while none of them belongs to the list. */
const AT_ONCE = { first: 50, most: 800 }

type PageOptions = {
  /** Candidates in a range of a shard, at most `limit`. */
  numbers: (shard: number, range: Range, limit: number) => Promise<Numbers>
  entries: (shard: number, numbers: readonly number[]) => Promise<Found[]>
  /** Which entries belong to the list. */
  accepts?: (entry: Found) => boolean
  ranges: readonly (Range & { shard: number })[]
  limit: number
}

/** `next` is where each shard goes on, in the order of the ranges. */
type Page = { found: Found[]; next: number[]; isLast: boolean }

export const readPage = async (options: PageOptions): Promise<Page> => {
  const { numbers, entries, accepts = () => true, ranges, limit } = options
  const shards = ranges.map((range) => ({ ...range, ready: [] as Found[] }))
  type Shard = (typeof shards)[number]

  /** Reads until an entry is ready, or the range is at its end. */
  const read = async (shard: Shard) => {
    let most = Math.min(limit + 1, AT_ONCE.first)
    while (shard.ready.length === 0 && !isEmpty(shard)) {
      const some = await numbers(shard.shard, shard, most)
      shard.ready = (await entries(shard.shard, some.numbers)).filter(accepts)
      shard.from = some.next
      most = Math.min(2 * most, AT_ONCE.most)
    }
  }

  /** The shard whose first entry comes next; of two at the same time, the one that is earlier in the list of shards. */
  const first = () =>
    shards.reduce<Shard | undefined>((best, shard) => {
      const [mine, other] = [shard.ready[0], best?.ready[0]]
      if (!mine) return best
      return !other || (mine.at - other.at) * shard.step < 0 ? shard : best
    }, undefined)

  const found: Found[] = []
  while (true) {
    await Promise.all(shards.map(read))
    const shard = first()
    if (!shard || found.length === limit) {
      const next = shards.map(({ ready, from }) => ready[0]?.n ?? from)
      return { found, next, isLast: !shard }
    }
    found.push(...shard.ready.splice(0, 1))
  }
}
