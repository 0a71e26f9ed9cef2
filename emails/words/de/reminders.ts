// Reminders of what comes soon, in German.

import type { Reminders } from '../en/reminders.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

const yourCard = (brand: string | null, last4: string) =>
  brand ? `Ihrer Karte (${brand} mit Endziffern ${last4})` : `Ihrer Karte mit Endziffern ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `Wir buchen ${amount} von ${yourCard(brand, last4)} ab.`,
  amount: (amount) => `Dann werden ${amount} fällig.`,
  beforeTax: (amount) => `Der Preis beträgt ${amount}, gegebenenfalls zuzüglich Steuern.`,
  onlyCard: (brand, last4) => `Wir buchen den Betrag von ${yourCard(brand, last4)} ab.`,
  nothing: 'Sie müssen dann nichts bezahlen.',
  facts: {
    method: 'Zahlungsmethode',
    card: (brand, last4) => `${brand ?? 'Karte'} mit Endziffern ${last4}`,
    beforeTax: 'Preis vor Steuern',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `Ihr Abonnement verlängert sich am ${date}: ${plan}`,
    title: 'Ihr Abonnement verlängert sich bald',
    lead: (plan, date) => `Ihr Abonnement „${plan}“ verlängert sich am ${date}.`,
    change: {
      plan: (plan) => `Von da an haben Sie „${plan}“.`,
      planWith: (plan, quantity) => `Von da an haben Sie „${plan}“ (${quantity}).`,
      quantity: (quantity) => `Von da an umfasst es ${quantity}.`,
      unnamed: 'Von da an gilt die geplante Änderung.',
    },
    charge,
    keep: 'Wenn das für Sie so passt, müssen Sie nichts tun.',
    stop: (by) => `Wenn Sie es ändern oder kündigen möchten, tun Sie das bitte ${by}.`,
    facts: { next: 'Nach der Verlängerung' },
    action: 'Abonnement verwalten',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `Ihre Testphase endet am ${date}: ${plan}`,
    preheader: { add: 'Es ist noch keine Zahlungsmethode hinterlegt.' },
    title: 'Ihre Testphase endet bald',
    lead: (plan, date) => `Ihre Testphase für „${plan}“ endet am ${date}.`,
    continues: 'Danach läuft Ihr Abonnement automatisch weiter.',
    charge,
    add: (by) =>
      `Es ist noch keine Zahlungsmethode hinterlegt. Damit es nach der Testphase weitergeht, hinterlegen Sie bitte ${by} eine Zahlungsmethode.`,
    stop: (by) =>
      `Möchten Sie das Abonnement nicht fortsetzen, kündigen Sie bitte ${by}. Dann wird Ihnen nichts berechnet.`,
    facts: { amount: 'Erste Zahlung' },
    action: 'Abonnement verwalten',
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      brand
        ? `Ihre Karte läuft bald ab: ${brand} mit Endziffern ${last4}`
        : `Ihre Karte mit Endziffern ${last4} läuft bald ab`,
    preheader: {
      expires: (month) => `Sie läuft Ende ${month} ab.`,
      ask: 'Bitte aktualisieren Sie Ihre Zahlungsmethode.',
    },
    title: 'Ihre Karte läuft bald ab',
    lead: (brand, last4, month) =>
      brand
        ? `Ihre Karte (${brand} mit Endziffern ${last4}) läuft Ende ${month} ab.`
        : `Ihre Karte mit Endziffern ${last4} läuft Ende ${month} ab.`,
    pays: {
      one: (plan) => `Mit ihr bezahlen Sie Ihr Abonnement „${plan}“.`,
      several: 'Mit der Karte bezahlen Sie diese Abonnements:',
      more: (count, shown) =>
        plural(count, { one: `und ${shown} weiteres`, other: `und ${shown} weitere` }),
    },
    ask: 'Damit auch die nächsten Zahlungen gelingen, aktualisieren Sie bitte vorher Ihre Zahlungsmethode.',
    alreadyDone:
      'Falls Sie die Zahlungsmethode inzwischen aktualisiert haben, müssen Sie nichts weiter tun.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Gültig bis Ende',
    },
    action: 'Zahlungsmethode aktualisieren',
  },
}
