// The props of each template. Amounts are integers in the currency's smallest unit as Polar counts it, times are ISO 8601.
// Nothing is formatted yet, and templates build no URLs.

import type { FC } from 'react'
import type { Brand } from './brand.ts'
import type { OrderSummary } from './order-summary.ts'

/** The hrefs of the button and of the quiet link in the footer. */
export type Links = { action: string; overview: string }

export type Money = { value: number; currency: string }

/** A charge to come. `isTotal`: with tax, as it will be charged; otherwise the price before tax. */
export type NextCharge = Money & { isTotal: boolean }

export type Interval = 'day' | 'week' | 'month' | 'year'

export type Quantity = { count: number; of: 'seat' | 'unit' }

export type Plan = {
  name: string
  interval: Interval | null
  intervalCount: number
  /** Null if it will not renew by itself. */
  renewsAt: string | null
  /** Seats or units; null if it has none. */
  quantity: Quantity | null
}

/** A benefit of a product. The merchant wrote the note. */
export type Benefit = { name: string; note: string | null }

export type Card = { brand: string; last4: string }

/** A month of a year; January is 1. */
export type Month = { month: number; year: number }

/** Why a charge was declined, for reasons that the customer can act on. */
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

/** Where the customer finds the invoice; null if there is none. */
export type Invoice = 'attached' | 'in_portal' | null

/** The content of a reminder of a failed payment. */
type OverdueContent<Deadline = string> = {
  plan: Plan
  pastDueAt: string
  /** When the subscription ends if nobody pays; null for an invoice of usage, after which it goes on. */
  deadline: Deadline
  /** Which reminder it is, from 1. */
  step: number
}

/** The content that comes from the event: it is decided and stored with the message. */
export type ContentOf = {
  order_confirmation: { product: string; order: OrderSummary }
  subscription_confirmation: { plan: Plan; order: OrderSummary }
  trial_started: {
    plan: Plan
    trialEndsAt: string
    /** The price of a period after the trial; null if it depends on usage. */
    price: Money | null
  }
  subscription_cycled: { plan: Plan; order: OrderSummary }
  subscription_cycled_after_trial: { plan: Plan; order: OrderSummary }
  subscription_usage_invoice: { plan: Plan; order: OrderSummary }
  subscription_final_invoice: { plan: Plan; order: OrderSummary; endedAt: string }
  subscription_updated: {
    /** As it is now. */
    plan: Plan
    /** The earlier values that are known and differ. */
    before: { name: string | null; quantity: Quantity | null }
    change: 'plan' | 'quantity'
  }
  subscription_change_scheduled: {
    /** As it is now. */
    plan: Plan
    appliesAt: string
    /** The product it changes to; null if only the quantity changes. */
    nextProductId: string | null
    nextQuantity: Quantity | null
  }
  subscription_cancellation: { plan: Plan; endsAt: string | null; isTrial: boolean }
  subscription_uncanceled: { plan: Plan }
  subscription_revoked: {
    plan: Plan
    endedAt: string
    /** `asked`: the customer has cancelled. `ended`: nobody knows who ended it. */
    because: 'asked' | 'ended' | 'unpaid'
  }
  subscription_past_due: {
    plan: Plan
    pastDueAt: string
    /** When the subscription ends if nobody pays. */
    deadline: string
  }
  payment_reminder: OverdueContent<string | null>
  payment_final_notice: OverdueContent
  payment_recovered: { plan: Plan; order: OrderSummary }
  subscription_paused: {
    plan: Plan
    /** `scheduled`: the pause is still to come. */
    state: 'scheduled' | 'paused'
    pausesAt: string | null
    resumesAt: string | null
  }
  subscription_resumed: { plan: Plan }
  subscription_renewal_reminder: {
    /** As it is now. */
    plan: Plan
    renewsAt: string
    /** A change that takes effect with the renewal; null for what stays. */
    nextQuantity: Quantity | null
    nextProductId: string | null
  }
  subscription_trial_conversion_reminder: { plan: Plan; trialEndsAt: string }
  payment_method_expiration_reminder: {
    /** It is valid until the end of `expires`. */
    card: Card
    expires: Month
    /** Names of the subscriptions that it pays. */
    plans: readonly string[]
  }
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

/**
 * How a failed payment goes on by itself. `retried`: it is charged again. `not_retried`: not before the subscription ends.
 * `no_card`: there is nothing to charge. `authentication`: it fails until the customer confirms it with the bank.
 */
export type Course = 'retried' | 'not_retried' | 'no_card' | 'authentication'

type OverdueDetails = {
  /** The open orders. */
  owed: readonly (Money & { number: string | null })[]
  card: Card | null
  decline: Decline | null
  course: Course
  /** Null if no attempt is known; then the email promises none. */
  nextChargeAt: string | null
}

/** The details that are loaded when the email is composed, from Polar or from later events. */
type DetailsFor = {
  order_confirmation: WithInvoice & WithBenefits
  subscription_confirmation: WithInvoice & WithBenefits
  trial_started: WithBenefits
  subscription_cycled: WithInvoice
  subscription_cycled_after_trial: WithInvoice
  subscription_usage_invoice: WithInvoice
  subscription_final_invoice: WithInvoice
  /** The order of the change, if there is one. */
  subscription_updated: WithInvoice & WithBenefits & { order: OrderSummary | null }
  /** Name of the product it changes to. */
  subscription_change_scheduled: { nextPlan: string | null }
  subscription_past_due: {
    amount: Money | null
    card: Card | null
    decline: Decline | null
    course: Course
    /** Null if no attempt is known; then the email promises none. */
    nextChargeAt: string | null
    /** Until when access lasts; null if unknown. */
    access: { until: string } | 'paused' | null
  }
  payment_reminder: OverdueDetails
  payment_final_notice: OverdueDetails
  payment_recovered: WithInvoice
  /** The order of the first period after the pause. */
  subscription_resumed: WithInvoice & { order: OrderSummary | null }
  subscription_renewal_reminder: {
    /** The charge of the renewal, with the change if there is one. */
    amount: NextCharge | null
    /** Null if it is unknown. */
    card: Card | null
    /** Name of the product it changes to. */
    nextPlan: string | null
  }
  subscription_trial_conversion_reminder: {
    /** The first charge after the trial. */
    amount: NextCharge | null
    /** `none`: no payment method is on file. Null if it is unknown. */
    card: Card | 'none' | null
  }
  order_refunded: { card: Card | null }
}

export type DetailsOf = {
  [K in Kind]: K extends keyof DetailsFor ? DetailsFor[K] : Record<never, never>
}

export type Common = {
  brand: Brand
  locale: string
  customerName: string | null
  /** The country of the billing address, two letters (ISO 3166-1); null where it is unknown. */
  country: string | null
  /** When it is rendered: a day that is over by then is not named as a deadline. */
  now: string
  links: Links
  /** For previews only: the note above the email, and a forced colour scheme. */
  preview?: { note: string; scheme: 'light' | 'dark' }
}

export type PropsOf = { [K in Kind]: Common & ContentOf[K] & DetailsOf[K] }

/** A template: `subject` is one line of plain text, `Template` the body for the same props. */
export type TemplateOf<K extends Kind> = {
  Template: FC<PropsOf[K]>
  subject(props: PropsOf[K]): string
}
