// Reminders of a failed payment, in English.

import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
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
  askAnother,
  confirm,
  action,
  next: {
    retry: (date: string, by: string) =>
      `We will try the payment again on ${date}. ${next.unpaid(by)}`,
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
    /** For an invoice of usage, after which the subscription goes on. */
    usage: {
      subject: (plan: string) => `Payment open for the usage of ${plan}`,
      title: 'A payment is still open',
      lead: {
        amount: (amount: string, plan: string, date: string) =>
          `We couldn’t collect ${amount} for the usage of ${plan} on ${date}.`,
        noAmount: (plan: string, date: string) =>
          `We couldn’t collect the payment for the usage of ${plan} on ${date}.`,
      },
      ask: 'Please open the invoice and pay it.',
      action: 'Pay now',
      retry: (date: string) => `Otherwise we will try the payment again on ${date}.`,
      goesOn: 'Your subscription continues meanwhile.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan: string, by: string) => `Last reminder: please pay for ${plan} ${by}`,
    title: 'Last reminder of your payment',
    last: 'This is the last reminder before the subscription ends.',
  },
}

export type Dunning = typeof dunning
