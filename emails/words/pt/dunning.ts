// Reminders of a failed payment, in Brazilian Portuguese.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `O valor de ${amount} referente a “${plan}” está pendente desde ${date}.`,
    noAmount: (plan, date) => `O pagamento referente a “${plan}” está pendente desde ${date}.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `Vamos tentar a cobrança novamente em ${date}. ${next.unpaid(by)}`,
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
    usage: {
      subject: (plan) => `Pagamento pendente pelo uso de “${plan}”`,
      title: 'Há um pagamento pendente',
      lead: {
        amount: (amount, plan, date) =>
          `Em ${date}, não conseguimos cobrar ${amount} pelo uso de “${plan}”.`,
        noAmount: (plan, date) =>
          `Em ${date}, não conseguimos cobrar o pagamento pelo uso de “${plan}”.`,
      },
      ask: 'Abra a fatura e faça o pagamento.',
      action: 'Pagar agora',
      retry: (date) => `Caso contrário, tentaremos a cobrança novamente em ${date}.`,
      goesOn: 'Enquanto isso, sua assinatura continua ativa.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `Último aviso: pague a assinatura “${plan}” ${by}`,
    title: 'Último aviso de pagamento',
    last: 'Este é o último aviso antes do encerramento da assinatura.',
  },
}
