// Receipts and refunds, in German.

import type { Orders } from '../en/orders.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `Ihre Bestellung: ${product}`,
    preheader: {
      paid: (amount, date) => `${amount} am ${date} bezahlt. Hier ist Ihre Übersicht.`,
      free: 'Alles ist erledigt, Sie müssen nichts bezahlen.',
    },
    title: 'Vielen Dank für Ihre Bestellung',
    lead: {
      paid: (amount, product) =>
        `Ihre Zahlung von ${amount} für „${product}“ ist eingegangen. Hier ist die Übersicht für Ihre Unterlagen.`,
      free: (product) =>
        `Ihre Bestellung von „${product}“ ist abgeschlossen. Sie müssen nichts bezahlen.`,
    },
    action: 'Bestellung ansehen',
  },

  subscription_cycled: {
    subject: (plan) => `Ihr Abonnement wurde verlängert: ${plan}`,
    preheader: {
      paid: (amount) => `${amount} bezahlt.`,
      free: 'Diesmal müssen Sie nichts bezahlen.',
    },
    title: 'Ihr Abonnement wurde verlängert',
    lead: {
      paid: (amount, plan) => `Ihre Zahlung von ${amount} für „${plan}“ ist eingegangen.`,
      free: (plan) =>
        `Ihr Abonnement „${plan}“ wurde verlängert. Diesmal müssen Sie nichts bezahlen.`,
    },
    renews: (date) => `Die nächste Verlängerung ist am ${date}.`,
    action: 'Beleg ansehen',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Ihr Abonnement ist jetzt aktiv: ${plan}`,
    preheader: {
      paid: (amount) => `Ihre Testphase ist zu Ende. ${amount} bezahlt.`,
      free: 'Ihre Testphase ist zu Ende. Diesmal müssen Sie nichts bezahlen.',
    },
    title: 'Ihr Abonnement ist jetzt aktiv',
    lead: {
      paid: (amount, plan) =>
        `Ihre Testphase für „${plan}“ ist zu Ende, und Ihre erste Zahlung von ${amount} ist eingegangen.`,
      free: (plan) =>
        `Ihre Testphase für „${plan}“ ist zu Ende, und das Abonnement läuft weiter. Diesmal müssen Sie nichts bezahlen.`,
    },
    renews: (date) => `Die nächste Verlängerung ist am ${date}.`,
    action: 'Beleg ansehen',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Ihre Nutzungsabrechnung: ${plan}`,
    preheader: {
      paid: (amount) => `${amount} für Ihre Nutzung bezahlt.`,
      free: 'Für Ihre Nutzung müssen Sie nichts bezahlen.',
    },
    title: 'Ihre Nutzungsabrechnung',
    lead: {
      paid: (amount, plan) =>
        `Ihre Zahlung von ${amount} für die Nutzung von „${plan}“ ist eingegangen.`,
      free: (plan) =>
        `Wir haben Ihre Nutzung von „${plan}“ abgerechnet. Diesmal müssen Sie nichts bezahlen.`,
    },
    note: 'Die Nutzung wird zusätzlich zu Ihrem Abonnement abgerechnet, an dem sich nichts ändert.',
    action: 'Beleg ansehen',
  },

  subscription_final_invoice: {
    subject: (plan) => `Ihre letzte Rechnung: ${plan}`,
    preheader: {
      paid: (amount) => `${amount} bezahlt. Ihnen wird nichts mehr berechnet.`,
      free: 'Sie müssen nichts bezahlen, und Ihnen wird nichts mehr berechnet.',
    },
    title: 'Ihre letzte Rechnung',
    lead: {
      paid: (amount, plan, date) =>
        `Ihr Abonnement „${plan}“ endete am ${date}. Ihre letzte Zahlung von ${amount} ist eingegangen.`,
      free: (plan, date) =>
        `Ihr Abonnement „${plan}“ endete am ${date}. Sie müssen nichts mehr bezahlen.`,
    },
    note: 'Das ist die letzte Rechnung für dieses Abonnement.',
    action: 'Beleg ansehen',
  },

  order_refunded: {
    subject: (product) => `Ihre Erstattung: ${product}`,
    preheader: (amount) => `Sie erhalten ${amount} zurück.`,
    title: 'Ihre Erstattung ist unterwegs',
    lead: {
      full: (amount, product) =>
        `Ihre Zahlung für „${product}“ haben wir vollständig erstattet: ${amount}.`,
      partial: (amount, product) =>
        `Ihre Bestellung von „${product}“ haben wir teilweise erstattet: ${amount}.`,
    },
    method: {
      card: (brand, last4) =>
        `Das Geld geht zurück auf Ihre Karte ${brand ? `(${brand} mit Endziffern ${last4})` : `mit Endziffern ${last4}`}. Bei den meisten Banken dauert das 5 bis 10\u00a0Werktage.`,
      unknown:
        'Das Geld wird der Zahlungsmethode gutgeschrieben, mit der Sie bezahlt haben. Bei den meisten Banken dauert das 5 bis 10\u00a0Werktage.',
    },
    facts: {
      order: 'Bestellung',
      ordered: 'Bestellt am',
      total: 'Bestellsumme',
      refunded: 'Erstattet am',
      amount: 'Erstattung',
    },
    action: 'Bestellung ansehen',
  },
}
