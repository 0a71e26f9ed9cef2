// German. The polite “Sie”; terms as in Polar’s own portal. A name stands in „quotes“ or after a colon, so that it needs no
// gender or case. A greeting ends in a comma: every lead begins with a word that has a capital anyway.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('de')

export const de: Words = {
  common: {
    greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    summary: 'Übersicht',
    item: 'Position',
    amount: 'Betrag',
    free: 'Kostenlos',
    invoiceNumber: (number) => `Rechnung ${number}`,
    billedTo: 'Rechnung an',
    prorated: (label) => `${label} (anteilig)`,
    subtotal: 'Zwischensumme',
    discount: (name) => (name ? `Rabatt (${name})` : 'Rabatt'),
    tax: 'Steuern',
    includesTax: 'Enthaltene Steuern',
    total: 'Gesamtbetrag',
    credit: 'Angerechnetes Guthaben',
    owed: 'Offen aus früheren Rechnungen',
    kept: 'Verbleibt als Guthaben',
    paid: 'Bezahlt',
    invoiceAttached: 'Ihre Rechnung finden Sie im Anhang dieser E-Mail.',
    invoiceInPortal: 'Sie können Ihre Rechnung im Kundenportal herunterladen.',
    benefits: 'Das ist enthalten',
    plan: 'Abonnement',
    quantity: {
      seat: (count) => `${count}\u00a0${plural(count, { one: 'Platz', other: 'Plätze' })}`,
      unit: (count) => `${count}\u00a0${plural(count, { one: 'Einheit', other: 'Einheiten' })}`,
    },
    billed: 'Abrechnung',
    every: {
      day: (count) => plural(count, { one: 'Täglich', other: `Alle ${count}\u00a0Tage` }),
      week: (count) => plural(count, { one: 'Wöchentlich', other: `Alle ${count}\u00a0Wochen` }),
      month: (count) => plural(count, { one: 'Monatlich', other: `Alle ${count}\u00a0Monate` }),
      year: (count) => plural(count, { one: 'Jährlich', other: `Alle ${count}\u00a0Jahre` }),
    },
    price: 'Preis',
    nextRenewal: 'Nächste Verlängerung',
    trialEnds: 'Ende der Testphase',
    support: ['Haben Sie Fragen? Schreiben Sie uns an ', ''],
    overview: 'Abrechnung verwalten',
    seller: (name) =>
      `Verkäufer ist Polar Software, Inc., Wiederverkäufer für ${name} und Ihr Vertragspartner (Merchant of Record).`,
  },

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
    preheader: (date) => `Kostenlos bis zum ${date}.`,
    title: 'Ihre Testphase hat begonnen',
    lead: (plan, date) =>
      `Sie können „${plan}“ bis zum ${date} kostenlos nutzen. Heute müssen Sie nichts bezahlen.`,
    next: {
      price: (price) =>
        `Danach läuft Ihr Abonnement für ${price} weiter, sofern Sie nicht vor dem Ende der Testphase kündigen.`,
      noPrice:
        'Danach läuft Ihr Abonnement zum regulären Preis weiter, sofern Sie nicht vor dem Ende der Testphase kündigen.',
    },
    action: 'Abonnement verwalten',
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
        `Ihre Nutzung von „${plan}“ wurde erfasst. Diesmal müssen Sie nichts bezahlen.`,
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
      later: 'Ein möglicher Preisunterschied wird mit Ihrer nächsten Rechnung ausgeglichen.',
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
        `Ihre Testphase für „${plan}“ ist gekündigt. Sie haben noch bis zum ${date} Zugang, ein kostenpflichtiges Abonnement folgt nicht.`,
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
      unpaid: (plan, date) =>
        `Ihre Zahlung für „${plan}“ konnten wir leider nicht einziehen, daher endete das Abonnement am ${date}. Wir werden es nicht noch einmal versuchen.`,
    },
    next: 'Ihre Rechnungen und bisherigen Bestellungen finden Sie weiterhin in Ihrem Kundenportal.',
    facts: { ended: 'Beendet am' },
    action: 'Abonnement ansehen',
  },

  subscription_past_due: {
    subject: (plan) => `Zahlung fehlgeschlagen: ${plan}`,
    preheader: (date) =>
      `So behalten Sie Ihr Abonnement: Zahlungsmethode bis zum ${date} aktualisieren.`,
    title: 'Ihre Zahlung hat nicht geklappt',
    lead: {
      amount: (amount, plan, date) =>
        `Ihre Zahlung von ${amount} für „${plan}“ ist am ${date} fehlgeschlagen.`,
      noAmount: (plan, date) => `Ihre Zahlung für „${plan}“ ist am ${date} fehlgeschlagen.`,
    },
    decline: {
      insufficient_funds: 'Laut Bank ist das Konto nicht ausreichend gedeckt.',
      expired_card: 'Die Karte ist abgelaufen.',
      incorrect_details:
        'Einige Kartendaten stimmen nicht, zum Beispiel die Nummer oder der Sicherheitscode.',
      authentication_required: 'Die Bank möchte, dass Sie die Zahlung selbst bestätigen.',
      limit_exceeded: 'Das Limit der Karte ist ausgeschöpft.',
      not_supported: 'Die Karte lässt sich für diese Art von Zahlung nicht verwenden.',
      lost_or_blocked:
        'Die Karte kann nicht mehr verwendet werden. Bitte nutzen Sie eine andere Karte.',
      declined: 'Die Bank hat die Zahlung ohne Angabe von Gründen abgelehnt.',
      no_method: 'Es ist keine Zahlungsmethode hinterlegt.',
    },
    ask: 'Damit Ihr Abonnement weiterläuft, prüfen oder aktualisieren Sie bitte Ihre Zahlungsmethode.',
    add: 'Damit Ihr Abonnement weiterläuft, hinterlegen Sie bitte eine Zahlungsmethode.',
    action: 'Zahlungsmethode aktualisieren',
    next: {
      retry: (date, deadline) =>
        `Wir versuchen die Abbuchung am ${date} erneut und danach noch einige Male. Ist der Betrag bis zum ${deadline} nicht bezahlt, endet das Abonnement.`,
      retries: (deadline) =>
        `Wir versuchen die Abbuchung in den nächsten Tagen automatisch erneut. Ist der Betrag bis zum ${deadline} nicht bezahlt, endet das Abonnement.`,
      onceAdded: (deadline) =>
        `Sobald eine Zahlungsmethode hinterlegt ist, versuchen wir die Abbuchung erneut. Ist der Betrag bis zum ${deadline} nicht bezahlt, endet das Abonnement.`,
    },
    access: {
      until: (date) => `Ihr Zugang bleibt bis zum ${date} bestehen.`,
      paused: 'Ihr Zugang ist pausiert, bis die Zahlung eingegangen ist.',
    },
    alreadyPaid: 'Falls Sie inzwischen bezahlt haben, müssen Sie nichts weiter tun.',
    facts: {
      failed: 'Fehlgeschlagen am',
      method: 'Zahlungsmethode',
      card: (brand, last4) => `${brand} mit Endziffern ${last4}`,
      nextTry: 'Nächster Versuch',
      deadline: 'Zu bezahlen bis',
      amount: 'Offener Betrag',
    },
  },

  payment_recovered: {
    subject: (plan) => `Zahlung erhalten: ${plan}`,
    preheader: (amount) => `${amount} bezahlt. Alles ist wieder in Ordnung.`,
    title: 'Ihre Zahlung ist eingegangen',
    lead: (amount, plan) =>
      `Ihre Zahlung von ${amount} für „${plan}“ ist eingegangen, vielen Dank! Ihr Abonnement läuft weiter, und Sie müssen nichts mehr tun.`,
    renews: (date) => `Die nächste Verlängerung ist am ${date}.`,
    action: 'Beleg ansehen',
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
    facts: { pauses: 'Pause ab', resumes: 'Läuft weiter ab' },
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

  order_refunded: {
    subject: (product) => `Ihre Erstattung: ${product}`,
    preheader: (amount) => `Sie erhalten ${amount} zurück.`,
    title: 'Ihre Erstattung ist unterwegs',
    lead: {
      full: (amount, product) =>
        `Ihre Bestellung von „${product}“ haben wir vollständig erstattet: ${amount}.`,
      partial: (amount, product) =>
        `Ihre Bestellung von „${product}“ haben wir teilweise erstattet: ${amount}.`,
    },
    method: {
      card: (brand, last4) =>
        `Das Geld geht zurück auf Ihre Karte (${brand} mit Endziffern ${last4}). Bei den meisten Banken dauert das 5 bis 10\u00a0Werktage.`,
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
