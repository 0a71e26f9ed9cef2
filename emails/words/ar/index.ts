// Modern Standard Arabic, without gender (verbal nouns, suffixes that read both ways). Every sentence starts in Arabic, and an
// Arabic word stands between a Latin name and the next number, so that the order of a line never changes.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const ar: Words = {
  common,
  ...orders,
  ...subscriptions,
  ...payments,
  ...dunning,
  ...reminders,
}
