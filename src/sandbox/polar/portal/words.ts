// Formats money, dates and Polar's states for the portal.

import { formatMoney } from '../../../../emails/_kit/money.ts'
import type { Interval } from '../instants.ts'
import type { Card, Customer, Order, Subscription } from '../shapes/rows.ts'

export const money = (amount: number, currency: string) => formatMoney(amount, currency, 'en-US')

const formatted = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
  return (instant: string | null | undefined) => {
    const at = Date.parse(instant ?? '')
    return Number.isNaN(at) ? '–' : format.format(at)
  }
}

export const date = formatted({ day: 'numeric', month: 'long', year: 'numeric' })
export const time = formatted({ hour: '2-digit', minute: '2-digit' })
export const dateAndTime = formatted({
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** `every month`, `every 3 months`. */
export const every = (interval: Interval, count: number) =>
  count === 1 ? `every ${interval}` : `every ${count} ${interval}s`

export const cardName = ({ method_metadata: { brand, last4 } }: Card) =>
  `${brand.charAt(0).toUpperCase()}${brand.slice(1)} •••• ${last4}`

export const nameOf = ({ name, email }: Pick<Customer, 'name' | 'email'>) =>
  name ?? email ?? 'Customer'

export type Tone = 'good' | 'bad' | 'quiet' | 'wait'

export const orderState = (status: Order['status']): { label: string; tone: Tone } => {
  switch (status) {
    case 'paid':
      return { label: 'Paid', tone: 'good' }
    case 'pending':
      return { label: 'Pending', tone: 'wait' }
    case 'refunded':
      return { label: 'Refunded', tone: 'quiet' }
    case 'partially_refunded':
      return { label: 'Partially refunded', tone: 'quiet' }
    case 'void':
      return { label: 'Void', tone: 'bad' }
    default:
      return { label: spelled(status), tone: 'quiet' }
  }
}

export const subscriptionState = (of: Subscription): { label: string; tone: Tone } => {
  if (of.status === 'past_due' || of.status === 'unpaid') return { label: 'Past due', tone: 'bad' }
  if (of.status === 'active' && of.cancel_at_period_end)
    return { label: 'Active, ends soon', tone: 'wait' }
  if (of.status === 'active' && of.pause_at_period_end)
    return { label: 'Active, pauses soon', tone: 'wait' }
  if (of.status === 'active') return { label: 'Active', tone: 'good' }
  if (of.status === 'trialing') return { label: 'Trial', tone: 'good' }
  return { label: spelled(of.status), tone: 'quiet' }
}

/** `past_due` → `Past due`; also for unknown states. */
const spelled = (state: string) => {
  const words = state.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
