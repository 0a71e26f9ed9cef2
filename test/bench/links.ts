// Stores links of many customers, as if an email with each had been accepted.

import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { createLinks } from '../../src/links/issue.ts'
import { slotOf } from '../../src/links/link.ts'
import { createLinkStore } from '../../src/links/store.ts'
import { createTokens } from '../../src/links/token.ts'
import { DAY, systemClock } from '../../src/runtime/clock.ts'
import { addressOf, customerId } from './polar/customers.ts'
import { LINK_SECRET, type Side } from './sides.ts'

/** Links in one write. */
const PORTION = 500

const requestOf = (n: number) => {
  const id = customerId(n)
  return {
    customerId: id,
    memberId: null,
    address: addressOf(id),
    language: null,
    target: `order:${randomUUID()}` as const,
  }
}

/** Stores a link for each of the customers 0 to `count` - 1, and resolves with their paths. */
export const makeLinks = async ({ url, redisUrl }: Side, count: number): Promise<string[]> => {
  const redis = new Redis(redisUrl, { enableAutoPipelining: true })
  const clock = systemClock
  const store = createLinkStore(redis, clock)
  const tokens = createTokens([LINK_SECRET])
  const { draft, writes, mailed, fillWith } = createLinks({
    ...{ store, tokens, publicUrl: url, ttl: 90 * DAY, clock },
    gatewayOf: async () => 'none',
  })
  const paths: string[] = []
  try {
    for (let from = 0; from < count; from += PORTION) {
      const portion = Array.from({ length: Math.min(PORTION, count - from) }, (_, i) => from + i)
      const drafts = await Promise.all(portion.map((n) => draft(`msg_click-${n}`, [requestOf(n)])))
      const links = drafts.flatMap((one) => one.links)
      const placeholders = drafts.flatMap((one) => one.placeholders)
      const noted = links.flatMap((link) => mailed(slotOf(link), [link.linkId], clock.now()))
      await Promise.all(
        [...writes(links), ...noted].map((write) => {
          const value = 'set' in write ? write.set : 'new' in write ? write.new : ''
          return redis.set(write.key, value)
        }),
      )
      for (const link of fillWith(placeholders, links)) paths.push(new URL(link).pathname)
    }
  } finally {
    redis.disconnect()
  }
  return paths
}
