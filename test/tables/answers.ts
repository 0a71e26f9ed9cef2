// Polar as an email asks it for its details: answering, refusing, or away.

import { createDetails } from '../../src/messages/details.ts'
import type { Message } from '../../src/messages/message.ts'
import { createRetrySchedule } from '../../src/messages/retry-schedule.ts'
import { away, decided, PLANNED, stoppedClock } from './decided.ts'

export type Parts = Parameters<typeof createDetails>[0]

export const ATTACHED = {
  where: 'attached',
  attachment: { filename: 'invoice.pdf', content: '' },
} as const
export const BENEFITS = [{ name: 'Chat', note: null }]
export const CARD = { brand: 'visa', last4: '4242' }
export const NEXT_CHARGE = '2026-11-24T12:00:00Z'
export const { order: ORDER } = decided('order_confirmation').content

export const organization = (graceDays: number) => async () => ({
  ...{ name: 'Acme', avatarUrl: null, website: null, isClosing: false, renews: true },
  graceDays,
})
export const openOrder = (nextAttemptAt: string | null) => async () => ({
  ...{ id: 'order-1', number: 'ACME-0001', due: 2900, currency: 'usd' },
  nextAttemptAt,
})

export const answering: Parts['polar'] = {
  product: async (id) => ({ name: `Product ${id}`, benefits: BENEFITS }),
  organization: organization(14),
  openOrder: openOrder(NEXT_CHARGE),
  openOrders: async () => [await openOrder(NEXT_CHARGE)()],
  failures: async () => [{ card: CARD, declineReason: 'insufficient_funds', isOwn: true }],
  payment: async () => ({ card: CARD, declineReason: 'insufficient_funds' }),
  methods: async () => ({ count: 2, card: { brand: 'amex', last4: '0005' } }),
  nextCharge: async () => 2900,
}
export const refusing: Parts['polar'] = {
  product: async () => null,
  organization: async () => null,
  openOrder: async () => null,
  openOrders: async () => null,
  failures: async () => null,
  payment: async () => 'unknown',
  methods: async () => null,
  nextCharge: async () => null,
}
export const absent: Parts['polar'] = {
  ...{ product: away, organization: away, openOrder: away, payment: away, methods: away },
  ...{ nextCharge: away, openOrders: away, failures: away },
}

export const world = (
  change: Partial<Parts['polar']> = {},
  others: Partial<Omit<Parts, 'polar'>> = {},
) => {
  const clock = stoppedClock()
  const detailsOf = createDetails({
    polar: { ...answering, ...change },
    laterOrder: { find: async () => ORDER },
    known: { due: async () => null, price: async () => null },
    invoices: { of: async () => ATTACHED },
    retries: createRetrySchedule(clock),
    clock,
    ...others,
  })
  /** Looks as often as it is told to: what is found in the end, and when (ms). */
  const inTheEnd = async (message: Message) => {
    let found = await detailsOf(message)
    while ('retryAt' in found) {
      clock.advance(found.retryAt - clock.now())
      found = await detailsOf(message)
    }
    return { ...found, after: clock.now() - PLANNED }
  }
  return { clock, detailsOf, inTheEnd }
}

/** The details of a failed charge where Polar answers. */
export const PAST_DUE = {
  amount: { value: 2900, currency: 'usd' },
  card: CARD,
  decline: 'insufficient_funds',
  course: 'retried',
  nextChargeAt: NEXT_CHARGE,
  access: { until: '2026-11-24T12:00:00.000Z' },
}
