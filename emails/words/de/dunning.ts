// Reminders of a failed payment, in German.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) => `Für „${plan}“ sind seit dem ${date} noch ${amount} offen.`,
    noAmount: (plan, date) => `Ihre Zahlung für „${plan}“ ist seit dem ${date} offen.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `Wir versuchen die Abbuchung am ${date} erneut. ${next.unpaid(by)}`,
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
    subject: (plan) => `Erinnerung an Ihre offene Zahlung: ${plan}`,
    title: 'Ihre Zahlung ist noch offen',
    usage: {
      subject: (plan) => `Offene Zahlung für die Nutzung: ${plan}`,
      title: 'Eine Zahlung ist noch offen',
      lead: {
        amount: (amount, plan, date) =>
          `Für die Nutzung von „${plan}“ konnten wir am ${date} ${amount} nicht einziehen.`,
        noAmount: (plan, date) =>
          `Die Zahlung für die Nutzung von „${plan}“ konnten wir am ${date} nicht einziehen.`,
      },
      ask: 'Bitte öffnen Sie die Rechnung und bezahlen Sie sie.',
      action: 'Jetzt bezahlen',
      retry: (date) => `Andernfalls versuchen wir die Abbuchung am ${date} erneut.`,
      goesOn: 'Ihr Abonnement läuft in der Zwischenzeit weiter.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `Letzte Erinnerung, bitte ${by} bezahlen: ${plan}`,
    title: 'Letzte Erinnerung an Ihre Zahlung',
    last: 'Dies ist die letzte Erinnerung, bevor das Abonnement endet.',
  },
}
