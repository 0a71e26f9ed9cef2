// Reminders of what comes soon, in Swedish.

import type { Reminders } from '../en/reminders.ts'

const yourCard = (brand: string | null, last4: string) =>
  brand ? `kort (${brand} med slutsiffrorna ${last4})` : `kort med slutsiffrorna ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `Vi drar ${amount} från ditt ${yourCard(brand, last4)}.`,
  amount: (amount) => `Beloppet blir ${amount}.`,
  beforeTax: (amount) => `Priset är ${amount}, plus eventuell moms.`,
  onlyCard: (brand, last4) => `Vi drar beloppet från ditt ${yourCard(brand, last4)}.`,
  nothing: 'Du behöver inte betala något.',
  facts: {
    method: 'Betalningsmetod',
    card: (brand, last4) => `${brand ?? 'Kort'} med slutsiffrorna ${last4}`,
    beforeTax: 'Pris före moms',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `Din prenumeration på ”${plan}” förnyas den ${date}`,
    title: 'Din prenumeration förnyas snart',
    lead: (plan, date) => `Din prenumeration på ”${plan}” förnyas den ${date}.`,
    change: {
      plan: (plan) => `Från och med den dagen har du ”${plan}”.`,
      planWith: (plan, quantity) => `Från och med den dagen har du ”${plan}” med ${quantity}.`,
      quantity: (quantity) => `Från och med den dagen omfattar den ${quantity}.`,
      unnamed: 'Den planerade ändringen börjar gälla den dagen.',
    },
    charge,
    keep: 'Om det passar dig behöver du inte göra något.',
    stop: (by) => `Om du vill ändra eller säga upp prenumerationen gör du det ${by}.`,
    facts: { next: 'Efter förnyelsen' },
    action: 'Hantera prenumerationen',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `Din provperiod för ”${plan}” slutar den ${date}`,
    preheader: { add: 'Det finns ännu ingen sparad betalningsmetod.' },
    title: 'Din provperiod slutar snart',
    lead: (plan, date) => `Din provperiod för ”${plan}” slutar den ${date}.`,
    continues: 'Därefter fortsätter prenumerationen automatiskt.',
    charge,
    add: (by) =>
      `Det finns ännu ingen sparad betalningsmetod. Om du vill fortsätta efter provperioden lägger du till en betalningsmetod ${by}.`,
    stop: (by) =>
      `Om du inte vill fortsätta säger du upp prenumerationen ${by}. Då debiteras du inte.`,
    facts: { amount: 'Första betalningen' },
    action: 'Hantera prenumerationen',
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      brand
        ? `Ditt kort går snart ut: ${brand} med slutsiffrorna ${last4}`
        : `Ditt kort med slutsiffrorna ${last4} går snart ut`,
    preheader: {
      expires: (month) => `Det går ut i slutet av ${month}.`,
      ask: 'Uppdatera din betalningsmetod.',
    },
    title: 'Ditt kort går snart ut',
    lead: (brand, last4, month) => `Ditt ${yourCard(brand, last4)} går ut i slutet av ${month}.`,
    pays: {
      one: (plan) => `Med det betalar du din prenumeration på ”${plan}”.`,
      several: 'Med kortet betalar du de här prenumerationerna:',
      more: (_count, shown) => `och ${shown} till`,
    },
    ask: 'Uppdatera betalningsmetoden innan dess så att kommande betalningar kan gå igenom.',
    alreadyDone: 'Om du har uppdaterat den under tiden behöver du inte göra något mer.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Giltigt till och med',
    },
    action: 'Uppdatera betalningsmetoden',
  },
}
