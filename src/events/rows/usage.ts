// The row for an invoice of usage that could not be collected. Polar sends no event of it, so the schedule makes one.

import { planOf } from '../../messages/content.ts'
import type { Order } from '../../polar/payloads.ts'
import { type Row, sends } from '../row.ts'

/** The type of the schedule's event. */
export const USAGE_UNPAID = 'schedule.usage_unpaid'

export const usageRows: readonly Row<Order>[] = [
  {
    is: 'an invoice of usage that could not be collected',
    on: USAGE_UNPAID,
    means: sends('payment_reminder', ({ subject }) =>
      subject.subscription
        ? {
            fact: `order/${subject.id}/unpaid`,
            content: {
              plan: planOf(subject.subscription, subject.product),
              pastDueAt: subject.created_at,
              deadline: null,
              step: 1,
            },
            target: `order:${subject.id}`,
          }
        : null,
    ),
  },
]
