// Sends a message again because an operator asks for it: as a new message about a fact of its own, to the address that Polar
// has now. Its email is composed anew, or is the same once more. The first message and its delivery stay as they are.

import type { Delivery } from '../deliveries/delivery.ts'
import type { PolarClient } from '../polar/client.ts'
import type { CompareAndSet } from '../redis/compare-and-set.ts'
import type { Stage } from '../redis/stage.ts'
import type { Email } from '../resend/email.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Suppression } from '../suppressions/store.ts'
import type { Message, Recipient } from './message.ts'
import { messagePriority } from './priority.ts'
import { createRepetitions } from './repetitions.ts'
import type { MessageStore } from './store.ts'

/** The wishes of an operator. */
export type Wanted = {
  /** The email goes out as it was sent, rather than composed anew. */
  same?: boolean
  /** The latest message about it that the operator has seen. A request that comes twice finds a later one. */
  after?: string
}

export type SentAgain =
  | { as: string; kind: Message['kind'] }
  | { not: 'no_such_message' | 'no_such_recipient' | 'no_address' | 'not_kept' }
  /** It was sent again meanwhile, as the message `id`. */
  | { not: 'again_already'; id: string }
  /** The message `id` is on its way or held: sending again now could send it twice. */
  | { not: 'unfinished'; id: string; state: Delivery['state'] }
  | { not: 'suppressed'; because: Suppression['because'] }

type SendAgainParts = {
  messages: MessageStore
  stateOf: (messageId: string) => Promise<Delivery['state'] | null>
  /** The email of a message as it was sent; `null` once it is gone. */
  frozen: (messageId: string) => Promise<Email | null>
  suppressionOf: (address: string) => Promise<Suppression | null>
  polar: Pick<PolarClient, 'customer' | 'members'>
  compareAndSet: CompareAndSet
  nudge: Stage['nudge']
  clock: Clock
}

const ENDED = new Set<Delivery['state']>(['accepted', 'not_sent', 'failed'])

export const createSendAgain = (parts: SendAgainParts) => {
  const { messages, stateOf, frozen, suppressionOf, polar, compareAndSet, nudge, clock } = parts
  const { firstOf, nextOf } = createRepetitions(messages)

  /** The recipient as Polar has them now; `null` where they are gone. */
  const today = async (recipient: Recipient): Promise<Recipient | { address: null } | null> => {
    const { customerId, memberId } = recipient
    if (memberId !== null) {
      const member = (await polar.members(customerId)).find(({ id }) => id === memberId)
      return member ? { ...recipient, address: member.address, name: member.name } : null
    }
    const customer = await polar.customer({ id: customerId })
    if (!customer || customer.isDeleted) return null
    const { address, locale } = customer
    return address === null ? { address } : { ...recipient, address, locale }
  }

  /** @throws {PolarUnavailableError} when Polar cannot say who the recipient is now. */
  return async (id: string, { same = false, after }: Wanted = {}): Promise<SentAgain> => {
    const named = await messages.load(id)
    if (!named) return { not: 'no_such_message' }
    const first = await firstOf(named)
    const next = await nextOf(first)
    if (after !== undefined && after !== next.last) return { not: 'again_already', id: next.last }
    const state = await stateOf(next.last)
    if (state !== null && !ENDED.has(state)) return { not: 'unfinished', id: next.last, state }
    if (same && (await frozen(named.id)) === null) return { not: 'not_kept' }

    const recipient = await today(first.recipient)
    if (!recipient) return { not: 'no_such_recipient' }
    if (recipient.address === null) return { not: 'no_address' }
    const suppression = await suppressionOf(recipient.address)
    if (suppression) return { not: 'suppressed', because: suppression.because }

    // The customer may have been erased while Polar was asked.
    if (!(await messages.load(named.id))) return { not: 'no_such_message' }
    const message: Message = {
      ...first,
      id: next.id,
      fact: next.fact,
      plannedAt: clock.now(),
      recipient,
      resendOf: first.id,
      ...(same && { sameAs: named.id }),
    }
    const { kind, fact } = message
    const { customerId } = first.recipient
    const written = await compareAndSet(
      [],
      [await messages.write({ customerId, kind, fact }, [message], null)],
    )
    // Another request at the same moment decided on the same fact.
    if (written?.[0] !== true) return { not: 'again_already', id: next.id }
    nudge(next.id, messagePriority(kind))
    return { as: next.id, kind: message.kind }
  }
}

export type SendAgain = ReturnType<typeof createSendAgain>
