// Text that all emails share, in French.

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
  moreItems: (count, shown) =>
    plural(count, { one: `et ${shown} autre article`, other: `et ${shown} autres articles` }),
  prorated: (label) => `${label} (au prorata)`,
  subtotal: 'Sous-total',
  discount: (name) => (name ? `Remise (${name})` : 'Remise'),
  tax: 'Taxes',
  includesTax: 'Dont taxes',
  total: 'Total',
  credit: 'Crédit utilisé',
  owed: 'Solde antérieur dû',
  kept: 'Porté au crédit du compte',
  paid: 'Montant payé',
  invoiceAttached: 'Votre facture est jointe à cet e-mail.',
  invoiceInPortal: 'Vous pouvez télécharger votre facture dans votre espace de facturation.',
  benefits: 'Ce qui est inclus',
  plan: 'Abonnement',
  quantity: {
    seat: (count, shown) =>
      plural(count, { one: `${shown}\u00a0siège`, other: `${shown}\u00a0sièges` }),
    unit: (count, shown) =>
      plural(count, { one: `${shown}\u00a0unité`, other: `${shown}\u00a0unités` }),
  },
  billed: 'Facturation',
  every: {
    day: (count, shown) =>
      plural(count, { one: 'Quotidienne', other: `Tous les ${shown}\u00a0jours` }),
    week: (count, shown) =>
      plural(count, { one: 'Hebdomadaire', other: `Toutes les ${shown}\u00a0semaines` }),
    month: (count, shown) =>
      plural(count, { one: 'Mensuelle', other: `Tous les ${shown}\u00a0mois` }),
    year: (count, shown) => plural(count, { one: 'Annuelle', other: `Tous les ${shown}\u00a0ans` }),
  },
  price: 'Prix',
  priceEvery: (price, every) => `${price} (facturation ${every})`,
  by: (date) => `au plus tard le ${date}`,
  rightAway: 'dès maintenant',
  nextRenewal: 'Prochain renouvellement',
  trialEnds: 'Fin de l’essai',
  support: ['Une question\u202f? Écrivez-nous à ', ''],
  overview: 'Gérer votre facturation',
  seller: (name) =>
    `Vendu par Polar Software, Inc., revendeur et marchand officiel (merchant of record) pour ${name}.`,
}
