// Sends a message again because an operator asks for it: as a new message about a fact of its own, to the address that Polar
// has now. The first message and its delivery stay as they are.

import type { Delivery } from '../deliveries/delivery.ts'
import type { PolarClient } from '../polar/client.ts'
import { messageId } from '../records/message-id.ts'
import type { CompareAndSet } from '../redis/compare-and-set.ts'
import type { Stage } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Suppression } from '../suppressions/store.ts'
import type { Message, Recipient } from './message.ts'
import { messagePriority } from './priority.ts'
import type { MessageStore } from './store.ts'

export type SentAgain =
  | { as: string; kind: Message['kind'] }
  | { not: 'no_such_message' | 'no_such_recipient' | 'no_address' }
  /** The message `id` is on its way or held: sending again now could send it twice. */
  | { not: 'unfinished'; id: string; state: Delivery['state'] }
  | { not: 'suppressed'; because: Suppression['because'] }

type SendAgainParts = {
  messages: MessageStore
  stateOf: (messageId: string) => Promise<Delivery['state'] | null>
  suppressionOf: (address: string) => Promise<Suppression | null>
  polar: Pick<PolarClient, 'customer' | 'members'>
  compareAndSet: CompareAndSet
  nudge: Stage['nudge']
  clock: Clock
}

const ENDED = new Set<Delivery['state']>(['accepted', 'not_sent', 'failed'])

export const createSendAgain = (parts: SendAgainParts) => {
  const { messages, stateOf, suppressionOf, polar, compareAndSet, nudge, clock } = parts

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

  /** The first free number for a repetition, and the latest message before it. */
  const nextOf = async (first: Message) => {
    for (let n = 1, last = first.id; ; n++) {
      const fact = `${first.fact}/again/${n}`
      const id = messageId(first.kind, fact, first.recipient)
      if (!(await messages.load(id))) return { fact, id, last }
      last = id
    }
  }

  /** @throws {PolarUnavailableError} when Polar cannot say who the recipient is now. */
  return async (id: string): Promise<SentAgain> => {
    const named = await messages.load(id)
    if (!named) return { not: 'no_such_message' }
    // Repetitions of a repetition count as repetitions of the first message.
    const first = named.resendOf ? ((await messages.load(named.resendOf)) ?? named) : named
    const next = await nextOf(first)
    const state = await stateOf(next.last)
    if (state !== null && !ENDED.has(state)) return { not: 'unfinished', id: next.last, state }

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
    }
    const { kind, fact } = message
    const { customerId } = first.recipient
    // Two commands at the same moment decide on the same fact; the second finds it decided.
    await compareAndSet([], [await messages.write({ customerId, kind, fact }, [message], null)])
    nudge(next.id, messagePriority(kind))
    return { as: next.id, kind: message.kind }
  }
}

export type SendAgain = ReturnType<typeof createSendAgain>
