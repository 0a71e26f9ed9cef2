// Reminders of a failed payment, in French.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `Pour votre abonnement «\u00a0${plan}\u00a0», ${amount} restent à payer depuis le ${date}.`,
    noAmount: (plan, date) =>
      `Le paiement pour «\u00a0${plan}\u00a0» est en attente depuis le ${date}.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `Nous retenterons le paiement le ${date}. ${next.unpaid(by)}`,
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
    subject: (plan) => `Rappel\u00a0: paiement en attente pour «\u00a0${plan}\u00a0»`,
    title: 'Votre paiement est toujours en attente',
    usage: {
      subject: (plan) => `Paiement en attente pour l’utilisation de «\u00a0${plan}\u00a0»`,
      title: 'Un paiement est en attente',
      lead: {
        amount: (amount, plan, date) =>
          `Le ${date}, nous n’avons pas pu encaisser ${amount} pour l’utilisation de «\u00a0${plan}\u00a0».`,
        noAmount: (plan, date) =>
          `Le ${date}, nous n’avons pas pu encaisser le paiement pour l’utilisation de «\u00a0${plan}\u00a0».`,
      },
      ask: 'Ouvrez la facture pour la régler.',
      action: 'Payer maintenant',
      retry: (date) => `Sinon, nous retenterons le paiement le ${date}.`,
      goesOn: 'Votre abonnement continue entre-temps.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `Dernier rappel\u00a0: à payer ${by} pour «\u00a0${plan}\u00a0»`,
    title: 'Dernier rappel de paiement',
    last: 'C’est le dernier rappel avant la fin de l’abonnement.',
  },
}
