// Brazilian Portuguese. “Você”; a name stands in “quotes”, so that it needs no article; no participle for the customer.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const pt: Words = {
  common,
  ...orders,
  ...subscriptions,
  ...payments,
  ...dunning,
  ...reminders,
}
