// Customer sessions, which live one hour from minting. Use does not extend them.

import { randomBytes, randomUUID } from 'node:crypto'
import { type Clock, HOUR, MINUTE } from '../../runtime/clock.ts'
import type { Member } from './shapes/rows.ts'
import type { World } from './world.ts'

const LIFE = HOUR
const CODE_LIFE = 30 * MINUTE

export type Session = {
  id: string
  token: string
  customer_id: string
  member_id: string
  /** The address of the member that is signed in. */
  email: string
  return_url: string | null
  created_at: string
  expires_at: string
  /** Made by the API with an access token, or by a code on the sign-in page. */
  via: 'api' | 'code'
}

type Code = { code: string; memberId: string; expiresAt: number }

// Without letters and digits that are easily confused.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export const createSessions = (clock: Clock, world: World) => {
  const sessions = new Map<string, Session>()
  const codes = new Map<string, Code>()

  const open = (member: Member, via: Session['via'], returnUrl: string | null = null): Session => {
    const now = clock.now()
    const session: Session = {
      id: randomUUID(),
      token: `polar_mst_${randomBytes(24).toString('base64url')}`,
      customer_id: member.customer_id,
      member_id: member.id,
      email: member.email,
      return_url: returnUrl,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + LIFE).toISOString(),
      via,
    }
    sessions.set(session.token, session)
    return session
  }

  return {
    open,
    /** The session of `token` with its customer and member; nothing if it has expired or one of them is gone. */
    find: (token: string) => {
      const session = sessions.get(token)
      if (session === undefined || Date.parse(session.expires_at) <= clock.now()) return undefined
      const member = world.members.get(session.member_id)
      const customer = world.customers.get(session.customer_id)
      if (member === undefined || customer === undefined || customer.deleted_at !== null)
        return undefined
      return { session, member, customer }
    },
    /** Newest first. */
    list: () => [...sessions.values()].reverse(),
    /** A sign-in code for this address; nothing if no member has it. */
    issueCode: (email: string): string | undefined => {
      const address = email.trim().toLowerCase()
      const member = memberWith(world, address)
      if (member === undefined) return undefined
      const code = [...randomBytes(6)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
      codes.set(address, { code, memberId: member.id, expiresAt: clock.now() + CODE_LIFE })
      return code
    },
    /** The valid code of this address, shown as a hint instead of an email. */
    currentCode: (email: string): string | undefined => {
      const issued = codes.get(email.trim().toLowerCase())
      return issued !== undefined && issued.expiresAt > clock.now() ? issued.code : undefined
    },
    /** A session for the right code. A code works once. */
    redeemCode: (email: string, code: string): Session | undefined => {
      const address = email.trim().toLowerCase()
      const issued = codes.get(address)
      if (issued === undefined || issued.expiresAt <= clock.now()) return undefined
      if (issued.code !== code.trim().toUpperCase()) return undefined
      const member = world.members.get(issued.memberId)
      codes.delete(address)
      return member && open(member, 'code')
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>

const memberWith = (world: World, address: string): Member | undefined => {
  for (const customer of world.customers.values()) {
    if (customer.deleted_at !== null) continue
    if (customer.type === 'individual') world.ownerOf(customer)
    const found = world.membersOf(customer.id).find(({ email }) => email.toLowerCase() === address)
    if (found !== undefined) return found
  }
  return undefined
}
