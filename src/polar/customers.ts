// Reads customers from Polar. Answers are validated strictly, because a link to the named
// customer's portal is made from them.

import { errors } from '@polar-sh/sdk/2026-10'
import { type Caller, DEFAULT_TIMEOUT, PolarRefusedError, throwAsUnavailable } from './call.ts'

export type Customer = {
  id: string
  /** `null` for a team without an address. */
  address: string | null
  /** A language tag from the merchant or the checkout; it may be any text. */
  locale: string | null
  isTeam: boolean
  isDeleted: boolean
}

/** Names a customer by Polar's id or by the merchant's own. */
export type CustomerRef = { id: string } | { externalId: string }

/** Rejects ids that would change the URL's path or cannot be encoded. */
const INVALID_ID = /^\.{0,2}$|\p{Surrogate}/u

const isNotFound = (error: unknown): boolean => {
  const cause = error instanceof PolarRefusedError ? error.cause : undefined
  // A proxy between us and Polar may answer 404 too, with another body.
  if (cause instanceof errors.ResourceNotFound) return cause.error?.error === 'ResourceNotFound'
  return cause instanceof errors.HTTPValidationError
}

const isSameCustomer = (ref: CustomerRef, answer: { id: unknown; external_id?: unknown }) =>
  'id' in ref
    ? typeof answer.id === 'string' && answer.id.toLowerCase() === ref.id.toLowerCase()
    : answer.external_id === ref.externalId

const optionalText = (value: unknown): string | null => {
  if (value != null && typeof value !== 'string') throw new TypeError('not a text')
  return value || null
}

export const createCustomers = ({ sdk, request }: Caller) => ({
  /**
   * A customer in the shape of Polar's events; `null` if there is none.
   * @throws {PolarUnavailableError}
   */
  customerObject: (id: string): Promise<unknown> =>
    request((options) => sdk.customers.get(id, options)).catch((error: unknown) =>
      isNotFound(error) ? null : throwAsUnavailable(error),
    ),

  /**
   * Reads a customer; `null` if Polar says that it does not exist, is deleted, or that the id is
   * malformed.
   * @throws {PolarUnavailableError} also for an answer about another customer, and if several of
   * the merchant's organizations have a customer with this external id. The merchant must resolve
   * that at Polar.
   */
  customer: async (ref: CustomerRef, timeoutMs = DEFAULT_TIMEOUT): Promise<Customer | null> => {
    if (INVALID_ID.test('id' in ref ? ref.id : ref.externalId)) return null
    try {
      return await request(async (options) => {
        const answer = await ('id' in ref
          ? sdk.customers.get(ref.id, options)
          : sdk.customers.getExternal(ref.externalId, options))
        const { id } = answer
        if (!isSameCustomer(ref, answer) || typeof id !== 'string' || id === '')
          throw new TypeError('another customer')
        return {
          id,
          address: optionalText(answer.email),
          locale: typeof answer.locale === 'string' && answer.locale ? answer.locale : null,
          isTeam: answer.type === 'team',
          isDeleted: answer.deleted_at != null,
        }
      }, timeoutMs)
    } catch (error) {
      return isNotFound(error) ? null : throwAsUnavailable(error)
    }
  },
})
