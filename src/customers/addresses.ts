// Keeps a hash of each address of a customer and its members, so that a change of address or a departure revokes the links
// that were mailed there.

import type { CustomerEvent, Event, MemberEvent } from '../polar/event.ts'
import { addressDigest } from './digest.ts'
import {
  type AddressState,
  type CustomerState,
  changedAt,
  isCorrected,
  isNewer,
  type MemberState,
  memberIn,
} from './state.ts'

/** Members that are remembered, some 100 bytes each. For the others of a larger team, a click finds out who they are now. */
export const MAX_MEMBERS = 200

/** Links that must be revoked; `address` is the person's new one. */
export type AddressChange =
  | { memberId: string | null; because: 'address_changed'; address: string | null }
  | { memberId: string; because: 'member_gone'; address: null }
  | { memberId: 'everybody'; because: 'customer_gone'; address: null }

/**
 * Revokes the links that were mailed to a customer's own address (`memberId` null), to a member, or to everybody there. Safe
 * to repeat.
 * @param spared the person's new address: links that were mailed there stay.
 */
export type RevokeLinks = (
  of: { customerId: string; memberId: string | null },
  because: AddressChange['because'],
  spared: string | null,
) => Promise<unknown>

const addressTold = (
  email: string,
  dated: Parameters<typeof changedAt>[0],
  { occurredAt }: Event,
): AddressState => ({
  hash: addressDigest(email),
  asOf: { changedAt: changedAt(dated, occurredAt), occurredAt: occurredAt },
})

const isNews = (payload: AddressState, before: AddressState | undefined) => {
  if (!before) return true
  return payload.hash === before.hash
    ? payload.asOf.changedAt > before.asOf.changedAt
    : isNewer(payload.asOf, before.asOf)
}

/** Whether the address in an event is outdated: an event may be older than the state. */
export const isOutdated = ({ address }: CustomerState, email: string | null): boolean =>
  address !== undefined && email !== null && addressDigest(email) !== address.hash

/** The one member of an individual is the customer: its address changes with theirs, and no event of its own says so. */
const withoutSelf = (state: CustomerState): CustomerState => {
  const { members: _, ...rest } = state
  return rest
}

export const applyAddress = (state: CustomerState, event: CustomerEvent): CustomerState => {
  const { customer } = event
  if (!customer.email) return state
  const address = addressTold(customer.email, customer, event)
  if (!isNews(address, state.address)) return state
  const after = { ...state, address }
  return customer.type === 'individual' && isCorrected(state, after) ? withoutSelf(after) : after
}

/** Members who have left make room first. */
const withRoomFor = (id: string, state: CustomerState): [string, MemberState][] | null => {
  const others = Object.entries(state.members ?? {}).filter(([other]) => other !== id)
  if (others.length < MAX_MEMBERS) return others
  const gone = others.findIndex(([, member]) => 'isGone' in member)
  return gone < 0 ? null : others.toSpliced(gone, 1)
}

const withMember = (state: CustomerState, id: string, member: MemberState): CustomerState => {
  const others = withRoomFor(id, state)
  return others ? { ...state, members: Object.fromEntries([...others, [id, member]]) } : state
}

const hasLeft = ({ type }: MemberEvent) => type === 'member.deleted'

export const applyMember = (state: CustomerState, event: MemberEvent): CustomerState => {
  const { member } = event
  const before = memberIn(state, member.id)
  if (state.deletedAt || (before && 'isGone' in before)) return state
  if (hasLeft(event)) return withMember(state, member.id, { isGone: true })
  if (!member.email) return state
  const payload = addressTold(member.email, member, event)
  return isNews(payload, before) ? withMember(state, member.id, payload) : state
}

const BEFORE_ANYTHING_TOLD: AddressState['asOf'] = { changedAt: 0, occurredAt: 0 }

/** Remembers members who are mailed, although no event was about them. Any later event is newer. */
export const rememberRecipients = (
  state: CustomerState,
  recipients: readonly { memberId: string | null; address: string }[],
): CustomerState =>
  recipients.reduce((so, { memberId, address }) => {
    if (memberId === null || so.deletedAt || memberIn(so, memberId)) return so
    return withMember(so, memberId, { hash: addressDigest(address), asOf: BEFORE_ANYTHING_TOLD })
  }, state)

const memberAddressChange = (
  event: MemberEvent,
  before: CustomerState,
  after: CustomerState,
): AddressChange | null => {
  const { id: memberId, email: address } = event.member
  const [was, is] = [memberIn(before, memberId), memberIn(after, memberId)]
  if (was && 'isGone' in was) return null
  if (hasLeft(event)) return { memberId, because: 'member_gone', address: null }
  const isMoved = was && is && 'hash' in is && was.hash !== is.hash
  return isMoved ? { memberId, because: 'address_changed', address } : null
}

/** The links that an event makes necessary to revoke, by the state before and after it. */
export const addressChangeIn = (
  event: Event,
  before: CustomerState,
  after: CustomerState,
): AddressChange | null => {
  if (after.deletedAt && !before.deletedAt)
    return { memberId: 'everybody', because: 'customer_gone', address: null }
  if (event.about === 'member') return memberAddressChange(event, before, after)
  return isCorrected(before, after)
    ? { memberId: null, because: 'address_changed', address: event.customer.email }
    : null
}
