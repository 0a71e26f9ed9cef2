// Says whether the links of a message are revoked, for somebody who looks at the message.

import { partsOfMessageId } from '../records/message-id.ts'
import type { LoadedRecord } from '../records/store.ts'
import type { RedisClient } from '../redis/connection.ts'
import { type MailedLinks, mailedLink, type Revoked, type Target } from './link.ts'
import { revocationsKey, revokedBy } from './revocations.ts'

/** A revocation of a message's links. `isOfAll`: none of them is alive. */
export type RevokedLinks = Revoked & { isOfAll: boolean }

type Mailed = {
  eventId: string | null
  target: Target
  recipient: { customerId: string; memberId: string | null; address: string; locale: string | null }
}

export const createRevokedLinks =
  (redis: Pick<RedisClient, 'hgetall'>) =>
  /** @returns `null` where no link is revoked, or there are none yet. */
  async (messageId: string, { parts }: LoadedRecord): Promise<RevokedLinks | null> => {
    const links = parts.links as MailedLinks | undefined
    if (!links) return null
    const message = parts.message as Mailed
    const { customer, recordId } = partsOfMessageId(messageId)
    const revocations = Object.entries(await redis.hgetall(revocationsKey(customer))).flat()
    const targets: Target[] = [message.target, 'overview']
    const found = targets.map((target) => {
      const claims = { ...message.recipient, recordId, target, createdAt: links.createdAt }
      return revokedBy(mailedLink(claims, links, message), revocations)
    })
    const revoked = found.find((one) => one !== null)
    return revoked ? { ...revoked, isOfAll: found.every((one) => one !== null) } : null
  }
