// Suppressions as operators see and release them. Only a hash of an address is stored, so the address is shown from the message
// that caused the suppression, as long as its record lives.

import type { Kind } from '../../emails/index.ts'
import type { Message } from '../messages/message.ts'
import type { MessageStore } from '../messages/store.ts'
import { addressHash } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import { scrub } from '../runtime/scrub.ts'
import type { Lift, Lifted } from '../suppressions/lift.ts'
import type { ListedSuppression, SuppressionList } from '../suppressions/list.ts'
import { endOf, type Suppressions } from '../suppressions/store.ts'
import type { NoteAct } from './actions.ts'

/** Suppressions on a page. */
const SHOWN = 50

export type ShownSuppression = ListedSuppression & {
  /** `null` where no message of ours is known to have been sent to it. */
  recipient: Pick<Message['recipient'], 'address' | 'customerId'> | null
  /** The kind of the message that caused it, while that is kept. */
  kind: Kind | null
  /** It has ended by itself: the next message to the address is tried. */
  isOver: boolean
}

type OperatorSuppressionsParts = {
  list: SuppressionList
  suppressions: Pick<Suppressions, 'inForce' | 'releaseHash'>
  messages: Pick<MessageStore, 'load'>
  lift: Lift
  note: NoteAct
  clock: Pick<Clock, 'now'>
}

/** An address as an operator names it, or its hash as the list has it. */
export type Named = { address: string } | { hash: string }

export const createOperatorSuppressions = (parts: OperatorSuppressionsParts) => {
  const { list, suppressions, messages, lift, note, clock } = parts

  const causeOf = async ({ hash, suppression }: ListedSuppression) => {
    const { message: id } = suppression.origin
    const message = id === null ? null : await messages.load(id)
    const isRecipient = message !== null && addressHash(message.recipient.address) === hash
    return { kind: message?.kind ?? null, recipient: isRecipient ? message.recipient : null }
  }

  const shown = async (listed: ListedSuppression): Promise<ShownSuppression> => ({
    ...listed,
    ...(await causeOf(listed)),
    isOver: endOf(listed.suppression) <= clock.now(),
  })

  /** Where nobody knows the address any more, Resend cannot be asked about it. */
  const releaseHash = async (hash: string): Promise<Lifted | null> => {
    const suppression = await suppressions.inForce(hash)
    const { recipient } = suppression ? await causeOf({ hash, suppression }) : { recipient: null }
    if (recipient) return lift(recipient.address, 'console')
    const released = await suppressions.releaseHash(hash, 'console')
    return released && { suppression: released, atResend: 'not_asked' }
  }

  return {
    /** @throws {InvalidCursorError} */
    page: async (cursor: string | undefined) => {
      const { found, ...page } = await list({ limit: SHOWN, cursor })
      return { ...page, rows: await Promise.all(found.map(shown)) }
    },
    /** The suppression in force of the address that a message was for; `null` where there is none, or no such message. */
    ofMessage: async (id: string): Promise<ShownSuppression | null> => {
      const message = await messages.load(id)
      const hash = message && addressHash(message.recipient.address)
      const suppression = hash && (await suppressions.inForce(hash))
      if (!suppression) return null
      const { kind } = await causeOf({ hash, suppression })
      return { hash, suppression, kind, recipient: message.recipient, isOver: false }
    },
    /** @returns `null` where the address is not suppressed. */
    release: (named: Named, reason: string): Promise<Lifted | null> =>
      note.perform({ action: 'suppression released' }, async () => {
        const lifted =
          'hash' in named ? await releaseHash(named.hash) : await lift(named.address, 'console')
        if (!lifted) return null
        const { because, origin } = lifted.suppression
        const about = { message: origin.message, because, reason: scrub(reason) }
        await note.result({ act: 'suppression released', ...about })
        return lifted
      }),
  }
}

export type OperatorSuppressions = ReturnType<typeof createOperatorSuppressions>
