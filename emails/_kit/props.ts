// What each template is given. Amounts are integers in the currency's smallest unit as Polar counts it;
// instants are ISO 8601. Nothing here is formatted yet, and no URL is built from it.

import type { FC } from 'react'
import type { Brand } from './brand.ts'

/** The hrefs of the button and of the quiet link in the footer. */
export type Links = { action: string; overview: string }

export type Money = { value: number; currency: string }

export type OrderItem = { label: string; amount: number; proration: boolean }

/** As the customer typed it, in the parts that Polar has; null for a part that it has not. */
export type BillingAddress = {
  line1: string | null
  line2: string | null
  postalCode: string | null
  city: string | null
  /** A code such as `US-NY`, or a name. */
  state: string | null
  /** Two letters (ISO 3166-1). */
  country: string | null
}

export type OrderSummary = {
  id: string
  /** The invoice number; null until Polar has given one. */
  number: string | null
  date: string
  currency: string
  items: OrderItem[]
  subtotal: number
  /** The amount is positive: what was taken off. */
  discount: { label: string | null; amount: number } | null
  tax: number
  total: number
  /** Negative when account credit reduced what was charged. */
  balance: number
  /** `max(0, total + balance)`. */
  paid: number
  billingName: string | null
  billingAddress: BillingAddress | null
}

export type Interval = 'day' | 'week' | 'month' | 'year'

export type Quantity = { count: number; of: 'seat' | 'unit' }

export type Plan = {
  name: string
  interval: Interval | null
  intervalCount: number
  /** Null when it will not renew by itself. */
  renewsAt: string | null
  /** Seats or units; null where it has none. */
  quantity: Quantity | null
}

/** Something that comes with a product. The note is the merchant's own words. */
export type Benefit = { name: string; note: string | null }

export type Card = { brand: string; last4: string }

/** Why a charge was declined, as far as a customer can do something about it. */
export type Decline =
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_details'
  | 'authentication_required'
  | 'limit_exceeded'
  | 'not_supported'
  | 'lost_or_blocked'
  | 'declined'
  | 'no_method'

/** Where the invoice is, if there is one. */
export type Invoice = 'attached' | 'in_portal' | null

/** What an email says of the event that caused it: decided with the message, and kept with it. */
export type ContentOf = {
  order_confirmation: { product: string; order: OrderSummary }
  subscription_confirmation: { plan: Plan; order: OrderSummary }
  trial_started: {
    plan: Plan
    trialEndsAt: string
    /** What a period costs once the trial is over; null where it depends on usage. */
    price: Money | null
  }
  subscription_cycled: { plan: Plan; order: OrderSummary }
  subscription_cycled_after_trial: { plan: Plan; order: OrderSummary }
  subscription_usage_invoice: { plan: Plan; order: OrderSummary }
  subscription_final_invoice: { plan: Plan; order: OrderSummary; endedAt: string }
  subscription_updated: {
    /** As it is now. */
    plan: Plan
    /** As it was, as far as that is known and differs. */
    before: { name: string | null; quantity: Quantity | null }
    change: 'plan' | 'quantity'
  }
  subscription_change_scheduled: {
    /** As it is now. */
    plan: Plan
    appliesAt: string
    /** The product it changes to; null when only the quantity changes. */
    nextProductId: string | null
    nextQuantity: Quantity | null
  }
  subscription_cancellation: { plan: Plan; endsAt: string | null; isTrial: boolean }
  subscription_uncanceled: { plan: Plan }
  subscription_revoked: { plan: Plan; endedAt: string; because: 'ended' | 'unpaid' }
  subscription_past_due: {
    plan: Plan
    pastDueAt: string
    /** When the subscription ends unless it is paid. */
    deadline: string
  }
  payment_recovered: { plan: Plan; order: OrderSummary }
  subscription_paused: {
    plan: Plan
    /** `scheduled`: the pause was asked for and is still to come. */
    state: 'scheduled' | 'paused'
    pausesAt: string | null
    resumesAt: string | null
  }
  subscription_resumed: { plan: Plan }
  order_refunded: {
    /** With tax. */
    refund: Money
    refundedAt: string
    isFull: boolean
    product: string
    order: Pick<OrderSummary, 'number' | 'date' | 'currency' | 'total'>
  }
}

export type Kind = keyof ContentOf

type WithInvoice = { invoice: Invoice }
type WithBenefits = { benefits: Benefit[] }

/** What is found out when the email is written, from Polar or from what was told since. */
type DetailsFor = {
  order_confirmation: WithInvoice & WithBenefits
  subscription_confirmation: WithInvoice & WithBenefits
  trial_started: WithBenefits
  subscription_cycled: WithInvoice
  subscription_cycled_after_trial: WithInvoice
  subscription_usage_invoice: WithInvoice
  subscription_final_invoice: WithInvoice
  /** The order that the change brought, if it did. */
  subscription_updated: WithInvoice & WithBenefits & { order: OrderSummary | null }
  /** The name of the product it changes to. */
  subscription_change_scheduled: { nextPlan: string | null }
  subscription_past_due: {
    amount: Money | null
    card: Card | null
    decline: Decline | null
    /**
     * Null where no attempt is known of. The email promises no retry then, nor for an attempt on the deadline's day or
     * later, which is how Polar says that it won't try this card again.
     */
    nextChargeAt: string | null
    /** Whether access goes on meanwhile; null where that is not known. */
    access: { until: string } | 'paused' | null
  }
  payment_recovered: WithInvoice
  /** The order that the first period after the pause brought. */
  subscription_resumed: WithInvoice & { order: OrderSummary | null }
  order_refunded: { card: Card | null }
}

export type DetailsOf = {
  [K in Kind]: K extends keyof DetailsFor ? DetailsFor[K] : Record<never, never>
}

export type Common = {
  brand: Brand
  locale: string
  customerName: string | null
  links: Links
  /** Only in the previews: what to say about the email above it, and the scheme to force on it. */
  preview?: { note: string; scheme: 'light' | 'dark' }
}

export type PropsOf = { [K in Kind]: Common & ContentOf[K] & DetailsOf[K] }

/** A template: `subject` is one line of plain text, `Template` the body for the same props. */
export type TemplateOf<K extends Kind> = {
  Template: FC<PropsOf[K]>
  subject(props: PropsOf[K]): string
}
