// What all emails have in common, in French.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('fr')

export const common: Common = {
  greeting: (name) => (name ? `Bonjour ${name},` : 'Bonjour,'),
  summary: 'Récapitulatif',
  item: 'Article',
  amount: 'Montant',
  free: 'Gratuit',
  invoiceNumber: (number) => `Facture n°\u00a0${number}`,
  billedTo: 'Facturé à',
  prorated: (label) => `${label} (au prorata)`,
  subtotal: 'Sous-total',
  discount: (name) => (name ? `Remise (${name})` : 'Remise'),
  tax: 'Taxes',
  includesTax: 'Dont taxes',
  total: 'Total',
  credit: 'Crédit du compte',
  owed: 'Solde antérieur dû',
  kept: 'Porté au crédit du compte',
  paid: 'Montant payé',
  invoiceAttached: 'Votre facture est jointe à cet e-mail.',
  invoiceInPortal: 'Vous pouvez télécharger votre facture dans votre espace de facturation.',
  benefits: 'Ce qui est inclus',
  plan: 'Abonnement',
  quantity: {
    seat: (count) => plural(count, { one: `${count}\u00a0siège`, other: `${count}\u00a0sièges` }),
    unit: (count) => plural(count, { one: `${count}\u00a0unité`, other: `${count}\u00a0unités` }),
  },
  billed: 'Facturation',
  every: {
    day: (count) => plural(count, { one: 'Tous les jours', other: `Tous les ${count}\u00a0jours` }),
    week: (count) =>
      plural(count, { one: 'Toutes les semaines', other: `Toutes les ${count}\u00a0semaines` }),
    month: (count) => plural(count, { one: 'Tous les mois', other: `Tous les ${count}\u00a0mois` }),
    year: (count) => plural(count, { one: 'Tous les ans', other: `Tous les ${count}\u00a0ans` }),
  },
  price: 'Prix',
  nextRenewal: 'Prochain renouvellement',
  trialEnds: 'Fin de l’essai',
  support: ['Une question\u202f? Écrivez-nous à ', ''],
  overview: 'Gérer votre facturation',
  seller: (name) =>
    `Vendu par Polar Software, Inc., revendeur et marchand officiel (merchant of record) pour ${name}.`,
}
