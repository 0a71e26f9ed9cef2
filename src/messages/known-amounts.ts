// The amounts of a subscription by events alone, for where Polar does not name them.

import type { Money } from '../../emails/index.ts'
import { type SubscriptionState, subscriptionIn } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Message } from './message.ts'

export const createKnownAmounts = (customers: Pick<CustomerStore, 'load'>) => {
  const stateOf = async (message: Message): Promise<SubscriptionState | undefined> => {
    const { state } = await customers.load(message.recipient.customerId, message.subscriptionId)
    return subscriptionIn(state, message.subscriptionId)
  }
  return {
    /** The amount that is owed for the open period. */
    due: async (message: Message): Promise<Money | null> => {
      const open = (await stateOf(message))?.openOrder
      return open ? { value: open.due, currency: open.currency } : null
    },
    /** The price of a period, before tax. */
    price: async (message: Message): Promise<Money | null> =>
      (await stateOf(message))?.snapshot?.price ?? null,
  }
}

export type KnownAmounts = ReturnType<typeof createKnownAmounts>
