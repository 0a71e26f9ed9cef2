// Text that all emails share, in English.

import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')

export const common = {
  greeting: (name: string | null) => (name ? `Hi ${name},` : 'Hello,'),
  summary: 'Summary',
  item: 'Item',
  amount: 'Amount',
  free: 'Free',
  invoiceNumber: (number: string) => `Invoice ${number}`,
  billedTo: 'Billed to',
  moreItems: (count: number, shown: string) =>
    plural(count, { one: `And ${shown} more item`, other: `And ${shown} more items` }),
  prorated: (label: string) => `${label} (prorated)`,
  subtotal: 'Subtotal',
  discount: (name: string | null) => (name ? `Discount (${name})` : 'Discount'),
  tax: 'Tax',
  includesTax: 'Includes tax',
  total: 'Total',
  credit: 'Account credit used',
  owed: 'Previous balance',
  kept: 'Kept as account credit',
  paid: 'Amount paid',
  invoiceAttached: 'Your invoice is attached to this email.',
  invoiceInPortal: 'You can download your invoice in the billing portal.',
  benefits: 'What you get',
  plan: 'Subscription',
  quantity: {
    seat: (count: number, shown: string) =>
      plural(count, { one: `${shown} seat`, other: `${shown} seats` }),
    unit: (count: number, shown: string) =>
      plural(count, { one: `${shown} unit`, other: `${shown} units` }),
  },
  billed: 'Billed',
  every: {
    day: (count: number, shown: string) =>
      plural(count, { one: 'Daily', other: `Every ${shown} days` }),
    week: (count: number, shown: string) =>
      plural(count, { one: 'Weekly', other: `Every ${shown} weeks` }),
    month: (count: number, shown: string) =>
      plural(count, { one: 'Monthly', other: `Every ${shown} months` }),
    year: (count: number, shown: string) =>
      plural(count, { one: 'Yearly', other: `Every ${shown} years` }),
  },
  price: 'Price',
  /** Price and interval, within a sentence. */
  priceEvery: (price: string, every: string) => `${price} (${every})`,
  /** The last day on which the customer is in time, and the words in its place where that day may be over. */
  by: (date: string) => `by ${date}`,
  rightAway: 'right away',
  nextRenewal: 'Next renewal',
  trialEnds: 'Trial ends',
  /** The support address stands between the two parts. */
  support: ['Questions? Write to ', ''] as [before: string, after: string],
  overview: 'Manage your billing',
  /** Polar is the legal seller, as its own emails say. */
  seller: (name: string) =>
    `Sold by Polar Software, Inc., reseller and merchant of record for ${name}.`,
}

export type Common = typeof common
