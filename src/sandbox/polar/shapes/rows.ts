// The rows of the simulated Polar: Polar's own objects, without the copies of other objects that they carry when sent.

import type { models } from '@polar-sh/sdk/2026-10'

export type Organization = Required<models.Organization>
export type Customer = Omit<Required<models.CustomerIndividual>, 'email' | 'type'> & {
  email: string | null
  type: 'individual' | 'team'
}
export type Member = models.Member
export type Product = models.Product
export type Discount = NonNullable<models.Order['discount']>
export type Order = Omit<Required<models.Order>, 'customer' | 'product' | 'subscription'>
export type Subscription = Omit<Required<models.Subscription>, 'customer' | 'product'>
export type Refund = models.Refund
export type Payment = models.CardPayment
export type Card = models.CustomerPaymentMethodCard

/** An event as delivered. `data` may be anything, since the sandbox accepts raw events. */
export type PolarEvent = {
  type: string
  timestamp: string
  api_version: string
  data: Record<string, unknown>
}
