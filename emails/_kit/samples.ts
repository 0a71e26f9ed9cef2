// The samples of every kind by name, for the previews and the tests, with the service's brand.

import { defaultBrand } from '../brand.ts'
import type { Kind, PropsOf } from './props.ts'
import * as changes from './samples/changes.ts'
import { purchases, renewals, subscriptions } from './samples/receipts.ts'
import * as reminders from './samples/reminders.ts'
import { standard } from './samples/standard.ts'

const { benefits } = standard.subscription_confirmation

/** Applies `make` to each of `variants`. */
const each = <V extends object, R>(variants: V, make: (variant: V[keyof V]) => R) =>
  Object.fromEntries(
    Object.entries(variants).map(([name, props]) => [name, make(props as V[keyof V])]),
  ) as { [N in keyof V]: R }

const unbranded = {
  order_confirmation: purchases,
  subscription_confirmation: {
    standard: standard.subscription_confirmation,
    ...each(subscriptions, (props) => ({ ...props, benefits })),
  },
  trial_started: changes.trials,
  subscription_cycled: { standard: standard.subscription_cycled, ...renewals },
  subscription_cycled_after_trial: {
    standard: standard.subscription_cycled_after_trial,
    ...renewals,
  },
  subscription_usage_invoice: { standard: standard.subscription_usage_invoice, ...renewals },
  subscription_final_invoice: {
    standard: standard.subscription_final_invoice,
    ...each(subscriptions, (props) => ({
      ...props,
      plan: { ...props.plan, renewsAt: null },
      endedAt: standard.subscription_final_invoice.endedAt,
    })),
  },
  subscription_updated: changes.updates,
  subscription_change_scheduled: changes.schedules,
  subscription_cancellation: changes.cancellations,
  subscription_uncanceled: changes.uncancellations,
  subscription_revoked: changes.revocations,
  subscription_past_due: changes.failures,
  payment_reminder: reminders.paymentReminders,
  payment_final_notice: reminders.finalNotices,
  payment_recovered: { standard: standard.payment_recovered, ...subscriptions },
  subscription_paused: changes.pauses,
  subscription_resumed: {
    standard: standard.subscription_resumed,
    'no-order': { ...standard.subscription_resumed, order: null, invoice: null },
    ...subscriptions,
  },
  subscription_renewal_reminder: reminders.renewalReminders,
  subscription_trial_conversion_reminder: reminders.trialReminders,
  payment_method_expiration_reminder: reminders.cardReminders,
  order_refunded: changes.refunds,
} satisfies { [K in Kind]: Record<string, PropsOf[K]> & { standard: PropsOf[K] } }

/** `standard` is an ordinary email; the others test its layout. */
export const samples: typeof unbranded = each(unbranded, (variants) =>
  each(variants, (props: object) => ({ ...props, brand: defaultBrand })),
) as never

/** The same props for another locale. */
export const inLocale = <P extends { locale: string }>(props: P, locale: string): P => ({
  ...props,
  locale,
})
