// The merchant's products and the merchant, which change seldom: remembered for a few minutes, and for longer while Polar is
// away.

import { LRUCache } from 'lru-cache'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import { type Caller, unlessRefused } from './call.ts'

export type Product = { name: string; benefits: { name: string; note: string | null }[] }

export type Organization = {
  name: string
  avatarUrl: string | null
  website: string | null
  /** Days of access after a charge failed. */
  graceDays: number
  /** Polar is closing it: its customers are not told of what that brings. */
  isClosing: boolean
}

const REMEMBERED = 5 * MINUTE
const MOST_PRODUCTS = 500

const CLOSING = new Set(['denied', 'blocked', 'offboarding', 'offboarded'])

/** Only what the customer may see. The note is the merchant's own text. */
const publicBenefits = (benefits: readonly unknown[]): Product['benefits'] =>
  benefits.flatMap((benefit) => {
    const { visibility, is_deleted, description, properties } = benefit as {
      visibility?: string
      is_deleted?: boolean
      description?: string
      properties?: { note?: unknown } | null
    }
    if (visibility !== 'public' || is_deleted || !description) return []
    const note = properties?.note
    return [{ name: description, note: typeof note === 'string' && note ? note : null }]
  })

/** Keeps what `look` found, null included, and serves what is old while it cannot look. */
const remembering = <T>(clock: Clock, look: (key: string) => Promise<T>) => {
  const cache = new LRUCache<string, { found: T }>({
    max: MOST_PRODUCTS,
    ttl: REMEMBERED,
    perf: clock,
    noDeleteOnFetchRejection: true,
    fetchMethod: async (key) => ({ found: await look(key) }),
  })
  return async (key: string): Promise<T> => {
    try {
      return (await cache.forceFetch(key)).found
    } catch (error) {
      const old = cache.get(key, { allowStale: true, noDeleteOnStaleGet: true })
      if (old) return old.found
      throw error
    }
  }
}

export const createCatalogue = ({ sdk, ask }: Caller, slug: string, clock: Clock) => {
  const organization = remembering(clock, async (): Promise<Organization | null> => {
    const found = await ask((options) => sdk.organizations.list({ slug }, options)).catch(
      unlessRefused,
    )
    const ours = found?.items.find((one) => one.slug === slug)
    if (!ours) return null
    return {
      name: ours.name,
      avatarUrl: ours.avatar_url,
      website: ours.website,
      graceDays: ours.subscription_settings.benefit_revocation_grace_period,
      isClosing: CLOSING.has(ours.status),
    }
  })
  return {
    /**
     * A product and its public benefits; null if there is none, or it is not for us to know.
     * @throws {PolarUnavailable}
     */
    product: remembering(clock, async (id: string): Promise<Product | null> => {
      const found = await ask((options) => sdk.products.get(id, options)).catch(unlessRefused)
      return found && { name: found.name, benefits: publicBenefits(found.benefits) }
    }),
    /**
     * The merchant; null where that is not for us to know.
     * @throws {PolarUnavailable}
     */
    organization: () => organization('ours'),
  }
}
