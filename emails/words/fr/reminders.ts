// Reminders of what comes soon, in French.

import type { Reminders } from '../en/reminders.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('fr')

const yourCard = (brand: string | null, last4: string) =>
  `votre carte${brand ? ` ${brand}` : ''} se terminant par ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `Nous prélèverons ${amount} sur ${yourCard(brand, last4)}.`,
  amount: (amount) => `Le montant à payer sera de ${amount}.`,
  beforeTax: (amount) => `Le prix est de ${amount}, taxes éventuelles en sus.`,
  onlyCard: (brand, last4) => `Le montant sera prélevé sur ${yourCard(brand, last4)}.`,
  nothing: 'Vous n’aurez rien à payer.',
  facts: {
    method: 'Moyen de paiement',
    card: (brand, last4) => `${brand ?? 'Carte'} se terminant par ${last4}`,
    beforeTax: 'Prix hors taxes',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `Votre abonnement «\u00a0${plan}\u00a0» se renouvelle le ${date}`,
    title: 'Votre abonnement se renouvelle bientôt',
    lead: (plan, date) => `Votre abonnement «\u00a0${plan}\u00a0» se renouvelle le ${date}.`,
    change: {
      plan: (plan) => `À cette date, il passera à «\u00a0${plan}\u00a0».`,
      planWith: (plan, quantity) =>
        `À cette date, il passera à «\u00a0${plan}\u00a0» avec ${quantity}.`,
      quantity: (quantity) => `À partir de cette date, il comptera ${quantity}.`,
      unnamed: 'Le changement prévu prendra effet à cette date.',
    },
    charge,
    keep: 'Si cela vous convient, vous n’avez rien à faire.',
    stop: (by) => `Pour modifier ou résilier l’abonnement, faites-le ${by}.`,
    facts: { next: 'Après le renouvellement' },
    action: 'Gérer l’abonnement',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `Votre essai «\u00a0${plan}\u00a0» se termine le ${date}`,
    preheader: { add: 'Aucun moyen de paiement n’est encore enregistré.' },
    title: 'Votre essai se termine bientôt',
    lead: (plan, date) => `Votre essai «\u00a0${plan}\u00a0» se termine le ${date}.`,
    continues: 'Ensuite, votre abonnement se poursuivra automatiquement.',
    charge,
    add: (by) =>
      `Aucun moyen de paiement n’est encore enregistré. Pour continuer après l’essai, ajoutez un moyen de paiement ${by}.`,
    stop: (by) =>
      `Si vous ne souhaitez pas continuer, résiliez ${by}, et rien ne vous sera facturé.`,
    facts: { amount: 'Premier paiement' },
    action: 'Gérer l’abonnement',
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      `Votre carte${brand ? ` ${brand}` : ''} se terminant par ${last4} expire bientôt`,
    preheader: {
      expires: (month) => `Elle expire fin ${month}.`,
      ask: 'Mettez à jour votre moyen de paiement.',
    },
    title: 'Votre carte expire bientôt',
    lead: (brand, last4, month) =>
      `Votre carte${brand ? ` ${brand}` : ''} se terminant par ${last4} expire fin ${month}.`,
    pays: {
      one: (plan) => `Elle sert à payer votre abonnement «\u00a0${plan}\u00a0».`,
      several: 'La carte sert à payer ces abonnements\u00a0:',
      more: (count, shown) =>
        plural(count, { one: `et ${shown} autre`, other: `et ${shown} autres` }),
    },
    ask: 'Pour que les prochains paiements aboutissent, mettez à jour votre moyen de paiement d’ici là.',
    alreadyDone: 'Si vous l’avez mis à jour entre-temps, vous n’avez plus rien à faire.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Valable jusqu’à fin',
    },
    action: 'Mettre à jour le moyen de paiement',
  },
}
