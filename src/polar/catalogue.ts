// Reads the merchant's organization and products, and caches them for a few minutes. While Polar is
// down or refuses, the old values stay in use.

import { LRUCache } from 'lru-cache'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import { type Caller, nullIfRefused } from './call.ts'

export type Product = { name: string; benefits: { name: string; note: string | null }[] }

export type Organization = {
  name: string
  avatarUrl: string | null
  website: string | null
  /** Days of access after a failed charge; null if Polar does not say. */
  graceDays: number | null
  /** Polar is closing the organization, so its customers get no emails about the consequences. */
  isClosing: boolean
  /** `false` while Polar has suspended renewals and retries of failed charges. */
  renews: boolean
}

const CACHE_TTL = 5 * MINUTE
const MAX_PRODUCTS = 500

const webAddress = (value: unknown): string | null =>
  typeof value === 'string' && /^https?:\/\//.test(value) ? value : null

const CLOSING = new Set(['denied', 'blocked', 'offboarding', 'offboarded'])

/** The benefits that the customer may see. A note is the merchant's own text. */
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

/**
 * Caches the results of `load`. If it fails or is refused, the old result is returned. `null`: the
 * object does not exist, or may not be read.
 */
const cached = <T>(clock: Clock, load: (key: string) => Promise<T | null>) => {
  const cache = new LRUCache<string, { found: T | null }>({
    max: MAX_PRODUCTS,
    ttl: CACHE_TTL,
    perf: clock,
    noDeleteOnFetchRejection: true,
    fetchMethod: async (key, old) => ({
      found: await load(key).catch((error) => nullIfRefused(error) ?? old?.found ?? null),
    }),
  })
  return async (key: string): Promise<T | null> => {
    try {
      return (await cache.forceFetch(key)).found
    } catch (error) {
      const old = cache.get(key, { allowStale: true, noDeleteOnStaleGet: true })
      if (old) return old.found
      throw error
    }
  }
}

export const createCatalogue = ({ sdk, request }: Caller, slug: string, clock: Clock) => {
  const organization = cached(clock, () =>
    request(async (options): Promise<Organization | null> => {
      const { items } = await sdk.organizations.list({ slug }, options)
      const ours = items.find((one) => one.slug === slug)
      if (!ours) return null
      const graceDays = ours.subscription_settings?.benefit_revocation_grace_period
      return {
        name: String(ours.name),
        avatarUrl: webAddress(ours.avatar_url),
        website: webAddress(ours.website),
        graceDays: Number.isInteger(graceDays) ? graceDays : null,
        isClosing: CLOSING.has(ours.status),
        renews: ours.capabilities?.subscription_renewals !== false,
      }
    }),
  )
  return {
    /**
     * A product and its public benefits; null if it does not exist or may not be read.
     * @throws {PolarUnavailableError}
     */
    product: cached(clock, (id) =>
      request(async (options): Promise<Product> => {
        const found = await sdk.products.get(id, options)
        return { name: String(found.name), benefits: publicBenefits(found.benefits ?? []) }
      }),
    ),
    /**
     * The merchant's organization; null if it may not be read.
     * @throws {PolarUnavailableError}
     */
    organization: () => organization('ours'),
  }
}
