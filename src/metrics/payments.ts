// Metrics of payments that failed and payments that were recovered. Redis keeps the counts for all processes.

import type { RecoveryStore } from '../recoveries/store.ts'
import type { Kit } from './kit.ts'

export type FailedPayments = { byTrigger: Record<string, number>; finalInvoices: number }

export const recoveryMetrics = ({ gauge }: Kit, totals: RecoveryStore['totals']) => {
  const labels = ['currency', 'by']
  const of = (what: 'amount' | 'payments') => async () =>
    (await totals()).map(({ currency, by, ...sums }) => ({
      labels: { currency, by },
      value: sums[what],
    }))
  gauge(
    {
      name: 'postern_recovered_amount',
      help: 'Recovered payments since the first start, in the smallest unit of their currency, by who is credited.',
      labels,
    },
    of('amount'),
  )
  gauge(
    {
      name: 'postern_recovered_payments',
      help: 'Number of recovered payments since the first start, by who is credited.',
      labels,
    },
    of('payments'),
  )
}

export const failedPaymentMetrics = ({ readCounter }: Kit, read: () => Promise<FailedPayments>) => {
  readCounter(
    {
      name: 'postern_final_invoices_unpaid_total',
      help: 'Final invoices of ended subscriptions that Polar could not collect, since the first start.',
    },
    async () => [{ value: (await read()).finalInvoices }],
  )
  readCounter(
    {
      name: 'postern_failed_payments_total',
      help: 'Failed payments at Polar by what started them, since the first start, by all processes.',
      labels: ['trigger'],
    },
    async () =>
      Object.entries((await read()).byTrigger).map(([trigger, value]) => ({
        labels: { trigger },
        value,
      })),
  )
}
