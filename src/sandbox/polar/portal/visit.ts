// Reads the session of a request to the portal.

import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Clock } from '../../../runtime/clock.ts'
import type { Sessions } from '../sessions.ts'
import type { World } from '../world.ts'

/** The token's parameter in Polar's URLs, and the other name that Polar accepts. */
const TOKEN = ['customer_session_token', 'member_session_token']

export const visitOf = (c: Context, clock: Clock, world: World, sessions: Sessions) => {
  const token = TOKEN.map((name) => c.req.query(name)).find((value) => value !== undefined)
  const found = token === undefined ? undefined : sessions.find(token)
  if (token === undefined || found === undefined) return undefined
  const { organization } = world
  const query = { customer_session_token: token, email: found.member.email }
  return {
    ...found,
    organization,
    now: clock.now(),
    /** Distinguishes sessions without showing the token. */
    digest: createHash('sha256').update(token).digest('hex').slice(0, 8),
    notice: c.req.query('notice'),
    /** Only an owner or billing manager sees orders. */
    mayBill: found.member.role !== 'member',
    /** A link inside the portal that stays signed in. */
    href: (path: string, notice?: string) => {
      const carried = new URLSearchParams({ ...query, ...(notice !== undefined && { notice }) })
      return `/${organization.slug}/portal${path}?${carried}`
    },
  }
}

export type Visit = NonNullable<ReturnType<typeof visitOf>>
