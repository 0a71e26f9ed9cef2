// Everything about a subscription, from start to end, in German.

import type { Subscriptions } from '../en/subscriptions.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `Ihr Abonnement hat begonnen: ${plan}`,
    preheader: {
      paid: (amount) => `${amount} bezahlt.`,
      free: 'Heute müssen Sie nichts bezahlen.',
      renews: (date) => `Nächste Verlängerung: ${date}.`,
    },
    title: 'Ihr Abonnement hat begonnen',
    lead: {
      paid: (amount, plan) =>
        `Sie haben „${plan}“ abonniert, und Ihre Zahlung von ${amount} ist eingegangen.`,
      free: (plan) => `Sie haben „${plan}“ abonniert. Heute müssen Sie nichts bezahlen.`,
    },
    renews: (date) =>
      `Das Abonnement verlängert sich am ${date}, sofern Sie es nicht vorher kündigen.`,
    action: 'Abonnement verwalten',
  },

  trial_started: {
    subject: (plan) => `Ihre Testphase hat begonnen: ${plan}`,
    preheader: (date) => `Kostenlos, bis die Testphase am ${date} endet.`,
    title: 'Ihre Testphase hat begonnen',
    lead: (plan, date) =>
      `Sie können „${plan}“ kostenlos nutzen, bis die Testphase am ${date} endet. Heute müssen Sie nichts bezahlen.`,
    next: {
      price: (price) =>
        `Danach läuft Ihr Abonnement für ${price} weiter, sofern Sie nicht vor dem Ende der Testphase kündigen.`,
      noPrice:
        'Danach läuft Ihr Abonnement zum regulären Preis weiter, sofern Sie nicht vor dem Ende der Testphase kündigen.',
    },
    action: 'Abonnement verwalten',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Ihr Abonnement wurde auf „${plan}“ umgestellt`,
      quantity: (plan) => `Ihr Abonnement wurde geändert: ${plan}`,
    },
    preheader: {
      paid: (amount) => `${amount} für die Änderung bezahlt.`,
      settled: 'Die Änderung gilt ab sofort.',
    },
    title: 'Ihr Abonnement wurde geändert',
    lead: {
      fromTo: (from, to) =>
        `Ihr Abonnement wurde von „${from}“ auf „${to}“ umgestellt. Das gilt ab sofort.`,
      to: (to) => `Ihr Abonnement wurde auf „${to}“ umgestellt. Das gilt ab sofort.`,
      quantity: (plan, quantity) => `Ihr Abonnement „${plan}“ umfasst jetzt ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Ihre Zahlung von ${amount} für die Änderung ist eingegangen.`,
      later: 'Eine Preisdifferenz wird gegebenenfalls mit Ihrer nächsten Rechnung verrechnet.',
    },
    facts: { before: 'Bisher', now: 'Jetzt' },
    action: 'Abonnement ansehen',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Geplante Änderung Ihres Abonnements: ${plan}`,
    preheader: (date) => `Sie gilt ab dem ${date}. Bis dahin bleibt alles, wie es ist.`,
    title: 'Ihr Abonnement wird geändert',
    lead: {
      fromTo: (from, to, date) =>
        `Ihr Abonnement wird am ${date} von „${from}“ auf „${to}“ umgestellt.`,
      quantity: (plan, quantity, date) =>
        `Ihr Abonnement „${plan}“ wird am ${date} auf ${quantity} umgestellt.`,
      unnamed: (plan, date) => `Ihr Abonnement „${plan}“ wird am ${date} geändert.`,
    },
    next: 'Bis dahin bleibt alles, wie es ist, und Sie müssen jetzt nichts bezahlen.',
    facts: { now: 'Jetzt', from: (date) => `Ab ${date}` },
    action: 'Änderung ansehen',
  },

  subscription_cancellation: {
    subject: (plan) => `Ihr Abonnement ist gekündigt: ${plan}`,
    preheader: {
      until: (date) =>
        `Sie haben bis zum ${date} Zugang. Das Abonnement verlängert sich nicht mehr.`,
      trial: (date) => `Sie haben bis zum ${date} Zugang. Ihnen wird nichts berechnet.`,
      noDate: 'Es verlängert sich nicht mehr.',
    },
    title: 'Ihr Abonnement ist gekündigt',
    lead: {
      until: (plan, date) =>
        `Ihr Abonnement „${plan}“ ist gekündigt und verlängert sich nicht mehr. Sie haben noch bis zum ${date} Zugang.`,
      trial: (plan, date) =>
        `Ihre Testphase für „${plan}“ ist gekündigt. Sie haben noch bis zum ${date} Zugang. Danach folgt kein kostenpflichtiges Abonnement.`,
      noDate: (plan) => `Ihr Abonnement „${plan}“ ist gekündigt und verlängert sich nicht mehr.`,
    },
    change:
      'Haben Sie es sich anders überlegt? Bis dahin können Sie die Kündigung noch zurücknehmen.',
    facts: { accessUntil: 'Zugang bis' },
    action: 'Kündigung zurücknehmen',
  },

  subscription_uncanceled: {
    subject: (plan) => `Ihr Abonnement läuft weiter: ${plan}`,
    preheader: {
      renews: (date) => `Die Kündigung ist zurückgenommen. Nächste Verlängerung: ${date}.`,
      noDate: 'Die Kündigung ist zurückgenommen.',
    },
    title: 'Ihr Abonnement läuft weiter',
    lead: (plan) =>
      `Ihr Abonnement „${plan}“ läuft unverändert weiter, die Kündigung ist zurückgenommen. Schön, dass Sie bleiben!`,
    renews: (date) => `Das Abonnement verlängert sich am ${date}.`,
    action: 'Abonnement verwalten',
  },

  subscription_revoked: {
    subject: (plan) => `Ihr Abonnement ist beendet: ${plan}`,
    preheader: {
      ended: 'Vielen Dank, dass Sie dabei waren.',
      unpaid: 'Die letzte Zahlung konnte nicht eingezogen werden.',
    },
    title: 'Ihr Abonnement ist beendet',
    lead: {
      ended: (plan, date) =>
        `Ihr Abonnement „${plan}“ endete am ${date}. Vielen Dank, dass Sie dabei waren.`,
      asked: (plan, date) =>
        `Ihr Abonnement „${plan}“ endete am ${date}, wie von Ihnen gewünscht. Vielen Dank, dass Sie dabei waren.`,
      unpaid: (plan, date) =>
        `Ihre Zahlung für „${plan}“ konnten wir leider nicht einziehen, daher endete das Abonnement am ${date}. Wir werden es nicht noch einmal versuchen.`,
    },
    next: 'Ihre Rechnungen und bisherigen Bestellungen finden Sie weiterhin in Ihrem Kundenportal.',
    facts: { ended: 'Beendet am' },
    action: 'Abonnement ansehen',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Ihr Abonnement wird pausiert: ${plan}`,
      paused: (plan) => `Ihr Abonnement ist pausiert: ${plan}`,
    },
    preheader: {
      from: (date) => `Die Pause beginnt am ${date}.`,
      resumes: (date) => `Am ${date} läuft Ihr Abonnement weiter.`,
      open: 'Während der Pause wird Ihnen nichts berechnet.',
    },
    title: { scheduled: 'Ihr Abonnement wird pausiert', paused: 'Ihr Abonnement ist pausiert' },
    lead: {
      from: (plan, date) =>
        `Ihr Abonnement „${plan}“ wird ab dem ${date} pausiert. Bis dahin ändert sich nichts.`,
      soon: (plan) =>
        `Ihr Abonnement „${plan}“ wird zum Ende des laufenden Abrechnungszeitraums pausiert. Bis dahin ändert sich nichts.`,
      paused: (plan) => `Ihr Abonnement „${plan}“ ist jetzt pausiert.`,
    },
    next: {
      resumes: (date) =>
        `Während der Pause wird Ihnen nichts berechnet. Am ${date} läuft das Abonnement automatisch weiter und wird von da an wieder berechnet.`,
      open: 'Während der Pause wird Ihnen nichts berechnet. Sie können das Abonnement jederzeit fortsetzen.',
    },
    facts: { pauses: 'Pause ab', resumes: 'Fortsetzung am' },
    action: 'Abonnement verwalten',
  },

  subscription_resumed: {
    subject: (plan) => `Ihr Abonnement läuft wieder: ${plan}`,
    preheader: {
      paid: (amount) => `Willkommen zurück! ${amount} bezahlt.`,
      noOrder: 'Willkommen zurück!',
    },
    title: 'Ihr Abonnement läuft wieder',
    lead: (plan) => `Ihr Abonnement „${plan}“ ist wieder aktiv. Willkommen zurück!`,
    paid: (amount) => `Ihre Zahlung von ${amount} ist eingegangen.`,
    renews: (date) => `Die nächste Verlängerung ist am ${date}.`,
    action: 'Abonnement verwalten',
  },
}
