// What each template is given. Amounts are integers in the currency's smallest unit as Polar counts it;
// instants are ISO 8601. Nothing here is formatted yet, and no URL is built from it.

import type { FC } from 'react'
import type { Brand } from '../brand.ts'

export type Kind =
  | 'order_confirmation'
  | 'subscription_confirmation'
  | 'subscription_cycled'
  | 'subscription_past_due'

/** The hrefs of the button and of the quiet link in the footer. */
export type Links = { action: string; overview: string }

export type OrderItem = { label: string; amount: number; proration: boolean }

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
  billingAddress: string[]
}

export type Interval = 'day' | 'week' | 'month' | 'year'

export type Plan = {
  name: string
  interval: Interval | null
  intervalCount: number
  /** Null when it will not renew by itself. */
  renewsAt: string | null
}

export type Common = { brand: Brand; locale: string; customerName: string | null; links: Links }

type SubscriptionProps = Common & { plan: Plan; order: OrderSummary }

export type PropsOf = {
  order_confirmation: Common & { product: string; order: OrderSummary }
  subscription_confirmation: SubscriptionProps
  subscription_cycled: SubscriptionProps
  subscription_past_due: Common & {
    plan: Plan
    amount: { value: number; currency: string } | null
    pastDueAt: string
    /** When the subscription ends unless it is paid. */
    deadline: string
  }
}

/** A template: `subject` is one line of plain text, `Template` the body for the same props. */
export type TemplateOf<K extends Kind> = {
  Template: FC<PropsOf[K]>
  subject(props: PropsOf[K]): string
}
