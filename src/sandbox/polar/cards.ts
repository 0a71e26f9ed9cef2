// Simulates cards and charges.

import { randomUUID } from 'node:crypto'
import type { Stamp } from './instants.ts'
import type { Card, Order, Payment } from './shapes/rows.ts'
import type { Decline, World } from './world.ts'

export const INSUFFICIENT_FUNDS: Decline = {
  reason: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
}

const EXPIRED: Decline = { reason: 'expired_card', message: 'Your card has expired.' }

/** A card can be charged until its month is over. */
const isExpired = ({ method_metadata: { exp_year, exp_month } }: Card, now: string) =>
  Date.parse(now) >= Date.UTC(exp_year, exp_month)

/** A payment that failed and that Polar means to try again. */
export const isRetryable = (order: Order) =>
  order.status === 'pending' && order.next_payment_attempt_at !== null

export const createCards = (world: World, stamp: Stamp) => {
  /** Adds a card that works and makes it the default. */
  const add = (customerId: string, metadata: Partial<Card['method_metadata']> = {}): Card => {
    const at = stamp()
    const before = world.defaultCardOf(customerId)
    if (before !== undefined) world.cards.set(before.id, { ...before, is_default: false })
    const card: Card = {
      id: randomUUID(),
      created_at: at,
      modified_at: null,
      processor: 'stripe',
      customer_id: customerId,
      type: 'card',
      method_metadata: {
        brand: 'visa',
        last4: '4242',
        exp_month: 12,
        exp_year: new Date(at).getUTCFullYear() + 3,
        ...metadata,
      },
      is_default: true,
    }
    world.cards.set(card.id, card)
    const customer = world.customers.get(customerId)
    if (customer !== undefined) {
      world.customers.set(customerId, {
        ...customer,
        default_payment_method_id: card.id,
        modified_at: at,
      })
    }
    return card
  }

  const record = (
    order: Order,
    trigger: NonNullable<Payment['trigger']>,
    { brand, last4 }: Payment['method_metadata'],
    declined?: Decline,
  ) => {
    const payment: Payment = {
      created_at: stamp(),
      modified_at: null,
      id: randomUUID(),
      processor: 'stripe',
      status: declined === undefined ? 'succeeded' : 'failed',
      amount: order.due_amount,
      currency: order.currency,
      method: 'card',
      trigger,
      decline_reason: declined?.reason ?? null,
      decline_message: declined?.message ?? null,
      organization_id: world.organization.id,
      checkout_id: order.checkout_id,
      order_id: order.id,
      method_metadata: { brand, last4 },
    }
    world.payments.set(payment.id, payment)
  }

  /** Why the bank would decline a card now; `undefined` if the card works. */
  const declineOf = (card: Card): Decline | undefined =>
    world.declines.get(card.id) ?? (isExpired(card, stamp()) ? EXPIRED : undefined)

  return {
    add,
    declineOf,
    /** Makes the default card decline from now on. A customer without a card gets one that declines. */
    decline: (customerId: string, why: Decline = INSUFFICIENT_FUNDS) => {
      const card =
        world.defaultCardOf(customerId) ?? add(customerId, { brand: 'mastercard', last4: '0341' })
      world.declines.set(card.id, why)
    },
    /** Charges the default card for an order and records the payment. Returns the decline if it failed. */
    charge: (order: Order, trigger: NonNullable<Payment['trigger']>): Decline | undefined => {
      const card = world.defaultCardOf(order.customer_id)
      if (card === undefined) return { reason: 'no_card', message: 'There is no card on file.' }
      const declined = declineOf(card)
      record(order, trigger, card.method_metadata, declined)
      return declined
    },
    /**
     * Records a successful payment; the default card works from now on. A customer without a card pays with one that is not
     * kept. If nothing is due, there is no payment, and the card stays as it is.
     */
    collect: (order: Order, trigger: NonNullable<Payment['trigger']>) => {
      if (order.due_amount <= 0) return
      const card = world.defaultCardOf(order.customer_id)
      if (card !== undefined) world.declines.delete(card.id)
      record(order, trigger, card?.method_metadata ?? { brand: 'visa', last4: '4242' })
    },
  }
}

export type Cards = ReturnType<typeof createCards>
