// Reminders of a failed payment, in Spanish.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `Desde el ${date} quedan ${amount} por pagar de tu suscripción a «${plan}».`,
    noAmount: (plan, date) => `El pago por «${plan}» está pendiente desde el ${date}.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `Volveremos a intentar el cobro el ${date}. ${next.unpaid(by)}`,
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
    usage: {
      subject: (plan) => `Pago pendiente por el uso de «${plan}»`,
      title: 'Tienes un pago pendiente',
      lead: {
        amount: (amount, plan, date) =>
          `El ${date} no pudimos cobrar ${amount} por el uso de «${plan}».`,
        noAmount: (plan, date) => `El ${date} no pudimos cobrar el pago por el uso de «${plan}».`,
      },
      ask: 'Abre la factura y págala, por favor.',
      action: 'Pagar ahora',
      retry: (date) => `De lo contrario, volveremos a intentar el cobro el ${date}.`,
      goesOn: 'Mientras tanto, tu suscripción continúa.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `Último aviso: paga tu suscripción a «${plan}» ${by}`,
    title: 'Último aviso de pago',
    last: 'Este es el último aviso antes de que finalice la suscripción.',
  },
}
