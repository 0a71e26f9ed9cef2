// Whether a message that was decided on is still true by the time it is sent.

import type { NotSent } from '../deliveries/delivery.ts'
import type { Message } from '../messages/message.ts'
import { aftermath } from './known.ts'
import type { EventStore } from './store.ts'

export const createOvertaken = (events: Pick<EventStore, 'known'>) => {
  /** Why a message is no longer wanted; `null` if it is. */
  return async (message: Message): Promise<NotSent | null> => {
    const { known } = await events.known(message.recipient.customerId)
    if (known.deletedAt) return 'customer_deleted'
    if (message.kind !== 'subscription_past_due' || message.subscriptionId === null) return null
    return aftermath(known, message.subscriptionId, message.content.pastDueAt)
  }
}
