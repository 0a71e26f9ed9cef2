// Stores links of many customers, as if an email with each had been accepted.

import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { createTokens } from '../../src/links/token.ts'
import { messageId, partsOfMessageId } from '../../src/records/message-id.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { messageKey } from '../../src/records/store.ts'
import { DAY, SECOND } from '../../src/runtime/clock.ts'
import { addressOf, customerId } from './polar/customers.ts'
import { LINK_SECRET, type Side } from './sides.ts'

/** Links in one write. */
const PORTION = 500

/** A message to the customer `n`, with its link to an order. */
const messageTo = (n: number) => {
  const id = customerId(n)
  const recipient = { customerId: id, memberId: null, address: addressOf(id), locale: null }
  return { recipient, target: `order:${randomUUID()}` as const }
}

/** Stores a link for each of the customers 0 to `count` - 1, and resolves with their paths. */
export const makeLinks = async ({ redisUrl }: Side, count: number): Promise<string[]> => {
  const redis = new Redis(redisUrl, { enableAutoPipelining: true })
  const tokens = createTokens([LINK_SECRET])
  const now = Date.now()
  const common = { createdAt: Math.floor(now / SECOND), expiresAt: now + 90 * DAY }
  const links = { ...common, revision: 0, gateway: 'none', mailedAt: now }
  const paths: string[] = []
  try {
    for (let from = 0; from < count; from += PORTION) {
      const portion = Array.from({ length: Math.min(PORTION, count - from) }, (_, i) => from + i)
      await Promise.all(
        portion.map(async (n) => {
          const message = messageTo(n)
          const { recipient, target } = message
          const id = messageId('order_confirmation', `order/${n}`, recipient)
          await redis.set(messageKey(id), recordPacking.pack({ n: 0, message, links }))
          const { recordId } = partsOfMessageId(id)
          const { customerId, memberId } = recipient
          const claims = { recordId, customerId, memberId, target, createdAt: common.createdAt }
          paths.push(`/l/${tokens.sign(claims)}`)
        }),
      )
    }
  } finally {
    redis.disconnect()
  }
  return paths
}
