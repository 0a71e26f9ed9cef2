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
  /** Days of access after a charge failed; null where that is not told. */
  graceDays: number | null
  /** Polar is closing it: its customers are not told of what that brings. */
  isClosing: boolean
  /** Polar renews its subscriptions and retries failed charges, unless it has suspended that. */
  renews: boolean
}

const REMEMBERED = 5 * MINUTE
const MOST_PRODUCTS = 500

const webAddress = (value: unknown): string | null =>
  typeof value === 'string' && /^https?:\/\//.test(value) ? value : null

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

/**
 * Keeps what `look` found, and serves what is old while it cannot look or is not let. What was never there, or never for us
 * to know, is null.
 */
const remembering = <T>(clock: Clock, look: (key: string) => Promise<T | null>) => {
  const cache = new LRUCache<string, { found: T | null }>({
    max: MOST_PRODUCTS,
    ttl: REMEMBERED,
    perf: clock,
    noDeleteOnFetchRejection: true,
    fetchMethod: async (key, old) => ({
      found: await look(key).catch((error) => unlessRefused(error) ?? old?.found ?? null),
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

export const createCatalogue = ({ sdk, ask }: Caller, slug: string, clock: Clock) => {
  const organization = remembering(clock, () =>
    ask(async (options): Promise<Organization | null> => {
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
     * A product and its public benefits; null if there is none, or it is not for us to know.
     * @throws {PolarUnavailableError}
     */
    product: remembering(clock, (id) =>
      ask(async (options): Promise<Product> => {
        const found = await sdk.products.get(id, options)
        return { name: String(found.name), benefits: publicBenefits(found.benefits ?? []) }
      }),
    ),
    /**
     * The merchant; null where that is not for us to know.
     * @throws {PolarUnavailableError}
     */
    organization: () => organization('ours'),
  }
}
