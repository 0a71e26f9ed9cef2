// The id of a message: `msg_`, the customer's key (22 characters), and a digest of kind, fact and recipient (22). So the id
// says where the message's record is.

import { createHash } from 'node:crypto'
import { customerKey } from '../redis/keys.ts'

const digest = (...parts: string[]) =>
  createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16).toString('base64url')

/** The person whom a message is for. */
type Recipient = { customerId: string; memberId: string | null }

/** The id of the message with this digest. `customer` is a `customerKey`. */
export const messageIdOf = (customer: string, recordId: string) => `msg_${customer}${recordId}`

/** The same for the same kind, fact and recipient (a customer's or a member's id, never an address). */
export const messageId = (kind: string, fact: string, { customerId, memberId }: Recipient) =>
  messageIdOf(customerKey(customerId), digest(kind, fact, memberId ?? customerId))

const MESSAGE_ID = /^msg_([\w-]{22})([\w-]{22})$/

export const isMessageId = (text: string): boolean => MESSAGE_ID.test(text)

/** The customer's key and the record's id in a message id; `null` for any other text. */
export const readMessageId = (text: string): { customer: string; recordId: string } | null => {
  const [, customer, recordId] = MESSAGE_ID.exec(text) ?? []
  return customer && recordId ? { customer, recordId } : null
}

/**
 * The same for a text that must be a message id.
 * @throws {Error} for any other text, so that no key is ever made of it.
 */
export const partsOfMessageId = (id: string) => {
  const parts = readMessageId(id)
  if (!parts) throw new Error('not a message id')
  return parts
}

/** The key of the customer whom a message belongs to. */
export const customerKeyOf = (id: string): string => partsOfMessageId(id).customer

/** Eight bytes that stand for a business fact in the once-only keys of its customer's shard. */
export const factDigest = (customerId: string, kind: string, fact: string): Buffer =>
  createHash('sha256').update([customerId, kind, fact].join('\n')).digest().subarray(0, 8)
