// English, and by its type what every other language has to say. Whatever comes in is formatted already: names, days and
// amounts are strings, only what is counted is a number.

import { common } from './common.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { subscriptions } from './subscriptions.ts'

export const en = { common, ...orders, ...subscriptions, ...payments }

export type Words = typeof en
