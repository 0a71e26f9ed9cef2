// Spanish. “Tú”, in words that Spain and Latin America share; a name stands in «quotes»; no participle that agrees with the
// customer.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const es: Words = {
  common,
  ...orders,
  ...subscriptions,
  ...payments,
  ...dunning,
  ...reminders,
}
