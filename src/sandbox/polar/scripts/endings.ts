// Subscriptions that are cancelled, kept after all, or over; customers that change or go.

import type { CustomerInput } from '../shapes/customer.ts'
import type { PolarEvent, Subscription } from '../shapes/rows.ts'
import type { CustomerChoice, Ground } from './ground.ts'

const nothing = () => {}

export const createEndings = (ground: Ground) => {
  const { world, stamp } = ground

  const tell = (subscriptionId: string, ...verbs: string[]) => ({
    customerId: ground.subscription(subscriptionId).customer_id,
    subscriptionId,
    events: verbs.map((verb) => ground.ofSubscription(verb, subscriptionId)),
    afterwards: nothing,
  })

  const over = (of: Subscription) => {
    const now = stamp()
    ground.changeSubscription(of.id, {
      status: 'canceled',
      canceled_at: of.canceled_at ?? now,
      ends_at: of.ends_at ?? now,
      ended_at: now,
    })
    return tell(of.id, 'updated', 'canceled', 'revoked')
  }

  return {
    /** At the end of the period: subscription.updated → .canceled, still active. */
    cancel: (subscriptionId: string) => {
      const { current_period_end } = ground.subscription(subscriptionId)
      ground.changeSubscription(subscriptionId, {
        cancel_at_period_end: true,
        canceled_at: stamp(),
        ends_at: current_period_end,
      })
      return tell(subscriptionId, 'updated', 'canceled')
    },

    /** subscription.updated → .uncanceled */
    uncancel: (subscriptionId: string) => {
      const keep = { cancel_at_period_end: false, canceled_at: null, ends_at: null }
      ground.changeSubscription(subscriptionId, keep)
      return tell(subscriptionId, 'updated', 'uncanceled')
    },

    /** At once, or the end of a cancelled period: subscription.updated → .canceled → .revoked */
    end: (subscriptionId: string) => over(ground.subscription(subscriptionId)),

    /** The last retry failed: subscription.updated → .canceled → .revoked → order.updated (void) */
    giveUp: (orderId: string) => {
      const { subscription_id } = ground.order(orderId)
      const ended = over(ground.subscription(subscription_id ?? ''))
      ground.changeOrder(orderId, { status: 'void', next_payment_attempt_at: null })
      return { ...ended, orderId, events: [...ended.events, ground.ofOrder('updated', orderId)] }
    },

    /** customer.created, then member.created for each member. */
    welcome: (choice: Exclude<CustomerChoice, string> = {}) => {
      const { customer, events } = ground.customer(choice)
      const announced =
        customer.type === 'team' ? events : [ground.event('customer.created', customer), ...events]
      const memberIds = world.membersOf(customer.id).map(({ id }) => id)
      return { customerId: customer.id, memberIds, events: announced, afterwards: nothing }
    },

    /** customer.updated. A new address of an individual is the owner's too. */
    updateCustomer: (customerId: string, change: CustomerInput) => {
      const { customer } = ground.customer(customerId)
      const changed = { ...customer, modified_at: stamp(), ...change }
      world.customers.set(customerId, changed)
      const owner = world.membersOf(customerId).find(({ role }) => role === 'owner')
      if (owner !== undefined && changed.type === 'individual' && changed.email !== null) {
        world.members.set(owner.id, { ...owner, email: changed.email })
      }
      return {
        customerId,
        events: [ground.event('customer.updated', changed)],
        afterwards: nothing,
      }
    },

    /** customer.deleted, then the end of every subscription that was still billed. */
    deleteCustomer: (customerId: string) => {
      const now = stamp()
      const { customer } = ground.customer(customerId)
      const deleted = { ...customer, modified_at: now, deleted_at: now }
      world.customers.set(customerId, deleted)
      const events: PolarEvent[] = [ground.event('customer.deleted', deleted)]
      for (const of of world.subscriptionsOf(customerId)) {
        if (of.ended_at === null) events.push(...over(of).events)
      }
      return { customerId, events, afterwards: nothing }
    },
  }
}
