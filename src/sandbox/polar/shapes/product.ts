// Builds products with a fixed price, in the full shape that Polar sends.

import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from '../instants.ts'
import type { Product } from './rows.ts'

export type ProductInput = Partial<Product> & {
  /** In the smallest unit of the currency. */
  amount?: number
  currency?: string
  /** Days of trial that a new subscription starts with. */
  trialDays?: number
}

export const product = (
  stamp: Stamp,
  organizationId: string,
  input: ProductInput = {},
): Product => {
  const { amount = 2_900, currency = 'usd', trialDays, ...given } = input
  const id = given.id ?? randomUUID()
  const recurring = given.is_recurring ?? given.recurring_interval != null
  const createdAt = stamp()
  return {
    id,
    created_at: createdAt,
    modified_at: null,
    trial_interval: trialDays === undefined ? null : 'day',
    trial_interval_count: trialDays ?? null,
    name: recurring ? 'Studio Plan' : 'Field Recordings Vol. 2',
    description: recurring ? 'Everything a solo producer needs.' : '412 WAV files.',
    visibility: 'public',
    recurring_interval: recurring ? 'month' : null,
    recurring_interval_count: recurring ? 1 : null,
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: recurring,
    is_archived: false,
    organization_id: organizationId,
    metadata: {},
    is_deletable: false,
    prices: [
      {
        created_at: createdAt,
        modified_at: null,
        id: randomUUID(),
        source: 'catalog',
        amount_type: 'fixed',
        price_currency: currency,
        tax_behavior: null,
        is_archived: false,
        product_id: id,
        price_amount: amount,
      },
    ],
    benefits: [],
    medias: [],
    attached_custom_fields: [],
    ...given,
  }
}

/** The first fixed price of a product, or nothing where it has none. */
export const fixedPrice = (from: Pick<Product, 'prices'>) => {
  for (const price of from.prices) {
    if (price.amount_type === 'fixed') {
      return { id: price.id, amount: price.price_amount, currency: price.price_currency }
    }
  }
  return { id: null, amount: 0, currency: 'usd' }
}

/** An order carries its product without prices, benefits and media. */
export const orderedProduct = (from: Product | null | undefined): models.OrderProduct | null => {
  if (from == null) return null
  const { is_deletable, prices, benefits, medias, attached_custom_fields, ...rest } = from
  return rest
}
