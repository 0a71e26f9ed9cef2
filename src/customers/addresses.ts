// The addresses of a customer and its members, known by what stands for them: enough to notice whose links are in somebody
// else's hands.

import type { CustomerEvent, Event, MemberEvent } from '../polar/event.ts'
import { addressHash } from '../runtime/address.ts'
import {
  type AddressState,
  type CustomerState,
  changedAt,
  isCorrected,
  isNewer,
  type MemberState,
  memberIn,
} from './state.ts'

/** Members that are remembered, some 130 bytes each. Of a larger team's others a click alone finds out who they are now. */
export const MOST_MEMBERS = 200

/** That somebody's links are theirs no more; `address` is the one that they have instead. */
export type AddressChange =
  | { memberId: string | null; because: 'address_changed'; address: string | null }
  | { memberId: string; because: 'member_gone'; address: null }
  | { memberId: 'everybody'; because: 'customer_gone'; address: null }

/**
 * Revokes the links that were mailed to a customer's own address (`memberId` null), to a member, or to everybody there. It
 * may be asked twice.
 * @param spared the address that they have now: a link that was mailed to it already is rightly theirs.
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
  hash: addressHash(email),
  asOf: { changedAt: changedAt(dated, occurredAt), occurredAt: occurredAt },
})

const isNews = (payload: AddressState, before: AddressState | undefined) => {
  if (!before) return true
  return payload.hash === before.hash
    ? payload.asOf.changedAt > before.asOf.changedAt
    : isNewer(payload.asOf, before.asOf)
}

/** Whether the address that a customer is shown with is another one by now: an event may be older than what is known. */
export const isOutdated = ({ address }: CustomerState, email: string | null): boolean =>
  address !== undefined && email !== null && addressHash(email) !== address.hash

/** The one member that an individual has is themselves: its address changes with theirs, and no event of its own says so. */
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

/** Whoever has left makes room first. */
const withRoomFor = (id: string, state: CustomerState): [string, MemberState][] | null => {
  const others = Object.entries(state.members ?? {}).filter(([other]) => other !== id)
  if (others.length < MOST_MEMBERS) return others
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

/** Members who are mailed are known by that, should no event have told of them; whatever one tells is newer. */
export const rememberRecipients = (
  state: CustomerState,
  recipients: readonly { memberId: string | null; address: string }[],
): CustomerState =>
  recipients.reduce((so, { memberId, address }) => {
    if (memberId === null || so.deletedAt || memberIn(so, memberId)) return so
    return withMember(so, memberId, { hash: addressHash(address), asOf: BEFORE_ANYTHING_TOLD })
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

/** What an event changes for those who have links, by what was known before it and is known with it. */
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
