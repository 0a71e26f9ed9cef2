// Receipts and refunds, in Spanish.

import type { Orders } from '../en/orders.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `Tu pedido: ${product}`,
    preheader: {
      paid: (amount, date) => `Pago de ${amount} el ${date}. Aquí tienes el resumen.`,
      free: 'Todo listo: no tienes que pagar nada.',
    },
    title: 'Gracias por tu pedido',
    lead: {
      paid: (amount, product) =>
        `Tu pago de ${amount} por «${product}» se ha realizado correctamente. Aquí tienes el resumen para que lo guardes.`,
      free: (product) => `Tu pedido de «${product}» se ha completado. No tienes que pagar nada.`,
    },
    action: 'Ver tu pedido',
  },

  subscription_cycled: {
    subject: (plan) => `Tu suscripción a «${plan}» se ha renovado`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado.`,
      free: 'Esta vez no tienes que pagar nada.',
    },
    title: 'Tu suscripción se ha renovado',
    lead: {
      paid: (amount, plan) => `Tu pago de ${amount} por «${plan}» se ha realizado correctamente.`,
      free: (plan) =>
        `Tu suscripción a «${plan}» se ha renovado. Esta vez no tienes que pagar nada.`,
    },
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Tu suscripción a «${plan}» ya está activa`,
    preheader: {
      paid: (amount) => `Tu periodo de prueba ha terminado. Pago de ${amount} realizado.`,
      free: 'Tu periodo de prueba ha terminado. Esta vez no tienes que pagar nada.',
    },
    title: 'Tu suscripción ya está activa',
    lead: {
      paid: (amount, plan) =>
        `Tu periodo de prueba de «${plan}» ha terminado y tu primer pago, de ${amount}, se ha realizado correctamente.`,
      free: (plan) =>
        `Tu periodo de prueba de «${plan}» ha terminado y la suscripción continúa. Esta vez no tienes que pagar nada.`,
    },
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Tu consumo de «${plan}»`,
    preheader: {
      paid: (amount) => `Pago de ${amount} por lo que has usado.`,
      free: 'No tienes que pagar nada por lo que has usado.',
    },
    title: 'Tu resumen de consumo',
    lead: {
      paid: (amount, plan) =>
        `Tu pago de ${amount} por tu consumo de «${plan}» se ha realizado correctamente.`,
      free: (plan) => `Hemos calculado tu consumo de «${plan}». Esta vez no tienes que pagar nada.`,
    },
    note: 'El consumo se factura además de tu suscripción, que no cambia.',
    action: 'Ver recibo',
  },

  subscription_final_invoice: {
    subject: (plan) => `Tu factura final de «${plan}»`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado. No habrá más cobros.`,
      free: 'No tienes que pagar nada y no habrá más cobros.',
    },
    title: 'Tu factura final',
    lead: {
      paid: (amount, plan, date) =>
        `Tu suscripción a «${plan}» finalizó el ${date}. Tu último pago, de ${amount}, se ha realizado correctamente.`,
      free: (plan, date) =>
        `Tu suscripción a «${plan}» finalizó el ${date}. No queda nada por pagar.`,
    },
    note: 'Esta es la última factura de esta suscripción.',
    action: 'Ver recibo',
  },

  order_refunded: {
    subject: (product) => `Tu reembolso de «${product}»`,
    preheader: (amount) => `Te estamos devolviendo ${amount}.`,
    title: 'Tu reembolso está en camino',
    lead: {
      full: (amount, product) =>
        `Hemos reembolsado por completo tu pago por «${product}»: ${amount}.`,
      partial: (amount, product) => `Hemos reembolsado ${amount} de tu pedido de «${product}».`,
    },
    method: {
      card: (brand, last4) =>
        `El dinero vuelve a tu tarjeta${brand ? ` ${brand}` : ''} terminada en ${last4}. Los bancos suelen tardar entre 5 y 10\u00a0días hábiles.`,
      unknown:
        'El dinero vuelve al método de pago que usaste. Los bancos suelen tardar entre 5 y 10\u00a0días hábiles.',
    },
    facts: {
      order: 'Pedido',
      ordered: 'Fecha del pedido',
      total: 'Total del pedido',
      refunded: 'Reembolsado el',
      amount: 'Reembolso',
    },
    action: 'Ver tu pedido',
  },
}
