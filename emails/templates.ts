// All kinds of email with their templates.

import type { Brand } from './_kit/brand.ts'
import type { Kind, TemplateOf } from './_kit/props.ts'
import * as orderConfirmation from './order_confirmation.tsx'
import * as orderRefunded from './order_refunded.tsx'
import * as paymentFinalNotice from './payment_final_notice.tsx'
import * as paymentMethodExpirationReminder from './payment_method_expiration_reminder.tsx'
import * as paymentRecovered from './payment_recovered.tsx'
import * as paymentReminder from './payment_reminder.tsx'
import * as subscriptionCancellation from './subscription_cancellation.tsx'
import * as subscriptionChangeScheduled from './subscription_change_scheduled.tsx'
import * as subscriptionConfirmation from './subscription_confirmation.tsx'
import * as subscriptionCycled from './subscription_cycled.tsx'
import * as subscriptionCycledAfterTrial from './subscription_cycled_after_trial.tsx'
import * as subscriptionFinalInvoice from './subscription_final_invoice.tsx'
import * as subscriptionPastDue from './subscription_past_due.tsx'
import * as subscriptionPaused from './subscription_paused.tsx'
import * as subscriptionRenewalReminder from './subscription_renewal_reminder.tsx'
import * as subscriptionResumed from './subscription_resumed.tsx'
import * as subscriptionRevoked from './subscription_revoked.tsx'
import * as subscriptionTrialConversionReminder from './subscription_trial_conversion_reminder.tsx'
import * as subscriptionUncanceled from './subscription_uncanceled.tsx'
import * as subscriptionUpdated from './subscription_updated.tsx'
import * as subscriptionUsageInvoice from './subscription_usage_invoice.tsx'
import * as trialStarted from './trial_started.tsx'

type File<K extends Kind> = {
  default: TemplateOf<K>['Template']
  subject: TemplateOf<K>['subject']
}

const files: { [K in Kind]: File<K> } = {
  order_confirmation: orderConfirmation,
  subscription_confirmation: subscriptionConfirmation,
  trial_started: trialStarted,
  subscription_cycled: subscriptionCycled,
  subscription_cycled_after_trial: subscriptionCycledAfterTrial,
  subscription_usage_invoice: subscriptionUsageInvoice,
  subscription_final_invoice: subscriptionFinalInvoice,
  subscription_updated: subscriptionUpdated,
  subscription_change_scheduled: subscriptionChangeScheduled,
  subscription_cancellation: subscriptionCancellation,
  subscription_uncanceled: subscriptionUncanceled,
  subscription_revoked: subscriptionRevoked,
  subscription_past_due: subscriptionPastDue,
  payment_reminder: paymentReminder,
  payment_final_notice: paymentFinalNotice,
  payment_recovered: paymentRecovered,
  subscription_paused: subscriptionPaused,
  subscription_resumed: subscriptionResumed,
  subscription_renewal_reminder: subscriptionRenewalReminder,
  subscription_trial_conversion_reminder: subscriptionTrialConversionReminder,
  payment_method_expiration_reminder: paymentMethodExpirationReminder,
  order_refunded: orderRefunded,
}

/** All kinds, in the order in which a customer meets them. */
export const kinds = Object.keys(files) as Kind[]

/** The brand's own template of a kind, or ours. */
export const templateOf = <K extends Kind>(brand: Brand, kind: K): TemplateOf<K> => {
  const own = brand.kinds[kind]?.template as TemplateOf<K> | undefined
  return own ?? { Template: files[kind].default, subject: files[kind].subject }
}
