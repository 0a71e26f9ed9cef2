// Erases a customer: messages, emails as sent, links, clicks, events, suppressions, index entries and customer state. Once-only
// keys stay, and counts by day, which name nobody; so does the mark that the customer is deleted. Safe to repeat at any point.

import type { CustomerLifetimes } from '../customers/lifetimes.ts'
import type { Deleter } from '../customers/state.ts'
import type { Abandon } from '../deliveries/abandon.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { EventLifetimes } from '../events/lifetimes.ts'
import type { EventStore } from '../events/store.ts'
import type { LinkStore } from '../links/store.ts'
import { addressTerm } from '../messages/store.ts'
import type { Stores } from '../messages/stores.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { Due } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import type { Suppressions } from '../suppressions/store.ts'
import { eventsOf, messageAt, messagesOf, messagesWith } from './records-of.ts'

/** An erasure that could not be completed goes on after so long. */
const AGAIN = MINUTE

/** How many records went, and how many messages are being sent at this moment: those go when that is done. */
export type Erased = {
  messages: number
  links: number
  events: number
  suppressions: number
  beingSent: number
}

/** The records that an erasure leaves, for its report. */
export const KEPT = [
  'digests of what was mailed, so that nothing is mailed twice',
  'counts by day',
  'the mark that the customer is deleted',
  'the revocation of all links',
]

export type EraseParts = Pick<Stores, 'index' | 'list' | 'messages'> & {
  customerLifetimes: Pick<CustomerLifetimes, 'erase'>
  linkStore: Pick<LinkStore, 'eraseAll'>
  events: Pick<EventStore, 'load'>
  eventLifetimes: Pick<EventLifetimes, 'erase'>
  eventIndex: Pick<RecordIndex, 'find'>
  suppressions: Pick<Suppressions, 'erase'>
  /** Whether nobody sends a message any more, so that it may go. */
  abandon: Abandon
  /** Customers who are due to be erased. */
  erasures: Due
  clock: Clock
}

export const createErase = (parts: EraseParts) => {
  const { messages, customerLifetimes, linkStore, eventLifetimes, suppressions, erasures } = parts
  const { abandon, clock } = parts

  /** Whether another customer has been mailed at the address. */
  const isShared = async (address: string, customerId: string): Promise<boolean> => {
    for await (const { message } of messagesWith(parts, addressTerm(address))) {
      const { recipient } = message
      if (
        recipient.customerId !== customerId &&
        addressTerm(recipient.address) === addressTerm(address)
      )
        return true
    }
    return false
  }

  /** Comes before the first message to the address goes: after a crash nobody would know the address. */
  const eraseSuppression = async (address: string, customerId: string): Promise<boolean> =>
    !(await isShared(address, customerId)) && suppressions.erase(address)

  const eraseMessages = async (customerId: string) => {
    const erased = { messages: 0, suppressions: 0, beingSent: 0 }
    const addresses = new Set<string>()
    for await (const { found, message } of messagesOf(parts, customerId)) {
      const { address } = message.recipient
      if (!addresses.has(address) && (await eraseSuppression(address, customerId)))
        erased.suppressions++
      addresses.add(address)
      const outcome = await retryConflicts(async () => {
        const one = await messageAt(parts, found)
        if (!one) return 'gone'
        if (!(await abandon(one.record.parts.delivery as Delivery))) return 'being sent'
        return (await messages.erase(one)) ? 'erased' : null
      })
      if (outcome === 'erased') erased.messages++
      if (outcome === 'being sent') erased.beingSent++
    }
    return erased
  }

  const eraseEvents = async (customerId: string): Promise<number> => {
    let count = 0
    for await (const ref of eventsOf(parts, customerId))
      if (await eventLifetimes.erase(ref)) count++
    return count
  }

  /**
   * Erases what is kept about a customer by Polar's id, and makes sure that the rest follows.
   * @param by who asks for it; absent where it was asked for before, or Polar has deleted the customer.
   */
  return async (customerId: string, by?: Deleter): Promise<Erased> => {
    // If this process ends on the way, another goes on.
    const again = clock.now() + AGAIN
    await erasures.at(customerId, again, 'high')
    await customerLifetimes.erase(customerId, by)
    const links = await linkStore.eraseAll(customerKey(customerId))
    const erased = await eraseMessages(customerId)
    const report = { ...erased, links, events: await eraseEvents(customerId) }
    if (report.beingSent === 0) await erasures.doneUnlessMoved(customerId, again)
    return report
  }
}

export type Erase = ReturnType<typeof createErase>
