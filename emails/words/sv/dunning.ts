// Reminders of a failed payment, in Swedish.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, add, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) => `${amount} för ”${plan}” är obetalt sedan den ${date}.`,
    noAmount: (plan, date) => `Betalningen för ”${plan}” är obetald sedan den ${date}.`,
  },
  decline,
  ask,
  add,
  confirm: {
    preheader: (date) => `Godkänn betalningen före den ${date} för att behålla prenumerationen.`,
    ask: 'Öppna betalningen och godkänn den hos din bank för att behålla prenumerationen.',
    action: 'Godkänn betalningen',
  },
  action,
  next: {
    retry: (date, deadline) =>
      `Vi gör ett nytt betalningsförsök den ${date}. ${next.unpaid(deadline)}`,
    noRetry: next.noRetry,
    unpaid: next.unpaid,
    onceAdded: next.onceAdded,
  },
  alreadyPaid,
  facts,
}

export const dunning: Dunning = {
  payment_reminder: {
    ...shared,
    subject: (plan) => `Påminnelse: obetald prenumeration på ”${plan}”`,
    title: 'Din prenumeration är fortfarande obetald',
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, date) => `Sista påminnelsen: betala för ”${plan}” före den ${date}`,
    title: 'Sista betalningspåminnelsen',
    last: 'Det här är den sista påminnelsen innan prenumerationen avslutas.',
  },
}
