// Reminders of a failed payment, in Spanish.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, add, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `Desde el ${date} quedan ${amount} por pagar de tu suscripción a «${plan}».`,
    noAmount: (plan, date) => `El pago por «${plan}» está pendiente desde el ${date}.`,
  },
  decline,
  ask,
  add,
  confirm: {
    preheader: (date) => `Confirma el pago antes del ${date} y conserva tu suscripción.`,
    ask: 'Para conservar tu suscripción, abre el pago y confírmalo con tu banco.',
    action: 'Confirmar pago',
  },
  action,
  next: {
    retry: (date, deadline) =>
      `Volveremos a intentar el cobro el ${date}. ${next.unpaid(deadline)}`,
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
    subject: (plan) => `Recordatorio: pago pendiente de tu suscripción a «${plan}»`,
    title: 'Tu pago sigue pendiente',
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, date) => `Último aviso: paga tu suscripción a «${plan}» antes del ${date}`,
    title: 'Último aviso de pago',
    last: 'Este es el último aviso antes de que finalice la suscripción.',
  },
}
