// An order as emails show it. Amounts are integers in the currency's smallest unit as Polar counts it, times are ISO 8601.

export type OrderItem = { label: string; amount: number; proration: boolean }

/** As the customer typed it, in Polar's parts; null for a missing part. */
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
  /** The invoice number; null until Polar has assigned one. */
  number: string | null
  date: string
  currency: string
  items: OrderItem[]
  subtotal: number
  /** The amount taken off is positive. */
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
