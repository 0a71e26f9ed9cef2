// Puts together what an email says beyond its message: for sending it, and for looking at it in the console.

import type { CustomerStore } from '../customers/store.ts'
import { createOrderIn } from '../events/order-in.ts'
import { createDetails } from '../messages/details.ts'
import type { Invoices } from '../messages/invoices.ts'
import { createKnownAmounts } from '../messages/known-amounts.ts'
import { createLaterOrder } from '../messages/later-order.ts'
import type { RetrySchedule } from '../messages/retry-schedule.ts'
import type { Shared } from './shared.ts'

type ComposingParts = {
  shared: Pick<Shared, 'events' | 'polar' | 'clock'>
  customers: CustomerStore
  invoices: Pick<Invoices, 'of'>
  retries: RetrySchedule
}

export const detailsFor = ({ shared, customers, invoices, retries }: ComposingParts) => {
  const { events, polar, clock } = shared
  const orderIn = createOrderIn({ events, polar })
  return createDetails({
    polar,
    laterOrder: createLaterOrder({ customers, orderIn, polar, clock }),
    known: createKnownAmounts(customers),
    ...{ invoices, retries, clock },
  })
}
