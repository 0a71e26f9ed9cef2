// Reminders of what comes soon, in Spanish.

import type { Reminders } from '../en/reminders.ts'

const yourCard = (brand: string | null, last4: string) =>
  `tu tarjeta${brand ? ` ${brand}` : ''} terminada en ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `Cobraremos ${amount} en ${yourCard(brand, last4)}.`,
  amount: (amount) => `El importe será de ${amount}.`,
  beforeTax: (amount) => `El precio es de ${amount}, más los impuestos que correspondan.`,
  onlyCard: (brand, last4) => `Cobraremos el importe en ${yourCard(brand, last4)}.`,
  nothing: 'No tendrás que pagar nada.',
  facts: {
    method: 'Método de pago',
    card: (brand, last4) => `${brand ?? 'Tarjeta'} terminada en ${last4}`,
    beforeTax: 'Precio sin impuestos',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `Tu suscripción a «${plan}» se renueva el ${date}`,
    title: 'Tu suscripción se renueva pronto',
    lead: (plan, date) => `Tu suscripción a «${plan}» se renueva el ${date}.`,
    change: {
      plan: (plan) => `A partir de ese día tendrás «${plan}».`,
      planWith: (plan, quantity) => `A partir de ese día tendrás «${plan}» con ${quantity}.`,
      quantity: (quantity) => `A partir de ese día incluirá ${quantity}.`,
      unnamed: 'El cambio programado se aplicará ese día.',
    },
    charge,
    keep: 'Si estás de acuerdo, no tienes que hacer nada.',
    stop: (by) => `Para cambiar o cancelar la suscripción, hazlo ${by}.`,
    facts: { next: 'Después de la renovación' },
    action: 'Gestionar suscripción',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `Tu periodo de prueba de «${plan}» termina el ${date}`,
    preheader: { add: 'Todavía no hay ningún método de pago registrado.' },
    title: 'Tu periodo de prueba termina pronto',
    lead: (plan, date) => `Tu periodo de prueba de «${plan}» termina el ${date}.`,
    continues: 'Después, tu suscripción continuará automáticamente.',
    charge,
    add: (by) =>
      `Todavía no hay ningún método de pago registrado. Para continuar después del periodo de prueba, añade un método de pago ${by}.`,
    stop: (by) => `Si no quieres continuar, cancela la suscripción ${by} y no se te cobrará nada.`,
    facts: { amount: 'Primer pago' },
    action: 'Gestionar suscripción',
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      `Tu tarjeta${brand ? ` ${brand}` : ''} terminada en ${last4} expira pronto`,
    preheader: {
      expires: (month) => `Expira a finales de ${month}.`,
      ask: 'Actualiza tu método de pago.',
    },
    title: 'Tu tarjeta expira pronto',
    lead: (brand, last4, month) =>
      `Tu tarjeta${brand ? ` ${brand}` : ''} terminada en ${last4} expira a finales de ${month}.`,
    pays: {
      one: (plan) => `Con ella pagas tu suscripción a «${plan}».`,
      several: 'Con esta tarjeta pagas estas suscripciones:',
      more: (_count, shown) => `y ${shown} más`,
    },
    ask: 'Para que los próximos pagos se realicen correctamente, actualiza antes tu método de pago.',
    alreadyDone: 'Si ya lo has actualizado, no tienes que hacer nada más.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Válida hasta finales de',
    },
    action: 'Actualizar método de pago',
  },
}
