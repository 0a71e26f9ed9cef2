// Messages in Redis: one record each, and for each business fact its recipients, decided once.

import type { Kind } from '../../emails/index.ts'
import type { Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, customerSlot } from '../redis/keys.ts'
import { customerKeyOf, factDigest, isMessageId, type Message, type Recipient } from './message.ts'

export const createMessageStore = (redis: RedisClient) => {
  const messageKey = (id: string) => customerSlot(customerKeyOf(id), 'message', id)
  const factKey = (customerId: string, kind: Kind, fact: string) =>
    customerSlot(customerKey(customerId), 'fact', factDigest(kind, fact))

  return {
    keyOf: messageKey,
    /** `null` where there is no such message, or the text is no message id. */
    load: async (id: string): Promise<Message | null> => {
      if (!isMessageId(id)) return null
      const found = await redis.get(messageKey(id))
      return found === null ? null : (JSON.parse(found) as Message)
    },
    /** The recipients of a fact; `null` if the fact is new. */
    recipients: async (
      customerId: string,
      kind: Kind,
      fact: string,
    ): Promise<Recipient[] | null> => {
      const found = await redis.get(factKey(customerId, kind, fact))
      return found === null ? null : (JSON.parse(found) as Recipient[])
    },
    /** The writes that record a fact, its recipients and their messages, on the customer's slot. */
    writes: (
      customerId: string,
      kind: Kind,
      fact: string,
      recipients: Recipient[],
      messages: Message[],
    ): Write[] => [
      { key: factKey(customerId, kind, fact), new: JSON.stringify(recipients) },
      ...messages.map((message) => ({ key: messageKey(message.id), new: JSON.stringify(message) })),
    ],
  }
}

export type MessageStore = ReturnType<typeof createMessageStore>
