// Sends a message again because an operator asks for it: as a new message about a fact of its own, to the address that Polar
// has now. Its email is composed anew, or is the same once more. The message before it stays as it is, and names the new one.

import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import type { DeliveryStore } from '../deliveries/store.ts'
import type { PolarClient } from '../polar/client.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { Stage } from '../redis/stage.ts'
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
  deliveries: Pick<DeliveryStore, 'load' | 'apply' | 'frozen'>
  suppressionOf: (address: string) => Promise<Suppression | null>
  polar: Pick<PolarClient, 'customer' | 'members'>
  nudge: Stage['nudge']
  clock: Clock
}

export const createSendAgain = (parts: SendAgainParts) => {
  const { messages, deliveries, suppressionOf, polar, nudge, clock } = parts
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

  /**
   * Writes the new message, and notes it in the one before it, in one step: a crash leaves both or neither, and of two
   * operators at the same moment one is refused.
   */
  const write = (message: Message, last: string): Promise<SentAgain> =>
    retryConflicts(async (): Promise<SentAgain | null> => {
      const { id, kind, fact, recipient } = message
      const { customerId } = recipient
      const before = await deliveries.load(last)
      // The customer may have been erased while Polar was asked.
      if (!before) return { not: 'no_such_message' }
      if (await messages.decided({ customerId, kind, fact })) return { not: 'again_already', id }
      const written = await messages.write({ customerId, kind, fact }, [message], null)
      const happening = { what: 'sent_again', at: message.plannedAt, as: id } as const
      const applied = await deliveries.apply(before, happening, { writes: [written] })
      return applied && { as: id, kind }
    })

  /** @throws {PolarUnavailableError} when Polar cannot say who the recipient is now. */
  return async (id: string, { same = false, after }: Wanted = {}): Promise<SentAgain> => {
    const named = await messages.load(id)
    if (!named) return { not: 'no_such_message' }
    const first = await firstOf(named)
    const next = await nextOf(first)
    if (after !== undefined && after !== next.last) return { not: 'again_already', id: next.last }
    const latest = (await deliveries.load(next.last))?.delivery
    if (latest && !hasEnded(latest))
      return { not: 'unfinished', id: next.last, state: latest.state }
    if (same && (await deliveries.frozen(named.id)) === null) return { not: 'not_kept' }

    const recipient = await today(first.recipient)
    if (!recipient) return { not: 'no_such_recipient' }
    if (recipient.address === null) return { not: 'no_address' }
    const suppression = await suppressionOf(recipient.address)
    if (suppression) return { not: 'suppressed', because: suppression.because }

    const message: Message = {
      ...first,
      id: next.id,
      fact: next.fact,
      plannedAt: clock.now(),
      recipient,
      resendOf: first.id,
      ...(same && { sameAs: named.id }),
    }
    const sent = await write(message, next.last)
    if ('as' in sent) nudge(sent.as, messagePriority(sent.kind))
    return sent
  }
}

export type SendAgain = ReturnType<typeof createSendAgain>
