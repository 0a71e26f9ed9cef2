// Every template by its kind, and the one way from HTML to the text part.

import type { Kind, TemplateOf } from './_kit/props.ts'
import * as orderConfirmation from './order_confirmation.tsx'
import * as subscriptionConfirmation from './subscription_confirmation.tsx'
import * as subscriptionCycled from './subscription_cycled.tsx'
import * as subscriptionPastDue from './subscription_past_due.tsx'

export { formatDate } from './_kit/dates.ts'
export { formatMoney } from './_kit/money.ts'
export type {
  Interval,
  Kind,
  Links,
  OrderItem,
  OrderSummary,
  Plan,
  PropsOf,
  TemplateOf,
} from './_kit/props.ts'
export { htmlToText } from './_kit/text.ts'
export {
  type Brand,
  type BrandSettings,
  brandSettings,
  createBrand,
  defaultBrand,
} from './brand.ts'

export const templates: { [K in Kind]: TemplateOf<K> } = {
  order_confirmation: { Template: orderConfirmation.default, subject: orderConfirmation.subject },
  subscription_confirmation: {
    Template: subscriptionConfirmation.default,
    subject: subscriptionConfirmation.subject,
  },
  subscription_cycled: {
    Template: subscriptionCycled.default,
    subject: subscriptionCycled.subject,
  },
  subscription_past_due: {
    Template: subscriptionPastDue.default,
    subject: subscriptionPastDue.subject,
  },
}
