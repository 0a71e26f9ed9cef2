// Builds products with one price, in the full shape that Polar sends.

import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from '../instants.ts'
import { type BenefitInput, benefit } from './benefit.ts'
import type { Product } from './rows.ts'

export type ProductInput = Omit<Partial<Product>, 'benefits'> & {
  /** In the smallest unit of the currency. */
  amount?: number
  currency?: string
  /** The amount is per seat or per unit; default: for the whole. */
  per?: 'seat' | 'unit'
  /** Days of trial that a new subscription starts with. */
  trialDays?: number
  benefits?: BenefitInput[]
}

export const product = (
  stamp: Stamp,
  organizationId: string,
  input: ProductInput = {},
): Product => {
  const { amount = 2_900, currency = 'usd', per, trialDays, benefits = [], ...given } = input
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
        price_currency: currency,
        tax_behavior: null,
        is_archived: false,
        product_id: id,
        ...charge(amount, per),
      },
    ],
    benefits: benefits.map((one) => benefit(stamp, organizationId, one)),
    medias: [],
    attached_custom_fields: [],
    ...given,
  }
}

/** The fields that differ between Polar's kinds of price. */
const charge = (amount: number, per: ProductInput['per']) => {
  switch (per) {
    case 'seat':
      return {
        amount_type: 'seat_based' as const,
        seat_tiers: {
          seat_tier_type: 'volume' as const,
          tiers: [{ min_seats: 1, max_seats: null, price_per_seat: amount }],
          minimum_seats: 1,
          maximum_seats: null,
        },
      }
    case 'unit':
      return {
        amount_type: 'unit_based' as const,
        tiers: { type: 'volume' as const, tiers: [{ bound: null, unit_amount: String(amount) }] },
        minimum_units: null,
        unit_label: null,
        maximum_units: null,
      }
    case undefined:
      return { amount_type: 'fixed' as const, price_amount: amount }
    default:
      return per satisfies never
  }
}

type Price = { id: string | null; amount: number; currency: string; per: ProductInput['per'] }

/** A product's first price; `undefined` if it has none. A price may be of an unknown kind. */
export const priceOf = (from: Pick<Product, 'prices'>): Price => {
  for (const price of from.prices) {
    const { id, price_currency: currency } = price ?? {}
    switch (price?.amount_type) {
      case 'fixed':
        return { id, amount: price.price_amount, currency, per: undefined }
      case 'seat_based':
        return {
          id,
          amount: price.seat_tiers?.tiers?.[0]?.price_per_seat ?? 0,
          currency,
          per: 'seat',
        }
      case 'unit_based':
        return {
          id,
          amount: Number(price.tiers?.tiers?.[0]?.unit_amount ?? 0),
          currency,
          per: 'unit',
        }
    }
  }
  return { id: null, amount: 0, currency: 'usd', per: undefined }
}

/** An order carries its product without prices, benefits and media. */
export const orderedProduct = (from: Product | null | undefined): models.OrderProduct | null => {
  if (from == null) return null
  const { is_deletable, prices, benefits, medias, attached_custom_fields, ...rest } = from
  return rest
}
