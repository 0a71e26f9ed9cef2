// Failed and recovered payments, in German.

import type { Payments } from '../en/payments.ts'

const unpaid = (by: string) => `Wird der Betrag nicht ${by} bezahlt, endet das Abonnement.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Zahlung fehlgeschlagen: ${plan}`,
    preheader: (by) => `So behalten Sie Ihr Abonnement: Zahlungsmethode ${by} aktualisieren.`,
    title: 'Ihre Zahlung ist fehlgeschlagen',
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
      lost_or_blocked: 'Die Karte kann nicht mehr verwendet werden.',
      declined: 'Die Bank hat die Zahlung ohne Angabe von Gründen abgelehnt.',
      no_method: 'Es ist keine Zahlungsmethode hinterlegt.',
    },
    ask: 'Damit Ihr Abonnement weiterläuft, prüfen oder aktualisieren Sie bitte Ihre Zahlungsmethode.',
    askAnother:
      'Damit Ihr Abonnement weiterläuft, verwenden Sie bitte eine andere Zahlungsmethode.',
    add: {
      preheader: (by) => `So behalten Sie Ihr Abonnement: Zahlungsmethode ${by} hinterlegen.`,
      ask: 'Damit Ihr Abonnement weiterläuft, hinterlegen Sie bitte eine Zahlungsmethode.',
      action: 'Zahlungsmethode hinterlegen',
    },
    confirm: {
      preheader: (by) => `So behalten Sie Ihr Abonnement: Zahlung ${by} bestätigen.`,
      ask: 'Damit Ihr Abonnement weiterläuft, öffnen Sie bitte die Zahlung und bestätigen Sie sie bei Ihrer Bank.',
      action: 'Zahlung bestätigen',
    },
    action: 'Zahlungsmethode aktualisieren',
    next: {
      retry: (date, by) =>
        `Wir versuchen die Abbuchung am ${date} erneut und danach noch einige Male. ${unpaid(by)}`,
      noRetry: (by) =>
        `Mit dieser Zahlungsmethode versuchen wir die Abbuchung nicht noch einmal. Wird der Betrag nicht ${by} auf anderem Weg bezahlt, endet das Abonnement.`,
      unpaid,
      onceAdded: (by) =>
        `Sobald eine Zahlungsmethode hinterlegt ist, versuchen wir die Abbuchung erneut. ${unpaid(by)}`,
    },
    access: {
      until: (date) => `Zugang haben Sie auch ohne Zahlung noch bis zum ${date}.`,
      paused: 'Ihr Zugang ist pausiert, bis die Zahlung eingegangen ist.',
    },
    alreadyPaid: 'Falls Sie inzwischen bezahlt haben, müssen Sie nichts weiter tun.',
    facts: {
      failed: 'Fehlgeschlagen am',
      method: 'Zahlungsmethode',
      card: (brand, last4) => `${brand ?? 'Karte'} mit Endziffern ${last4}`,
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
}
