// Customers as Polar knows them now. Answers are read with suspicion: whoever they name is let into a portal.

import { errors } from '@polar-sh/sdk/2026-10'
import { type Caller, orLater, PATIENCE, PolarRefusedError } from './call.ts'

export type Customer = {
  id: string
  /** `null` for a team that has none of its own. */
  address: string | null
  /** A language tag; the merchant's or the checkout's, so any text. */
  locale: string | null
  isTeam: boolean
  isDeleted: boolean
}

/** A customer by Polar's id, or by the merchant's own. */
export type CustomerRef = { id: string } | { externalId: string }

/** In a path these would lead elsewhere, or are not to be written at all: nobody is called so. */
const NO_ID = /^\.{0,2}$|\p{Surrogate}/u

const saysThereIsNone = (error: unknown): boolean => {
  const cause = error instanceof PolarRefusedError ? error.cause : undefined
  // Whoever stands between us and Polar may answer 404 as well, in other words.
  if (cause instanceof errors.ResourceNotFound) return cause.error?.error === 'ResourceNotFound'
  return cause instanceof errors.HTTPValidationError
}

const isAskedFor = (ref: CustomerRef, told: { id: unknown; external_id?: unknown }) =>
  'id' in ref
    ? typeof told.id === 'string' && told.id.toLowerCase() === ref.id.toLowerCase()
    : told.external_id === ref.externalId

const textOrNone = (value: unknown): string | null => {
  if (value != null && typeof value !== 'string') throw new TypeError('not a text')
  return value || null
}

export const createCustomers = ({ sdk, ask }: Caller) => ({
  /**
   * A customer; `null` where Polar says that there is none, or that it is no id. A deleted one it tells as none, too.
   * @param patience milliseconds.
   * @throws {PolarUnavailableError} also where several of the merchant's organizations have a customer of this external id, which
   * is the merchant's to mend, and for an answer about anybody else.
   */
  customer: async (ref: CustomerRef, patience = PATIENCE): Promise<Customer | null> => {
    if (NO_ID.test('id' in ref ? ref.id : ref.externalId)) return null
    try {
      return await ask(async (options) => {
        const told = await ('id' in ref
          ? sdk.customers.get(ref.id, options)
          : sdk.customers.getExternal(ref.externalId, options))
        const { id } = told
        if (!isAskedFor(ref, told) || typeof id !== 'string' || id === '')
          throw new TypeError('another customer')
        return {
          id,
          address: textOrNone(told.email),
          locale: typeof told.locale === 'string' && told.locale ? told.locale : null,
          isTeam: told.type === 'team',
          isDeleted: told.deleted_at != null,
        }
      }, patience)
    } catch (error) {
      return saysThereIsNone(error) ? null : orLater(error)
    }
  },
})
