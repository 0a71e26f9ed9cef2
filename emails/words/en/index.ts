// English. Its type is the list of texts that every other language must have. Arguments are formatted already: names, days and
// amounts are strings, and only counts are numbers.

import { common } from './common.ts'
import { dunning } from './dunning.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { reminders } from './reminders.ts'
import { subscriptions } from './subscriptions.ts'

export const en = { common, ...orders, ...subscriptions, ...payments, ...dunning, ...reminders }

export type Words = typeof en
