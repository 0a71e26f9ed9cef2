// Spanish. “Tú”, in words that Spain and Latin America share; no participle that agrees with the customer.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('es')

export const es: Words = {
  common: {
    greeting: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
    summary: 'Resumen',
    item: 'Concepto',
    amount: 'Importe',
    free: 'Gratis',
    invoiceNumber: (number) => `Factura ${number}`,
    billedTo: 'Facturado a',
    prorated: (label) => `${label} (parte proporcional)`,
    subtotal: 'Subtotal',
    discount: (name) => (name ? `Descuento (${name})` : 'Descuento'),
    tax: 'Impuestos',
    includesTax: 'Impuestos incluidos',
    total: 'Total',
    credit: 'Saldo a favor',
    owed: 'Saldo pendiente anterior',
    kept: 'Queda como saldo a favor',
    paid: 'Importe pagado',
    invoiceAttached: 'Adjuntamos tu factura a este correo.',
    invoiceInPortal: 'Puedes descargar tu factura en el portal de facturación.',
    benefits: 'Qué incluye',
    plan: 'Suscripción',
    quantity: {
      seat: (count) =>
        plural(count, { one: `${count}\u00a0usuario`, other: `${count}\u00a0usuarios` }),
      unit: (count) =>
        plural(count, { one: `${count}\u00a0unidad`, other: `${count}\u00a0unidades` }),
    },
    billed: 'Facturación',
    every: {
      day: (count) => plural(count, { one: 'Diaria', other: `Cada ${count}\u00a0días` }),
      week: (count) => plural(count, { one: 'Semanal', other: `Cada ${count}\u00a0semanas` }),
      month: (count) => plural(count, { one: 'Mensual', other: `Cada ${count}\u00a0meses` }),
      year: (count) => plural(count, { one: 'Anual', other: `Cada ${count}\u00a0años` }),
    },
    price: 'Precio',
    nextRenewal: 'Próxima renovación',
    trialEnds: 'Fin de la prueba',
    support: ['¿Tienes preguntas? Escríbenos a ', ''],
    overview: 'Gestionar pagos y facturas',
    seller: (name) =>
      `Vendido por Polar Software, Inc., revendedor y comerciante registrado (merchant of record) de ${name}.`,
  },

  order_confirmation: {
    subject: (product) => `Tu pedido: ${product}`,
    preheader: {
      paid: (amount, date) => `Pago de ${amount} el ${date}. Aquí tienes el resumen.`,
      free: 'Todo listo: no tienes que pagar nada.',
    },
    title: 'Gracias por tu pedido',
    lead: {
      paid: (amount, product) =>
        `Tu pago de ${amount} por ${product} se ha realizado correctamente. Aquí tienes el resumen para que lo guardes.`,
      free: (product) => `Tu pedido de ${product} se ha completado. No tienes que pagar nada.`,
    },
    action: 'Ver tu pedido',
  },

  subscription_confirmation: {
    subject: (plan) => `Tu suscripción a ${plan} ha comenzado`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado.`,
      free: 'Hoy no tienes que pagar nada.',
      renews: (date) => `Se renueva el ${date}.`,
    },
    title: 'Tu suscripción ha comenzado',
    lead: {
      paid: (amount, plan) =>
        `Tu suscripción a ${plan} está activa y tu pago de ${amount} se ha realizado correctamente.`,
      free: (plan) => `Tu suscripción a ${plan} está activa. Hoy no tienes que pagar nada.`,
    },
    renews: (date) => `La suscripción se renueva el ${date}, a menos que la canceles antes.`,
    action: 'Gestionar suscripción',
  },

  trial_started: {
    subject: (plan) => `Tu prueba de ${plan} ha comenzado`,
    preheader: (date) => `Es gratis hasta el ${date}.`,
    title: 'Tu prueba ha comenzado',
    lead: (plan, date) =>
      `Puedes usar ${plan} gratis hasta el ${date}. Hoy no tienes que pagar nada.`,
    next: {
      price: (price) =>
        `Después, tu suscripción continuará por ${price}, a menos que la canceles antes de que termine la prueba.`,
      noPrice:
        'Después, tu suscripción continuará a su precio habitual, a menos que la canceles antes de que termine la prueba.',
    },
    action: 'Gestionar suscripción',
  },

  subscription_cycled: {
    subject: (plan) => `Tu suscripción a ${plan} se ha renovado`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado.`,
      free: 'Esta vez no tienes que pagar nada.',
    },
    title: 'Tu suscripción se ha renovado',
    lead: {
      paid: (amount, plan) => `Tu pago de ${amount} por ${plan} se ha realizado correctamente.`,
      free: (plan) => `Tu suscripción a ${plan} se ha renovado. Esta vez no tienes que pagar nada.`,
    },
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Tu suscripción a ${plan} ya está activa`,
    preheader: {
      paid: (amount) => `Tu prueba ha terminado. Pago de ${amount} realizado.`,
      free: 'Tu prueba ha terminado. Esta vez no tienes que pagar nada.',
    },
    title: 'Tu suscripción ya está activa',
    lead: {
      paid: (amount, plan) =>
        `Tu prueba de ${plan} ha terminado y tu primer pago, de ${amount}, se ha realizado correctamente.`,
      free: (plan) =>
        `Tu prueba de ${plan} ha terminado y la suscripción continúa. Esta vez no tienes que pagar nada.`,
    },
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Tu consumo de ${plan}`,
    preheader: {
      paid: (amount) => `Pago de ${amount} por lo que has usado.`,
      free: 'No tienes que pagar nada por lo que has usado.',
    },
    title: 'Tu resumen de consumo',
    lead: {
      paid: (amount, plan) =>
        `Tu pago de ${amount} por tu consumo de ${plan} se ha realizado correctamente.`,
      free: (plan) => `Hemos calculado tu consumo de ${plan}. Esta vez no tienes que pagar nada.`,
    },
    note: 'El consumo se factura además de tu suscripción, que no cambia.',
    action: 'Ver recibo',
  },

  subscription_final_invoice: {
    subject: (plan) => `Tu factura final de ${plan}`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado. No habrá más cobros.`,
      free: 'No tienes que pagar nada y no habrá más cobros.',
    },
    title: 'Tu factura final',
    lead: {
      paid: (amount, plan, date) =>
        `Tu suscripción a ${plan} finalizó el ${date}. Tu último pago, de ${amount}, se ha realizado correctamente.`,
      free: (plan, date) =>
        `Tu suscripción a ${plan} finalizó el ${date}. No queda nada por pagar.`,
    },
    note: 'Esta es la última factura de esta suscripción.',
    action: 'Ver recibo',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Tu suscripción ha cambiado a ${plan}`,
      quantity: (plan) => `Cambios en tu suscripción a ${plan}`,
    },
    preheader: {
      paid: (amount) => `Pago de ${amount} por el cambio.`,
      settled: 'El cambio ya está en vigor.',
    },
    title: 'Tu suscripción ha cambiado',
    lead: {
      fromTo: (from, to) => `Tu suscripción ha cambiado de ${from} a ${to}, con efecto inmediato.`,
      to: (to) => `Tu suscripción ha cambiado a ${to}, con efecto inmediato.`,
      quantity: (plan, quantity) => `Tu suscripción a ${plan} ahora incluye ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Tu pago de ${amount} por el cambio se ha realizado correctamente.`,
      later: 'Si hay alguna diferencia de precio, se ajustará en tu próxima factura.',
    },
    facts: { before: 'Antes', now: 'Ahora' },
    action: 'Ver suscripción',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Cambio programado en tu suscripción a ${plan}`,
    preheader: (date) => `Se aplicará el ${date}. Hasta entonces, nada cambia.`,
    title: 'Tu suscripción va a cambiar',
    lead: {
      fromTo: (from, to, date) => `Tu suscripción cambiará de ${from} a ${to} el ${date}.`,
      quantity: (plan, quantity, date) =>
        `Tu suscripción a ${plan} incluirá ${quantity} a partir del ${date}.`,
      unnamed: (plan, date) => `Tu suscripción a ${plan} cambiará el ${date}.`,
    },
    next: 'Hasta entonces, todo sigue igual, y ahora no tienes que pagar nada.',
    facts: { now: 'Ahora', from: (date) => `Desde el ${date}` },
    action: 'Revisar el cambio',
  },

  subscription_cancellation: {
    subject: (plan) => `Tu suscripción a ${plan} está cancelada`,
    preheader: {
      until: (date) => `Tienes acceso hasta el ${date}. La suscripción no se renovará.`,
      trial: (date) => `Tienes acceso hasta el ${date} y no se te cobrará nada.`,
      noDate: 'No se renovará.',
    },
    title: 'Tu suscripción está cancelada',
    lead: {
      until: (plan, date) =>
        `Tu suscripción a ${plan} está cancelada y no se renovará. Tienes acceso hasta el ${date}.`,
      trial: (plan, date) =>
        `Tu prueba de ${plan} está cancelada. Tienes acceso hasta el ${date}, y la prueba no se convertirá en una suscripción de pago.`,
      noDate: (plan) => `Tu suscripción a ${plan} está cancelada y no se renovará.`,
    },
    change: '¿Has cambiado de opinión? Hasta entonces puedes anular la cancelación.',
    facts: { accessUntil: 'Acceso hasta el' },
    action: 'Mantener mi suscripción',
  },

  subscription_uncanceled: {
    subject: (plan) => `Tu suscripción a ${plan} continúa`,
    preheader: {
      renews: (date) => `Hemos anulado la cancelación. Próxima renovación: ${date}.`,
      noDate: 'Hemos anulado la cancelación.',
    },
    title: 'Tu suscripción continúa',
    lead: (plan) =>
      `Nos alegra que te quedes: hemos anulado la cancelación de tu suscripción a ${plan} y nada cambia.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Gestionar suscripción',
  },

  subscription_revoked: {
    subject: (plan) => `Tu suscripción a ${plan} ha finalizado`,
    preheader: {
      ended: 'Gracias por haber confiado en nosotros.',
      unpaid: 'No hemos podido cobrar el último pago.',
    },
    title: 'Tu suscripción ha finalizado',
    lead: {
      ended: (plan, date) =>
        `Tu suscripción a ${plan} finalizó el ${date}. Gracias por haber confiado en nosotros.`,
      unpaid: (plan, date) =>
        `No hemos podido cobrar el pago de ${plan}, así que la suscripción finalizó el ${date}. No volveremos a intentar el cobro.`,
    },
    next: 'Tus facturas y pedidos anteriores siguen disponibles en tu portal de facturación.',
    facts: { ended: 'Finalizó el' },
    action: 'Ver suscripción',
  },

  subscription_past_due: {
    subject: (plan) => `Ha fallado el pago de tu suscripción a ${plan}`,
    preheader: (date) => `Actualiza tu método de pago antes del ${date} y conserva tu suscripción.`,
    title: 'Tu pago no se ha podido realizar',
    lead: {
      amount: (amount, plan, date) => `El pago de ${amount} por ${plan} falló el ${date}.`,
      noAmount: (plan, date) => `El pago por ${plan} falló el ${date}.`,
    },
    decline: {
      insufficient_funds: 'El banco indica que no hay saldo suficiente en la cuenta.',
      expired_card: 'La tarjeta ha expirado.',
      incorrect_details:
        'Algún dato de la tarjeta no es correcto, como el número o el código de seguridad.',
      authentication_required: 'El banco necesita que confirmes el pago.',
      limit_exceeded: 'La tarjeta ha alcanzado su límite.',
      not_supported: 'La tarjeta no admite este tipo de pago.',
      lost_or_blocked: 'La tarjeta ya no se puede usar. Usa otra, por favor.',
      declined: 'El banco ha rechazado el pago sin indicar el motivo.',
      no_method: 'No hay ningún método de pago registrado.',
    },
    ask: 'Para conservar tu suscripción, revisa o actualiza tu método de pago.',
    add: 'Para conservar tu suscripción, añade un método de pago.',
    action: 'Actualizar método de pago',
    next: {
      retry: (date, deadline) =>
        `Volveremos a intentar el cobro el ${date} y algunas veces más después. Si no se paga antes del ${deadline}, la suscripción finalizará.`,
      retries: (deadline) =>
        `Volveremos a intentar el cobro automáticamente en los próximos días. Si no se paga antes del ${deadline}, la suscripción finalizará.`,
      onceAdded: (deadline) =>
        `En cuanto lo añadas, volveremos a intentar el cobro. Si no se paga antes del ${deadline}, la suscripción finalizará.`,
    },
    access: {
      until: (date) => `Conservas el acceso hasta el ${date}.`,
      paused: 'Tu acceso está suspendido hasta que se complete el pago.',
    },
    alreadyPaid: 'Si ya has pagado, no tienes que hacer nada más.',
    facts: {
      failed: 'Pago fallido',
      method: 'Método de pago',
      card: (brand, last4) => `${brand} terminada en ${last4}`,
      nextTry: 'Próximo intento',
      deadline: 'Pagar antes del',
      amount: 'Importe pendiente',
    },
  },

  payment_recovered: {
    subject: (plan) => `Hemos recibido el pago de tu suscripción a ${plan}`,
    preheader: (amount) => `Importe pagado: ${amount}. Todo vuelve a estar en orden.`,
    title: 'Tu pago se ha realizado correctamente',
    lead: (amount, plan) =>
      `¡Gracias! Tu pago de ${amount} por ${plan} se ha realizado correctamente y tu suscripción continúa. No tienes que hacer nada más.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Ver recibo',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Tu suscripción a ${plan} se pausará`,
      paused: (plan) => `Tu suscripción a ${plan} está en pausa`,
    },
    preheader: {
      from: (date) => `La pausa empieza el ${date}.`,
      resumes: (date) => `Reanudación: ${date}.`,
      open: 'No se te cobrará nada durante la pausa.',
    },
    title: {
      scheduled: 'Tu suscripción se pausará',
      paused: 'Tu suscripción está en pausa',
    },
    lead: {
      from: (plan, date) =>
        `Tu suscripción a ${plan} se pausará el ${date}. Hasta entonces, nada cambia.`,
      soon: (plan) =>
        `Tu suscripción a ${plan} se pausará al final del periodo actual. Hasta entonces, nada cambia.`,
      paused: (plan) => `Tu suscripción a ${plan} ya está en pausa.`,
    },
    next: {
      resumes: (date) =>
        `No se te cobrará nada durante la pausa. La suscripción se reanudará automáticamente el ${date}, y con ella los cobros.`,
      open: 'No se te cobrará nada durante la pausa y puedes reanudar la suscripción cuando quieras.',
    },
    facts: { pauses: 'Inicio de la pausa', resumes: 'Reanudación' },
    action: 'Gestionar suscripción',
  },

  subscription_resumed: {
    subject: (plan) => `Tu suscripción a ${plan} se ha reanudado`,
    preheader: {
      paid: (amount) => `Nos alegra tenerte de vuelta. Pago de ${amount} realizado.`,
      noOrder: 'Nos alegra tenerte de vuelta.',
    },
    title: 'Tu suscripción se ha reanudado',
    lead: (plan) => `Nos alegra tenerte de vuelta: tu suscripción a ${plan} vuelve a estar activa.`,
    paid: (amount) => `Tu pago de ${amount} se ha realizado correctamente.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Gestionar suscripción',
  },

  order_refunded: {
    subject: (product) => `Tu reembolso de ${product}`,
    preheader: (amount) => `Te estamos devolviendo ${amount}.`,
    title: 'Tu reembolso está en camino',
    lead: {
      full: (amount, product) =>
        `Hemos reembolsado por completo tu pedido de ${product}: ${amount}.`,
      partial: (amount, product) => `Hemos reembolsado ${amount} de tu pedido de ${product}.`,
    },
    method: {
      card: (brand, last4) =>
        `El dinero vuelve a tu tarjeta ${brand} terminada en ${last4}. Los bancos suelen tardar entre 5 y 10\u00a0días hábiles.`,
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
