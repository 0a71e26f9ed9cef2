// The addresses of a customer and its members, known by what stands for them: enough to notice whose links are in somebody
// else's hands.

import { addressHash } from '../runtime/address.ts'
import type { CustomerEvent, Event, MemberEvent } from '../polar/event.ts'
import {
  changedAt,
  isCorrected,
  isNewer,
  type Known,
  type KnownAddress,
  type KnownMember,
  memberIn,
} from './state.ts'

/** Members that are remembered, some 130 bytes each. Of a larger team's others a click alone finds out who they are now. */
export const MOST_MEMBERS = 200

/** That somebody's links are theirs no more; `address` is the one that they have instead. */
export type Move =
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
  because: Move['because'],
  spared: string | null,
) => Promise<unknown>

const addressTold = (
  email: string,
  dated: Parameters<typeof changedAt>[0],
  { occurredAt }: Event,
): KnownAddress => ({
  hash: addressHash(email),
  asOf: { changedAt: changedAt(dated, occurredAt), toldAt: occurredAt },
})

const isNews = (told: KnownAddress, before: KnownAddress | undefined) => {
  if (!before) return true
  return told.hash === before.hash
    ? told.asOf.changedAt > before.asOf.changedAt
    : isNewer(told.asOf, before.asOf)
}

/** Whether the address that a customer is shown with is another one by now: an event may be older than what is known. */
export const isOutdated = ({ address }: Known, email: string | null): boolean =>
  address !== undefined && email !== null && addressHash(email) !== address.hash

/** The one member that an individual has is themselves: its address changes with theirs, and no event of its own says so. */
const withoutSelf = (known: Known): Known => {
  const { members: _, ...rest } = known
  return rest
}

export const learnAddress = (known: Known, event: CustomerEvent): Known => {
  const { customer } = event
  if (!customer.email) return known
  const address = addressTold(customer.email, customer, event)
  if (!isNews(address, known.address)) return known
  const after = { ...known, address }
  return customer.type === 'individual' && isCorrected(known, after) ? withoutSelf(after) : after
}

/** Whoever has left makes room first. */
const withRoomFor = (id: string, known: Known): [string, KnownMember][] | null => {
  const others = Object.entries(known.members ?? {}).filter(([other]) => other !== id)
  if (others.length < MOST_MEMBERS) return others
  const gone = others.findIndex(([, member]) => 'isGone' in member)
  return gone < 0 ? null : others.toSpliced(gone, 1)
}

const withMember = (known: Known, id: string, member: KnownMember): Known => {
  const others = withRoomFor(id, known)
  return others ? { ...known, members: Object.fromEntries([...others, [id, member]]) } : known
}

const hasLeft = ({ type }: MemberEvent) => type === 'member.deleted'

export const learnMember = (known: Known, event: MemberEvent): Known => {
  const { member } = event
  const before = memberIn(known, member.id)
  if (known.deletedAt || (before && 'isGone' in before)) return known
  if (hasLeft(event)) return withMember(known, member.id, { isGone: true })
  if (!member.email) return known
  const told = addressTold(member.email, member, event)
  return isNews(told, before) ? withMember(known, member.id, told) : known
}

const BEFORE_ANYTHING_TOLD: KnownAddress['asOf'] = { changedAt: 0, toldAt: 0 }

/** Members who are mailed are known by that, should no event have told of them; whatever one tells is newer. */
export const learnRecipients = (
  known: Known,
  recipients: readonly { memberId: string | null; address: string }[],
): Known =>
  recipients.reduce((so, { memberId, address }) => {
    if (memberId === null || so.deletedAt || memberIn(so, memberId)) return so
    return withMember(so, memberId, { hash: addressHash(address), asOf: BEFORE_ANYTHING_TOLD })
  }, known)

const moveOfMember = (event: MemberEvent, before: Known, after: Known): Move | null => {
  const { id: memberId, email: address } = event.member
  const [was, is] = [memberIn(before, memberId), memberIn(after, memberId)]
  if (was && 'isGone' in was) return null
  if (hasLeft(event)) return { memberId, because: 'member_gone', address: null }
  const isMoved = was && is && 'hash' in is && was.hash !== is.hash
  return isMoved ? { memberId, because: 'address_changed', address } : null
}

/** What an event changes for those who have links, by what was known before it and is known with it. */
export const moveOf = (event: Event, before: Known, after: Known): Move | null => {
  if (after.deletedAt && !before.deletedAt)
    return { memberId: 'everybody', because: 'customer_gone', address: null }
  if (event.about === 'member') return moveOfMember(event, before, after)
  return isCorrected(before, after)
    ? { memberId: null, because: 'address_changed', address: event.customer.email }
    : null
}
