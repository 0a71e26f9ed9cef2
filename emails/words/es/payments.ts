// Failed and recovered payments, in Spanish.

import type { Payments } from '../en/payments.ts'

const unpaid = (by: string) => `Si el importe no se paga ${by}, la suscripción finalizará.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Ha fallado el pago de tu suscripción a «${plan}»`,
    preheader: (by) => `Actualiza tu método de pago ${by}.`,
    title: 'Tu pago no se ha podido realizar',
    lead: {
      amount: (amount, plan, date) => `El pago de ${amount} por «${plan}» falló el ${date}.`,
      noAmount: (plan, date) => `El pago por «${plan}» falló el ${date}.`,
    },
    decline: {
      insufficient_funds: 'El banco indica que no hay saldo suficiente en la cuenta.',
      expired_card: 'La tarjeta ha expirado.',
      incorrect_details:
        'Algún dato de la tarjeta no es correcto, como el número o el código de seguridad.',
      authentication_required: 'El banco necesita que confirmes el pago.',
      limit_exceeded: 'La tarjeta ha alcanzado su límite.',
      not_supported: 'La tarjeta no admite este tipo de pago.',
      lost_or_blocked: 'La tarjeta ya no se puede usar.',
      declined: 'El banco ha rechazado el pago sin indicar el motivo.',
      no_method: 'No hay ningún método de pago registrado.',
    },
    ask: 'Para conservar tu suscripción, revisa o actualiza tu método de pago.',
    askAnother: 'Para conservar tu suscripción, usa otro método de pago.',
    add: {
      preheader: (by) => `Añade un método de pago ${by}.`,
      ask: 'Para conservar tu suscripción, añade un método de pago.',
      action: 'Añadir método de pago',
    },
    confirm: {
      preheader: (by) => `Confirma el pago ${by}.`,
      ask: 'Para conservar tu suscripción, abre el pago y confírmalo con tu banco.',
      action: 'Confirmar pago',
    },
    action: 'Actualizar método de pago',
    next: {
      retry: (date, by) =>
        `Volveremos a intentar el cobro el ${date} y algunas veces más después. ${unpaid(by)}`,
      noRetry: (by) =>
        `No volveremos a intentar el cobro con este método de pago. Si el importe no se paga de otra forma ${by}, la suscripción finalizará.`,
      unpaid,
      onceAdded: (by) =>
        `En cuanto añadas un método de pago, volveremos a intentar el cobro. ${unpaid(by)}`,
    },
    access: {
      until: (date) => `Mientras el pago esté pendiente, conservas el acceso hasta el ${date}.`,
      paused: 'Tu acceso está suspendido hasta que se complete el pago.',
    },
    alreadyPaid: 'Si ya has pagado, no tienes que hacer nada más.',
    facts: {
      failed: 'Pago fallido',
      method: 'Método de pago',
      card: (brand, last4) => `${brand ?? 'Tarjeta'} terminada en ${last4}`,
      nextTry: 'Próximo intento',
      deadline: 'Fecha límite de pago',
      amount: 'Importe pendiente',
    },
  },

  payment_recovered: {
    subject: (plan) => `Hemos recibido el pago de tu suscripción a «${plan}»`,
    preheader: (amount) => `Importe pagado: ${amount}. Todo vuelve a estar en orden.`,
    title: 'Tu pago se ha realizado correctamente',
    lead: (amount, plan) =>
      `¡Gracias! Tu pago de ${amount} por «${plan}» se ha realizado correctamente y tu suscripción continúa. No tienes que hacer nada más.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },
}
