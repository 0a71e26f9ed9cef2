// Brazilian Portuguese. “Você”; no article before a name, whose gender is unknown; no participle for the customer.

import type { Words } from '../en/index.ts'
import { common } from './common.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { subscriptions } from './subscriptions.ts'

export const pt: Words = { common, ...orders, ...subscriptions, ...payments }
