// Everything about a subscription, from start to end, in French.

import type { Subscriptions } from '../en/subscriptions.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» a commencé`,
    preheader: {
      paid: (amount) => `Paiement de ${amount} effectué.`,
      free: 'Vous n’avez rien à payer aujourd’hui.',
      renews: (date) => `Renouvellement le ${date}.`,
    },
    title: 'Votre abonnement a commencé',
    lead: {
      paid: (amount, plan) =>
        `Votre abonnement «\u00a0${plan}\u00a0» est actif, et votre paiement de ${amount} a bien été effectué.`,
      free: (plan) =>
        `Votre abonnement «\u00a0${plan}\u00a0» est actif. Vous n’avez rien à payer aujourd’hui.`,
    },
    renews: (date) => `L’abonnement se renouvellera le ${date}, sauf si vous le résiliez d’ici là.`,
    action: 'Gérer l’abonnement',
  },

  trial_started: {
    subject: (plan) => `Votre essai «\u00a0${plan}\u00a0» a commencé`,
    preheader: (date) => `Gratuit jusqu’à la fin de l’essai, le ${date}.`,
    title: 'Votre essai a commencé',
    lead: (plan, date) =>
      `Vous pouvez utiliser «\u00a0${plan}\u00a0» gratuitement jusqu’à la fin de l’essai, le ${date}. Vous n’avez rien à payer aujourd’hui.`,
    next: {
      price: (price) =>
        `Ensuite, votre abonnement se poursuivra au prix de ${price}, sauf si vous le résiliez avant la fin de l’essai.`,
      noPrice:
        'Ensuite, votre abonnement se poursuivra au tarif habituel, sauf si vous le résiliez avant la fin de l’essai.',
    },
    action: 'Gérer l’abonnement',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Votre abonnement est passé à «\u00a0${plan}\u00a0»`,
      quantity: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» a été modifié`,
    },
    preheader: {
      paid: (amount) => `Paiement de ${amount} pour ce changement.`,
      settled: 'Le changement a déjà pris effet.',
    },
    title: 'Votre abonnement a été modifié',
    lead: {
      fromTo: (from, to) =>
        `Votre abonnement «\u00a0${from}\u00a0» est passé à «\u00a0${to}\u00a0», avec effet immédiat.`,
      to: (to) => `Votre abonnement est passé à «\u00a0${to}\u00a0», avec effet immédiat.`,
      quantity: (plan, quantity) =>
        `Votre abonnement «\u00a0${plan}\u00a0» compte désormais ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Votre paiement de ${amount} pour ce changement a bien été effectué.`,
      later: 'L’éventuelle différence de prix sera réglée avec votre prochaine facture.',
    },
    facts: { before: 'Avant', now: 'Maintenant' },
    action: 'Voir l’abonnement',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Changement prévu pour votre abonnement «\u00a0${plan}\u00a0»`,
    preheader: (date) => `Il prendra effet le ${date}. D’ici là, rien ne change.`,
    title: 'Votre abonnement va changer',
    lead: {
      fromTo: (from, to, date) =>
        `Votre abonnement «\u00a0${from}\u00a0» passera à «\u00a0${to}\u00a0» le ${date}.`,
      quantity: (plan, quantity, date) =>
        `Votre abonnement «\u00a0${plan}\u00a0» comptera ${quantity} à partir du ${date}.`,
      unnamed: (plan, date) => `Votre abonnement «\u00a0${plan}\u00a0» changera le ${date}.`,
    },
    next: 'D’ici là, tout reste comme avant, et vous n’avez rien à payer maintenant.',
    facts: { now: 'Maintenant', from: (date) => `À partir du ${date}` },
    action: 'Voir le changement',
  },

  subscription_cancellation: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» est résilié`,
    preheader: {
      until: (date) => `Vous gardez l’accès jusqu’au ${date}. L’abonnement ne sera pas renouvelé.`,
      trial: (date) => `Vous gardez l’accès jusqu’au ${date}, et rien ne vous sera facturé.`,
      noDate: 'Il ne sera pas renouvelé.',
    },
    title: 'Votre abonnement est résilié',
    lead: {
      until: (plan, date) =>
        `Votre abonnement «\u00a0${plan}\u00a0» est résilié et ne sera pas renouvelé. Vous gardez l’accès jusqu’au ${date}.`,
      trial: (plan, date) =>
        `Votre essai «\u00a0${plan}\u00a0» est résilié et ne deviendra pas un abonnement payant. Vous gardez l’accès jusqu’au ${date}.`,
      noDate: (plan) =>
        `Votre abonnement «\u00a0${plan}\u00a0» est résilié et ne sera pas renouvelé.`,
    },
    change: 'Vous avez changé d’avis\u202f? D’ici là, vous pouvez encore garder votre abonnement.',
    facts: { accessUntil: 'Accès jusqu’au' },
    action: 'Garder mon abonnement',
  },

  subscription_uncanceled: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» se poursuit`,
    preheader: {
      renews: (date) => `La résiliation est annulée. Prochain renouvellement le ${date}.`,
      noDate: 'La résiliation est annulée.',
    },
    title: 'Votre abonnement se poursuit',
    lead: (plan) =>
      `Merci de rester avec nous\u00a0: la résiliation de votre abonnement «\u00a0${plan}\u00a0» est annulée, et rien ne change.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Gérer l’abonnement',
  },

  subscription_revoked: {
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» a pris fin`,
    preheader: {
      ended: 'Merci de nous avoir fait confiance.',
      unpaid: 'Le dernier paiement n’a pas pu être encaissé.',
    },
    title: 'Votre abonnement a pris fin',
    lead: {
      ended: (plan, date) =>
        `Votre abonnement «\u00a0${plan}\u00a0» a pris fin le ${date}. Merci de nous avoir fait confiance.`,
      asked: (plan, date) =>
        `Comme vous l’avez demandé, votre abonnement «\u00a0${plan}\u00a0» a pris fin le ${date}. Merci de nous avoir fait confiance.`,
      unpaid: (plan, date) =>
        `Nous n’avons pas pu encaisser le paiement de votre abonnement «\u00a0${plan}\u00a0», qui a donc pris fin le ${date}. Il n’y aura pas d’autre tentative de paiement.`,
    },
    next: 'Vos factures et vos anciennes commandes restent disponibles dans votre espace de facturation.',
    facts: { ended: 'Date de fin' },
    action: 'Voir l’abonnement',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» sera mis en pause`,
      paused: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» est en pause`,
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
        `Votre abonnement «\u00a0${plan}\u00a0» sera mis en pause le ${date}. D’ici là, rien ne change.`,
      soon: (plan) =>
        `Votre abonnement «\u00a0${plan}\u00a0» sera mis en pause à la fin de la période en cours. D’ici là, rien ne change.`,
      paused: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» est maintenant en pause.`,
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
    subject: (plan) => `Votre abonnement «\u00a0${plan}\u00a0» a repris`,
    preheader: {
      paid: (amount) => `Bon retour parmi nous. Paiement de ${amount} effectué.`,
      noOrder: 'Bon retour parmi nous.',
    },
    title: 'Votre abonnement a repris',
    lead: (plan) =>
      `Bon retour parmi nous\u00a0: votre abonnement «\u00a0${plan}\u00a0» est de nouveau actif.`,
    paid: (amount) => `Votre paiement de ${amount} a bien été effectué.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Gérer l’abonnement',
  },
}
