// Finds the scopes that the access token lacks. Polar has no call that lists them, and it checks scopes before anything else:
// so each is tried with a call that changes nothing, whatever the answer is.

import { randomUUID } from 'node:crypto'
import { acceptedScopes, type Caller, PolarRefusedError } from './call.ts'

/** The scopes that Postern uses. */
export const SCOPES = [
  'organizations:read',
  'customer_sessions:write',
  'orders:read',
  'subscriptions:read',
  'products:read',
  'customers:read',
  'members:read',
  'payments:read',
  'refunds:read',
  'events:read',
  'webhooks:read',
] as const

export type Scope = (typeof SCOPES)[number]

/** Without the scope, what Polar accepts instead. Empty if it names none. */
export type LackedScope = { scope: Scope; accepted: readonly string[] }

type Probe = { method: 'GET' | 'POST'; path: string; body?: unknown }

const list = (noun: string): Probe => ({ method: 'GET', path: `/v1/${noun}/?limit=1` })

/** Nobody has the random ids: with the scope, Polar answers 404 or 422. */
const probeOf = (scope: Scope): Probe => {
  if (scope === 'customer_sessions:write')
    return {
      ...{ method: 'POST', path: '/v1/customer-sessions/' },
      body: { customer_id: randomUUID() },
    }
  if (scope === 'members:read')
    return { method: 'GET', path: `/v1/customers/${randomUUID()}/members` }
  if (scope === 'webhooks:read') return { method: 'GET', path: '/v1/webhooks/endpoints?limit=1' }
  return list(scope.replace(':read', ''))
}

const DENIED = 403

export const createScopes = ({ sdk, request }: Caller) => ({
  /**
   * The scopes of `SCOPES` that the access token lacks.
   * @throws {PolarUnavailableError}
   * @throws {PolarRefusedError} with 401 where the token is not valid.
   */
  lackedScopes: async (): Promise<readonly LackedScope[]> => {
    const tried = await Promise.all(
      SCOPES.map(async (scope): Promise<LackedScope | null> => {
        const { method, path, body } = probeOf(scope)
        try {
          await request((options) => sdk.probe(method, path, body, options))
          return null
        } catch (error) {
          if (!(error instanceof PolarRefusedError) || error.status !== DENIED) throw error
          return { scope, accepted: acceptedScopes(error) }
        }
      }),
    )
    return tried.filter((lacked) => lacked !== null)
  },

  /**
   * Polar's time (ms), by a header of an answer; `null` if it has none.
   * @throws {PolarUnavailableError}
   * @throws {PolarRefusedError} with 401 or 403.
   */
  polarTime: (): Promise<number | null> =>
    request((options) => sdk.probe('GET', list('organizations').path, undefined, options)).then(
      ({ date }) => date,
    ),
})
