// Reminders of a failed payment, in Swedish.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) => `${amount} för ”${plan}” är obetalt sedan den ${date}.`,
    noAmount: (plan, date) => `Betalningen för ”${plan}” är obetald sedan den ${date}.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `Vi gör ett nytt betalningsförsök den ${date}. ${next.unpaid(by)}`,
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
    usage: {
      subject: (plan) => `Obetald användning av ”${plan}”`,
      title: 'En betalning återstår',
      lead: {
        amount: (amount, plan, date) =>
          `Betalningen på ${amount} för användningen av ”${plan}” gick inte igenom den ${date}.`,
        noAmount: (plan, date) =>
          `Betalningen för användningen av ”${plan}” gick inte igenom den ${date}.`,
      },
      ask: 'Öppna fakturan och betala den.',
      action: 'Betala nu',
      retry: (date) => `Annars gör vi ett nytt betalningsförsök den ${date}.`,
      goesOn: 'Prenumerationen fortsätter under tiden.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `Sista påminnelsen: betala för ”${plan}” ${by}`,
    title: 'Sista betalningspåminnelsen',
    last: 'Det här är den sista påminnelsen innan prenumerationen avslutas.',
  },
}
