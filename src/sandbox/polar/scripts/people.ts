// Customers that are created, changed and deleted, and changes of the merchant.

import type { CustomerInput } from '../shapes/customer.ts'
import type { Organization, PolarEvent } from '../shapes/rows.ts'
import type { CustomerChoice, Ground, Script } from './ground.ts'

export const createPeople = (ground: Ground, revoke: (subscriptionId: string) => Script) => {
  const { world, stamp } = ground

  return {
    /** customer.created, then member.created for each member. */
    welcome: (choice: Exclude<CustomerChoice, string> = {}) => {
      const { customer, events } = ground.customer(choice)
      const announced =
        customer.type === 'team' ? events : [ground.event('customer.created', customer), ...events]
      const memberIds = world.membersOf(customer.id).map(({ id }) => id)
      return { customerId: customer.id, memberIds, events: announced }
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
      return { customerId, events: [ground.event('customer.updated', changed)] }
    },

    /** member.deleted for each member, customer.deleted, then the end of every subscription that was still billed. */
    deleteCustomer: (customerId: string) => {
      const now = stamp()
      const { customer } = ground.customer(customerId)
      const deleted = { ...customer, modified_at: now, deleted_at: now }
      world.customers.set(customerId, deleted)
      const removals = world.membersOf(customerId).map((member) => {
        world.removeMember(member.id)
        return ground.event('member.deleted', { ...member, modified_at: now })
      })
      const events: PolarEvent[] = [...removals, ground.event('customer.deleted', deleted)]
      for (const of of world.subscriptionsOf(customerId)) {
        if (of.ended_at === null) events.push(...revoke(of.id).events)
      }
      return { customerId, events }
    },

    /** organization.updated */
    updateOrganization: (change: Partial<Organization>) => {
      world.changeOrganization({ modified_at: stamp(), ...change })
      const { organization } = world
      return {
        organizationId: organization.id,
        events: [ground.event('organization.updated', organization)],
      }
    },
  }
}
