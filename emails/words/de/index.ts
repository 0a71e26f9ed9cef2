// German. The polite “Sie”; terms as in Polar’s own portal. A name stands in „quotes“ or after a colon, so that it needs no
// gender or case. A greeting ends in a comma: every lead begins with a word that has a capital anyway.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const de: Words = {
  common,
  ...orders,
  ...subscriptions,
  ...payments,
  ...dunning,
  ...reminders,
}
