// The team's list of suppressions at the simulated Resend: addresses that bounced for good or complained.

import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import { answer, problem } from './answers.ts'

type Origin = 'bounce' | 'complaint' | 'manual'

type Suppression = {
  id: string
  email: string
  origin: Origin
  source_id: string | null
  created_at: string
}

const UNKNOWN = problem(404, 'not_found', 'Suppression not found')

export const createSuppressionList = (clock: Clock) => {
  const byEmail = new Map<string, Suppression>()

  /** By its id or its address. */
  const find = (idOrEmail: string): Suppression | undefined =>
    byEmail.get(idOrEmail.toLowerCase()) ?? [...byEmail.values()].find(({ id }) => id === idOrEmail)

  return {
    has: (email: string) => byEmail.has(email),
    /** @param email in lower case. @param source the email that caused it. */
    add: (email: string, origin: Origin, source: string | null) => {
      if (byEmail.has(email)) return
      const created_at = new Date(clock.now()).toISOString()
      byEmail.set(email, { id: randomUUID(), email, origin, source_id: source, created_at })
    },
    addresses: () => [...byEmail.keys()],
    routes: new Hono()
      .get('/suppressions/:id', (c) => {
        const found = find(c.req.param('id'))
        return found ? c.json({ object: 'suppression', ...found }) : answer(c, UNKNOWN)
      })
      .delete('/suppressions/:id', (c) => {
        const found = find(c.req.param('id'))
        if (!found) return answer(c, UNKNOWN)
        byEmail.delete(found.email)
        return c.json({ object: 'suppression', id: found.id, deleted: true })
      }),
  }
}

export type SuppressionList = ReturnType<typeof createSuppressionList>
