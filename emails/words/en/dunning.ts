// Reminders of a failed payment, in English.

import { payments } from './payments.ts'

const { preheader, decline, ask, add, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared = {
  preheader,
  lead: {
    amount: (amount: string, plan: string, date: string) =>
      `${amount} for ${plan} has been unpaid since ${date}.`,
    noAmount: (plan: string, date: string) =>
      `The payment for ${plan} has been open since ${date}.`,
  },
  decline,
  ask,
  add,
  /** For payments that wait for the bank's question to the customer. */
  confirm: {
    preheader: (date: string) =>
      `Please confirm the payment before ${date} to keep your subscription.`,
    ask: 'To keep your subscription, please open the payment and confirm it with your bank.',
    action: 'Confirm payment',
  },
  action,
  next: {
    retry: (date: string, deadline: string) =>
      `We will try the payment again on ${date}. ${next.unpaid(deadline)}`,
    noRetry: next.noRetry,
    unpaid: next.unpaid,
    onceAdded: next.onceAdded,
  },
  alreadyPaid,
  facts,
}

export const dunning = {
  payment_reminder: {
    ...shared,
    subject: (plan: string) => `Reminder: your payment for ${plan} is still open`,
    title: 'Your payment is still open',
  },

  payment_final_notice: {
    ...shared,
    subject: (plan: string, date: string) => `Last reminder: please pay for ${plan} before ${date}`,
    title: 'Last reminder of your payment',
    last: 'This is the last reminder before the subscription ends.',
  },
}

export type Dunning = typeof dunning
