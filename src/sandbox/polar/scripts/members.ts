// Members of a customer: added, changed and removed.

import { type MemberInput, member } from '../shapes/customer.ts'
import type { Member } from '../shapes/rows.ts'
import type { Ground } from './ground.ts'

/** The fields of a member that a merchant can change. */
type MemberChange = Partial<Pick<Member, 'name' | 'email' | 'role'>>

export const createMembers = (ground: Ground) => {
  const { world, stamp } = ground

  const add = (customerId: string, input: MemberInput) => {
    const added = world.addMember(member(stamp, customerId, { role: 'member', ...input }))
    return { memberId: added.id, event: ground.event('member.created', added) }
  }

  return {
    /** customer.updated, then member.created for each new member. The customer becomes its owner, with the same address. */
    becomeTeam: (customerId: string, members: MemberInput[] = []) => {
      const { customer } = ground.customer(customerId)
      const ownerId = world.ownerOf(customer)?.id
      const team = { ...customer, type: 'team' as const, modified_at: stamp() }
      world.customers.set(customerId, team)
      const added = members.map((input) => add(customerId, input))
      return {
        customerId,
        ownerId,
        memberIds: added.map(({ memberId }) => memberId),
        events: [ground.event('customer.updated', team), ...added.map(({ event }) => event)],
      }
    },

    /** member.created */
    addMember: (customerId: string, input: MemberInput = {}) => {
      const { memberId, event } = add(customerId, input)
      return { customerId, memberId, events: [event] }
    },

    /** member.updated. A replaced owner becomes a billing manager, without an event. */
    updateMember: (memberId: string, change: MemberChange) => {
      const before = ground.member(memberId)
      const changed = { ...before, modified_at: stamp(), ...change }
      const replaced = world
        .membersOf(before.customer_id)
        .filter(({ id, role }) => change.role === 'owner' && role === 'owner' && id !== memberId)
      for (const owner of replaced)
        world.members.set(owner.id, { ...owner, role: 'billing_manager', modified_at: stamp() })
      world.members.set(memberId, changed)
      return {
        customerId: before.customer_id,
        memberId,
        events: [ground.event('member.updated', changed)],
      }
    },

    /** member.deleted. The only owner stays, as at Polar. */
    removeMember: (memberId: string) => {
      const gone = ground.member(memberId)
      const owners = world.membersOf(gone.customer_id).filter(({ role }) => role === 'owner')
      if (gone.role === 'owner' && owners.length === 1)
        throw new Error('The simulated Polar keeps the only owner of a customer')
      world.removeMember(memberId)
      return {
        customerId: gone.customer_id,
        memberId,
        events: [ground.event('member.deleted', { ...gone, modified_at: stamp() })],
      }
    },
  }
}
