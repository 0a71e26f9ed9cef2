// Text that all emails share, in German.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

export const common: Common = {
  greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
  summary: 'Übersicht',
  item: 'Position',
  amount: 'Betrag',
  free: 'Kostenlos',
  invoiceNumber: (number) => `Rechnung ${number}`,
  billedTo: 'Rechnung an',
  moreItems: (count, shown) =>
    plural(count, { one: `und ${shown} weiterer Posten`, other: `und ${shown} weitere Posten` }),
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
    seat: (count, shown) => `${shown}\u00a0${plural(count, { one: 'Platz', other: 'Plätze' })}`,
    unit: (count, shown) =>
      `${shown}\u00a0${plural(count, { one: 'Einheit', other: 'Einheiten' })}`,
  },
  billed: 'Abrechnung',
  every: {
    day: (count, shown) => plural(count, { one: 'Täglich', other: `Alle ${shown}\u00a0Tage` }),
    week: (count, shown) =>
      plural(count, { one: 'Wöchentlich', other: `Alle ${shown}\u00a0Wochen` }),
    month: (count, shown) =>
      plural(count, { one: 'Monatlich', other: `Alle ${shown}\u00a0Monate` }),
    year: (count, shown) => plural(count, { one: 'Jährlich', other: `Alle ${shown}\u00a0Jahre` }),
  },
  price: 'Preis',
  priceEvery: (price, every) => `${price} (${every})`,
  by: (date) => `bis zum ${date}`,
  rightAway: 'umgehend',
  nextRenewal: 'Nächste Verlängerung',
  trialEnds: 'Ende der Testphase',
  support: ['Haben Sie Fragen? Schreiben Sie uns an ', ''],
  overview: 'Abrechnung verwalten',
  seller: (name) =>
    `Verkäufer ist Polar Software, Inc., Wiederverkäufer für ${name} und Ihr Vertragspartner (Merchant of Record).`,
}
