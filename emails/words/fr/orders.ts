// Receipts and refunds, in French.

import type { Orders } from '../en/orders.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `Votre commande\u00a0: ${product}`,
    preheader: {
      paid: (amount, date) => `Paiement de ${amount} le ${date}. Voici votre récapitulatif.`,
      free: 'C’est confirmé, et vous n’avez rien à payer.',
    },
    title: 'Merci pour votre commande',
    lead: {
      paid: (amount, product) =>
        `Votre paiement de ${amount} pour «\u00a0${product}\u00a0» a bien été effectué. Voici le récapitulatif à conserver.`,
      free: (product) =>
        `Votre commande «\u00a0${product}\u00a0» est confirmée. Vous n’avez rien à payer.`,
    },
    action: 'Voir votre commande',
  },

  subscription_cycled: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» a été renouvelé`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué.`,
      free: 'Vous n’avez rien à payer cette fois-ci.',
    },
    title: 'Votre abonnement a été renouvelé',
    lead: {
      paid: (amount, plan) =>
        `Votre paiement de ${amount} pour «\u00a0${plan}\u00a0» a bien été effectué.`,
      free: (plan) =>
        `Votre abonnement «\u00a0${plan}\u00a0» a été renouvelé. Vous n’avez rien à payer cette fois-ci.`,
    },
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» est désormais actif`,
    preheader: {
      paid: (amount) => `Votre essai est terminé. Paiement de ${amount} effectué.`,
      free: 'Votre essai est terminé. Vous n’avez rien à payer cette fois-ci.',
    },
    title: 'Votre abonnement est désormais actif',
    lead: {
      paid: (amount, plan) =>
        `Votre essai «\u00a0${plan}\u00a0» est terminé, et votre premier paiement, de ${amount}, a bien été effectué.`,
      free: (plan) =>
        `Votre essai «\u00a0${plan}\u00a0» est terminé, et l’abonnement se poursuit. Vous n’avez rien à payer cette fois-ci.`,
    },
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Votre consommation «\u00a0${plan}\u00a0»`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} pour ce que vous avez utilisé.`,
      free: 'Vous n’avez rien à payer pour ce que vous avez utilisé.',
    },
    title: 'Votre relevé de consommation',
    lead: {
      paid: (amount, plan) =>
        `Votre paiement de ${amount} pour votre consommation «\u00a0${plan}\u00a0» a bien été effectué.`,
      free: (plan) =>
        `Votre consommation «\u00a0${plan}\u00a0» a été relevée. Vous n’avez rien à payer cette fois-ci.`,
    },
    note: 'La consommation est facturée en plus de votre abonnement, qui reste inchangé.',
    action: 'Voir le reçu',
  },

  subscription_final_invoice: {
    subject: (plan) => `Votre facture de clôture «\u00a0${plan}\u00a0»`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué. Plus rien ne vous sera facturé.`,
      free: 'Vous n’avez rien à payer, et plus rien ne vous sera facturé.',
    },
    title: 'Votre facture de clôture',
    lead: {
      paid: (amount, plan, date) =>
        `Votre abonnement «\u00a0${plan}\u00a0» a pris fin le ${date}. Votre dernier paiement, de ${amount}, a bien été effectué.`,
      free: (plan, date) =>
        `Votre abonnement «\u00a0${plan}\u00a0» a pris fin le ${date}. Il ne reste rien à payer.`,
    },
    note: 'C’est la dernière facture de cet abonnement.',
    action: 'Voir le reçu',
  },

  order_refunded: {
    subject: (product) => `Votre remboursement pour «\u00a0${product}\u00a0»`,
    preheader: (amount) => `Le versement de ${amount} est en cours.`,
    title: 'Votre remboursement est en route',
    lead: {
      full: (amount, product) =>
        `Nous avons remboursé intégralement votre paiement pour «\u00a0${product}\u00a0»\u00a0: ${amount}.`,
      partial: (amount, product) =>
        `Nous avons remboursé ${amount} sur votre commande «\u00a0${product}\u00a0».`,
    },
    method: {
      card: (brand, last4) =>
        `La somme sera recréditée sur votre carte${brand ? ` ${brand}` : ''} se terminant par ${last4}. Comptez généralement 5 à 10\u00a0jours ouvrés, selon la banque.`,
      unknown:
        'La somme sera recréditée sur le moyen de paiement que vous avez utilisé. Comptez généralement 5 à 10\u00a0jours ouvrés, selon la banque.',
    },
    facts: {
      order: 'Commande',
      ordered: 'Date de commande',
      total: 'Total de la commande',
      refunded: 'Remboursé le',
      amount: 'Remboursement',
    },
    action: 'Voir votre commande',
  },
}
