// Swedish. “Du” throughout; terms as in Polar’s own portal. A name stands in ”quotes” after a preposition, where it needs no
// gender.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const sv: Words = {
  common,
  ...orders,
  ...subscriptions,
  ...payments,
  ...dunning,
  ...reminders,
}
