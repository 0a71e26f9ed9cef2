// Reminders of a failed payment, in Brazilian Portuguese.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, add, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `O valor de ${amount} referente a “${plan}” está pendente desde ${date}.`,
    noAmount: (plan, date) => `O pagamento referente a “${plan}” está pendente desde ${date}.`,
  },
  decline,
  ask,
  add,
  confirm: {
    preheader: (date) => `Confirme o pagamento antes de ${date} para manter a assinatura.`,
    ask: 'Para manter sua assinatura, abra o pagamento e confirme-o com o seu banco.',
    action: 'Confirmar pagamento',
  },
  action,
  next: {
    retry: (date, deadline) =>
      `Vamos tentar a cobrança novamente em ${date}. ${next.unpaid(deadline)}`,
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
    subject: (plan) => `Lembrete: pagamento pendente da assinatura “${plan}”`,
    title: 'Seu pagamento continua pendente',
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, date) => `Último aviso: pague a assinatura “${plan}” antes de ${date}`,
    title: 'Último aviso de pagamento',
    last: 'Este é o último aviso antes do encerramento da assinatura.',
  },
}
