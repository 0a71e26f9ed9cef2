// Everything about a subscription, from start to end, in Spanish.

import type { Subscriptions } from '../en/subscriptions.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `Tu suscripción a «${plan}» ha comenzado`,
    preheader: {
      paid: (amount) => `Pago de ${amount} realizado.`,
      free: 'Hoy no tienes que pagar nada.',
      renews: (date) => `Se renueva el ${date}.`,
    },
    title: 'Tu suscripción ha comenzado',
    lead: {
      paid: (amount, plan) =>
        `Tu suscripción a «${plan}» está activa y tu pago de ${amount} se ha realizado correctamente.`,
      free: (plan) => `Tu suscripción a «${plan}» está activa. Hoy no tienes que pagar nada.`,
    },
    renews: (date) => `La suscripción se renueva el ${date}, a menos que la canceles antes.`,
    action: 'Gestionar suscripción',
  },

  trial_started: {
    subject: (plan) => `Tu periodo de prueba de «${plan}» ha comenzado`,
    preheader: (date) => `Es gratis hasta que termine el periodo de prueba, el ${date}.`,
    title: 'Tu periodo de prueba ha comenzado',
    lead: (plan, date) =>
      `Puedes usar «${plan}» gratis hasta que termine el periodo de prueba, el ${date}. Hoy no tienes que pagar nada.`,
    next: {
      price: (price) =>
        `Después, tu suscripción continuará por ${price}, a menos que la canceles antes de que termine el periodo de prueba.`,
      noPrice:
        'Después, tu suscripción continuará a su precio habitual, a menos que la canceles antes de que termine el periodo de prueba.',
    },
    action: 'Gestionar suscripción',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Tu suscripción ha cambiado a «${plan}»`,
      quantity: (plan) => `Cambios en tu suscripción a «${plan}»`,
    },
    preheader: {
      paid: (amount) => `Pago de ${amount} por el cambio.`,
      settled: 'El cambio ya está en vigor.',
    },
    title: 'Tu suscripción ha cambiado',
    lead: {
      fromTo: (from, to) =>
        `Tu suscripción ha cambiado de «${from}» a «${to}», con efecto inmediato.`,
      to: (to) => `Tu suscripción ha cambiado a «${to}», con efecto inmediato.`,
      quantity: (plan, quantity) => `Tu suscripción a «${plan}» ahora incluye ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Tu pago de ${amount} por el cambio se ha realizado correctamente.`,
      later: 'Si hay alguna diferencia de precio, se ajustará en tu próxima factura.',
    },
    facts: { before: 'Antes', now: 'Ahora' },
    action: 'Ver suscripción',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Cambio programado en tu suscripción a «${plan}»`,
    preheader: (date) => `Se aplicará el ${date}. Hasta entonces, nada cambia.`,
    title: 'Tu suscripción va a cambiar',
    lead: {
      fromTo: (from, to, date) => `Tu suscripción cambiará de «${from}» a «${to}» el ${date}.`,
      quantity: (plan, quantity, date) =>
        `Tu suscripción a «${plan}» incluirá ${quantity} a partir del ${date}.`,
      unnamed: (plan, date) => `Tu suscripción a «${plan}» cambiará el ${date}.`,
    },
    next: 'Hasta entonces, todo sigue igual, y ahora no tienes que pagar nada.',
    facts: { now: 'Ahora', from: (date) => `Desde el ${date}` },
    action: 'Ver el cambio',
  },

  subscription_cancellation: {
    subject: (plan) => `Tu suscripción a «${plan}» está cancelada`,
    preheader: {
      until: (date) => `Tienes acceso hasta el ${date}. La suscripción no se renovará.`,
      trial: (date) => `Tienes acceso hasta el ${date} y no se te cobrará nada.`,
      noDate: 'No se renovará.',
    },
    title: 'Tu suscripción está cancelada',
    lead: {
      until: (plan, date) =>
        `Tu suscripción a «${plan}» está cancelada y no se renovará. Tienes acceso hasta el ${date}.`,
      trial: (plan, date) =>
        `Tu periodo de prueba de «${plan}» está cancelado. Tienes acceso hasta el ${date}, y no se convertirá en una suscripción de pago.`,
      noDate: (plan) => `Tu suscripción a «${plan}» está cancelada y no se renovará.`,
    },
    change: '¿Has cambiado de opinión? Hasta entonces puedes deshacer la cancelación.',
    facts: { accessUntil: 'Acceso hasta el' },
    action: 'Mantener mi suscripción',
  },

  subscription_uncanceled: {
    subject: (plan) => `Tu suscripción a «${plan}» continúa`,
    preheader: {
      renews: (date) => `Tu suscripción ya no está cancelada. Próxima renovación: ${date}.`,
      noDate: 'Tu suscripción ya no está cancelada.',
    },
    title: 'Tu suscripción continúa',
    lead: (plan) =>
      `Nos alegra que te quedes: tu suscripción a «${plan}» ya no está cancelada y todo sigue igual.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Gestionar suscripción',
  },

  subscription_revoked: {
    subject: (plan) => `Tu suscripción a «${plan}» ha finalizado`,
    preheader: {
      ended: 'Gracias por haber confiado en nosotros.',
      unpaid: 'No hemos podido cobrar el último pago.',
    },
    title: 'Tu suscripción ha finalizado',
    lead: {
      ended: (plan, date) =>
        `Tu suscripción a «${plan}» finalizó el ${date}. Gracias por haber confiado en nosotros.`,
      asked: (plan, date) =>
        `Tal como pediste, tu suscripción a «${plan}» finalizó el ${date}. Gracias por haber confiado en nosotros.`,
      unpaid: (plan, date) =>
        `No hemos podido cobrar el pago de «${plan}», así que la suscripción finalizó el ${date}. No volveremos a intentar el cobro.`,
    },
    next: 'Tus facturas y pedidos anteriores siguen disponibles en tu portal de facturación.',
    facts: { ended: 'Finalizó el' },
    action: 'Ver suscripción',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Tu suscripción a «${plan}» se pausará`,
      paused: (plan) => `Tu suscripción a «${plan}» está en pausa`,
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
        `Tu suscripción a «${plan}» se pausará el ${date}. Hasta entonces, nada cambia.`,
      soon: (plan) =>
        `Tu suscripción a «${plan}» se pausará al final del periodo actual. Hasta entonces, nada cambia.`,
      paused: (plan) => `Tu suscripción a «${plan}» ya está en pausa.`,
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
    subject: (plan) => `Tu suscripción a «${plan}» se ha reanudado`,
    preheader: {
      paid: (amount) => `Nos alegra tenerte de vuelta. Pago de ${amount} realizado.`,
      noOrder: 'Nos alegra tenerte de vuelta.',
    },
    title: 'Tu suscripción se ha reanudado',
    lead: (plan) =>
      `Nos alegra tenerte de vuelta: tu suscripción a «${plan}» vuelve a estar activa.`,
    paid: (amount) => `Tu pago de ${amount} se ha realizado correctamente.`,
    renews: (date) => `La próxima renovación será el ${date}.`,
    action: 'Gestionar suscripción',
  },
}
