// French. “Vous”; no “de” before a name, which might need “d’”; no participle that agrees with the customer.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('fr')

export const fr: Words = {
  common: {
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
      day: (count) =>
        plural(count, { one: 'Tous les jours', other: `Tous les ${count}\u00a0jours` }),
      week: (count) =>
        plural(count, { one: 'Toutes les semaines', other: `Toutes les ${count}\u00a0semaines` }),
      month: (count) =>
        plural(count, { one: 'Tous les mois', other: `Tous les ${count}\u00a0mois` }),
      year: (count) => plural(count, { one: 'Tous les ans', other: `Tous les ${count}\u00a0ans` }),
    },
    price: 'Prix',
    nextRenewal: 'Prochain renouvellement',
    trialEnds: 'Fin de l’essai',
    support: ['Une question\u202f? Écrivez-nous à ', ''],
    overview: 'Gérer votre facturation',
    seller: (name) =>
      `Vendu par Polar Software, Inc., revendeur et marchand officiel (merchant of record) pour ${name}.`,
  },

  order_confirmation: {
    subject: (product) => `Votre commande\u00a0: ${product}`,
    preheader: {
      paid: (amount, date) => `Paiement de ${amount} le ${date}. Voici votre récapitulatif.`,
      free: 'C’est confirmé, et vous n’avez rien à payer.',
    },
    title: 'Merci pour votre commande',
    lead: {
      paid: (amount, product) =>
        `Votre paiement de ${amount} pour ${product} a bien été effectué. Voici le récapitulatif à conserver.`,
      free: (product) => `Votre commande ${product} est confirmée. Vous n’avez rien à payer.`,
    },
    action: 'Voir votre commande',
  },

  subscription_confirmation: {
    subject: (plan) => `Votre abonnement ${plan} a commencé`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué.`,
      free: 'Vous n’avez rien à payer aujourd’hui.',
      renews: (date) => `Renouvellement le ${date}.`,
    },
    title: 'Votre abonnement a commencé',
    lead: {
      paid: (amount, plan) =>
        `Votre abonnement ${plan} est actif, et votre paiement de ${amount} a bien été effectué.`,
      free: (plan) => `Votre abonnement ${plan} est actif. Vous n’avez rien à payer aujourd’hui.`,
    },
    renews: (date) => `L’abonnement se renouvellera le ${date}, sauf si vous le résiliez d’ici là.`,
    action: 'Gérer l’abonnement',
  },

  trial_started: {
    subject: (plan) => `Votre essai ${plan} a commencé`,
    preheader: (date) => `C’est gratuit jusqu’au ${date}.`,
    title: 'Votre essai a commencé',
    lead: (plan, date) =>
      `Vous pouvez utiliser ${plan} gratuitement jusqu’au ${date}. Vous n’avez rien à payer aujourd’hui.`,
    next: {
      price: (price) =>
        `Ensuite, votre abonnement se poursuivra au prix de ${price}, sauf si vous le résiliez avant la fin de l’essai.`,
      noPrice:
        'Ensuite, votre abonnement se poursuivra au tarif habituel, sauf si vous le résiliez avant la fin de l’essai.',
    },
    action: 'Gérer l’abonnement',
  },

  subscription_cycled: {
    subject: (plan) => `Votre abonnement ${plan} a été renouvelé`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué.`,
      free: 'Vous n’avez rien à payer cette fois-ci.',
    },
    title: 'Votre abonnement a été renouvelé',
    lead: {
      paid: (amount, plan) => `Votre paiement de ${amount} pour ${plan} a bien été effectué.`,
      free: (plan) =>
        `Votre abonnement ${plan} a été renouvelé. Vous n’avez rien à payer cette fois-ci.`,
    },
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Votre abonnement ${plan} est désormais actif`,
    preheader: {
      paid: (amount) => `Votre essai est terminé. Paiement de ${amount} effectué.`,
      free: 'Votre essai est terminé. Vous n’avez rien à payer cette fois-ci.',
    },
    title: 'Votre abonnement est désormais actif',
    lead: {
      paid: (amount, plan) =>
        `Votre essai ${plan} est terminé, et votre premier paiement, de ${amount}, a bien été effectué.`,
      free: (plan) =>
        `Votre essai ${plan} est terminé, et l’abonnement se poursuit. Vous n’avez rien à payer cette fois-ci.`,
    },
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Votre consommation ${plan}`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} pour ce que vous avez utilisé.`,
      free: 'Vous n’avez rien à payer pour ce que vous avez utilisé.',
    },
    title: 'Votre relevé de consommation',
    lead: {
      paid: (amount, plan) =>
        `Votre paiement de ${amount} pour votre consommation ${plan} a bien été effectué.`,
      free: (plan) =>
        `Votre consommation ${plan} a été relevée. Vous n’avez rien à payer cette fois-ci.`,
    },
    note: 'La consommation est facturée en plus de votre abonnement, qui reste inchangé.',
    action: 'Voir le reçu',
  },

  subscription_final_invoice: {
    subject: (plan) => `Votre facture de clôture ${plan}`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué. Plus rien ne vous sera facturé.`,
      free: 'Vous n’avez rien à payer, et plus rien ne vous sera facturé.',
    },
    title: 'Votre facture de clôture',
    lead: {
      paid: (amount, plan, date) =>
        `Votre abonnement ${plan} a pris fin le ${date}. Votre dernier paiement, de ${amount}, a bien été effectué.`,
      free: (plan, date) =>
        `Votre abonnement ${plan} a pris fin le ${date}. Il ne reste rien à payer.`,
    },
    note: 'C’est la dernière facture de cet abonnement.',
    action: 'Voir le reçu',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Votre abonnement est passé à ${plan}`,
      quantity: (plan) => `Votre abonnement ${plan} a été modifié`,
    },
    preheader: {
      paid: (amount) => `Paiement de ${amount} pour ce changement.`,
      settled: 'Le changement a déjà pris effet.',
    },
    title: 'Votre abonnement a été modifié',
    lead: {
      fromTo: (from, to) => `Votre abonnement ${from} est passé à ${to}, avec effet immédiat.`,
      to: (to) => `Votre abonnement est passé à ${to}, avec effet immédiat.`,
      quantity: (plan, quantity) => `Votre abonnement ${plan} compte désormais ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Votre paiement de ${amount} pour ce changement a bien été effectué.`,
      later: 'L’éventuelle différence de prix sera réglée avec votre prochaine facture.',
    },
    facts: { before: 'Avant', now: 'Maintenant' },
    action: 'Voir l’abonnement',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Changement prévu pour votre abonnement ${plan}`,
    preheader: (date) => `Il prendra effet le ${date}. D’ici là, rien ne change.`,
    title: 'Votre abonnement va changer',
    lead: {
      fromTo: (from, to, date) => `Votre abonnement ${from} passera à ${to} le ${date}.`,
      quantity: (plan, quantity, date) =>
        `Votre abonnement ${plan} comptera ${quantity} à partir du ${date}.`,
      unnamed: (plan, date) => `Votre abonnement ${plan} changera le ${date}.`,
    },
    next: 'D’ici là, tout reste comme avant, et vous n’avez rien à payer maintenant.',
    facts: { now: 'Maintenant', from: (date) => `À partir du ${date}` },
    action: 'Voir le changement',
  },

  subscription_cancellation: {
    subject: (plan) => `Votre abonnement ${plan} est résilié`,
    preheader: {
      until: (date) => `Vous gardez l’accès jusqu’au ${date}. L’abonnement ne sera pas renouvelé.`,
      trial: (date) => `Vous gardez l’accès jusqu’au ${date}, et rien ne vous sera facturé.`,
      noDate: 'Il ne sera pas renouvelé.',
    },
    title: 'Votre abonnement est résilié',
    lead: {
      until: (plan, date) =>
        `Votre abonnement ${plan} est résilié et ne sera pas renouvelé. Vous gardez l’accès jusqu’au ${date}.`,
      trial: (plan, date) =>
        `Votre essai ${plan} est annulé. Vous gardez l’accès jusqu’au ${date}, et l’essai ne deviendra pas un abonnement payant.`,
      noDate: (plan) => `Votre abonnement ${plan} est résilié et ne sera pas renouvelé.`,
    },
    change: 'Vous avez changé d’avis\u202f? D’ici là, vous pouvez annuler la résiliation.',
    facts: { accessUntil: 'Accès jusqu’au' },
    action: 'Garder mon abonnement',
  },

  subscription_uncanceled: {
    subject: (plan) => `Votre abonnement ${plan} se poursuit`,
    preheader: {
      renews: (date) => `La résiliation est annulée. Prochain renouvellement le ${date}.`,
      noDate: 'La résiliation est annulée.',
    },
    title: 'Votre abonnement se poursuit',
    lead: (plan) =>
      `Merci de rester avec nous\u00a0: la résiliation de votre abonnement ${plan} est annulée, et rien ne change.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Gérer l’abonnement',
  },

  subscription_revoked: {
    subject: (plan) => `Votre abonnement ${plan} a pris fin`,
    preheader: {
      ended: 'Merci de nous avoir fait confiance.',
      unpaid: 'Le dernier paiement n’a pas pu être encaissé.',
    },
    title: 'Votre abonnement a pris fin',
    lead: {
      ended: (plan, date) =>
        `Votre abonnement ${plan} a pris fin le ${date}. Merci de nous avoir fait confiance.`,
      unpaid: (plan, date) =>
        `Nous n’avons pas pu encaisser le paiement de votre abonnement ${plan}, qui a donc pris fin le ${date}. Il n’y aura pas d’autre tentative de paiement.`,
    },
    next: 'Vos factures et vos anciennes commandes restent disponibles dans votre espace de facturation.',
    facts: { ended: 'Date de fin' },
    action: 'Voir l’abonnement',
  },

  subscription_past_due: {
    subject: (plan) => `Échec du paiement de votre abonnement ${plan}`,
    preheader: (date) =>
      `Mettez à jour le moyen de paiement avant le ${date} pour garder l’abonnement.`,
    title: 'Votre paiement n’a pas abouti',
    lead: {
      amount: (amount, plan, date) => `Le paiement de ${amount} pour ${plan} a échoué le ${date}.`,
      noAmount: (plan, date) => `Le paiement pour ${plan} a échoué le ${date}.`,
    },
    decline: {
      insufficient_funds: 'Selon la banque, le solde du compte est insuffisant.',
      expired_card: 'La carte a expiré.',
      incorrect_details:
        'Certaines informations de la carte sont incorrectes, par exemple le numéro ou le code de sécurité.',
      authentication_required: 'La banque vous demande de confirmer vous-même le paiement.',
      limit_exceeded: 'Le plafond de la carte est atteint.',
      not_supported: 'La carte ne permet pas ce type de paiement.',
      lost_or_blocked: 'La carte n’est plus utilisable. Merci d’en choisir une autre.',
      declined: 'La banque a refusé le paiement sans en donner la raison.',
      no_method: 'Aucun moyen de paiement n’est enregistré.',
    },
    ask: 'Pour conserver votre abonnement, vérifiez ou mettez à jour votre moyen de paiement.',
    add: 'Pour conserver votre abonnement, ajoutez un moyen de paiement.',
    action: 'Modifier le moyen de paiement',
    next: {
      retry: (date, deadline) =>
        `Nous retenterons le paiement le ${date}, puis encore quelques fois. Sans règlement avant le ${deadline}, l’abonnement prendra fin.`,
      retries: (deadline) =>
        `Nous retenterons automatiquement le paiement dans les prochains jours. Sans règlement avant le ${deadline}, l’abonnement prendra fin.`,
      onceAdded: (deadline) =>
        `Dès qu’un moyen de paiement sera enregistré, nous retenterons le paiement. Sans règlement avant le ${deadline}, l’abonnement prendra fin.`,
    },
    access: {
      until: (date) => `Vous gardez l’accès jusqu’au ${date}.`,
      paused: 'Votre accès est suspendu jusqu’à ce que le paiement aboutisse.',
    },
    alreadyPaid: 'Si vous avez payé entre-temps, vous n’avez plus rien à faire.',
    facts: {
      failed: 'Échec du paiement',
      method: 'Moyen de paiement',
      card: (brand, last4) => `${brand} se terminant par ${last4}`,
      nextTry: 'Prochaine tentative',
      deadline: 'À payer avant le',
      amount: 'Montant dû',
    },
  },

  payment_recovered: {
    subject: (plan) => `Paiement reçu pour votre abonnement ${plan}`,
    preheader: (amount) => `Montant réglé\u00a0: ${amount}. Tout est rentré dans l’ordre.`,
    title: 'Votre paiement a bien été effectué',
    lead: (amount, plan) =>
      `Merci\u202f! Votre paiement de ${amount} pour ${plan} a bien été effectué, et votre abonnement se poursuit. Vous n’avez plus rien à faire.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Votre abonnement ${plan} sera mis en pause`,
      paused: (plan) => `Votre abonnement ${plan} est en pause`,
    },
    preheader: {
      from: (date) => `La pause commence le ${date}.`,
      resumes: (date) => `Votre abonnement reprend le ${date}.`,
      open: 'Rien ne vous sera facturé pendant la pause.',
    },
    title: {
      scheduled: 'Votre abonnement sera mis en pause',
      paused: 'Votre abonnement est en pause',
    },
    lead: {
      from: (plan, date) =>
        `Votre abonnement ${plan} sera mis en pause le ${date}. D’ici là, rien ne change.`,
      soon: (plan) =>
        `Votre abonnement ${plan} sera mis en pause à la fin de la période en cours. D’ici là, rien ne change.`,
      paused: (plan) => `Votre abonnement ${plan} est maintenant en pause.`,
    },
    next: {
      resumes: (date) =>
        `Rien ne vous sera facturé pendant la pause. L’abonnement reprendra automatiquement le ${date}, et la facturation aussi.`,
      open: 'Rien ne vous sera facturé pendant la pause, et vous pouvez reprendre votre abonnement quand vous voulez.',
    },
    facts: { pauses: 'Début de la pause', resumes: 'Reprise' },
    action: 'Gérer l’abonnement',
  },

  subscription_resumed: {
    subject: (plan) => `Votre abonnement ${plan} a repris`,
    preheader: {
      paid: (amount) => `Bon retour parmi nous. Paiement de ${amount} effectué.`,
      noOrder: 'Bon retour parmi nous.',
    },
    title: 'Votre abonnement a repris',
    lead: (plan) => `Bon retour parmi nous\u00a0: votre abonnement ${plan} est de nouveau actif.`,
    paid: (amount) => `Votre paiement de ${amount} a bien été effectué.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Gérer l’abonnement',
  },

  order_refunded: {
    subject: (product) => `Votre remboursement pour ${product}`,
    preheader: (amount) => `Le versement de ${amount} est en cours.`,
    title: 'Votre remboursement est en route',
    lead: {
      full: (amount, product) =>
        `Nous avons remboursé intégralement votre commande ${product}\u00a0: ${amount}.`,
      partial: (amount, product) => `Nous avons remboursé ${amount} sur votre commande ${product}.`,
    },
    method: {
      card: (brand, last4) =>
        `La somme sera recréditée sur votre carte ${brand} se terminant par ${last4}. Comptez généralement 5 à 10\u00a0jours ouvrés, selon la banque.`,
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
