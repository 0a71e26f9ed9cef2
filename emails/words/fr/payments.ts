// Failed and recovered payments, in French.

import type { Payments } from '../en/payments.ts'

const unpaid = (by: string) => `Si le paiement n’est pas effectué ${by}, l’abonnement prendra fin.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Échec du paiement de votre abonnement «\u00a0${plan}\u00a0»`,
    preheader: (by) => `Mettez à jour votre moyen de paiement ${by}.`,
    title: 'Votre paiement n’a pas abouti',
    lead: {
      amount: (amount, plan, date) =>
        `Le paiement de ${amount} pour «\u00a0${plan}\u00a0» a échoué le ${date}.`,
      noAmount: (plan, date) => `Le paiement pour «\u00a0${plan}\u00a0» a échoué le ${date}.`,
    },
    decline: {
      insufficient_funds: 'Selon la banque, le solde du compte est insuffisant.',
      expired_card: 'La carte a expiré.',
      incorrect_details:
        'Certaines informations de la carte sont incorrectes, par exemple le numéro ou le code de sécurité.',
      authentication_required: 'La banque vous demande de confirmer vous-même le paiement.',
      limit_exceeded: 'Le plafond de la carte est atteint.',
      not_supported: 'La carte ne permet pas ce type de paiement.',
      lost_or_blocked: 'La carte n’est plus utilisable.',
      declined: 'La banque a refusé le paiement sans en donner la raison.',
      no_method: 'Aucun moyen de paiement n’est enregistré.',
    },
    ask: 'Pour conserver votre abonnement, vérifiez ou mettez à jour votre moyen de paiement.',
    askAnother: 'Pour conserver votre abonnement, utilisez un autre moyen de paiement.',
    add: {
      preheader: (by) => `Ajoutez un moyen de paiement ${by}.`,
      ask: 'Pour conserver votre abonnement, ajoutez un moyen de paiement.',
      action: 'Ajouter un moyen de paiement',
    },
    confirm: {
      preheader: (by) => `Confirmez le paiement ${by}.`,
      ask: 'Pour conserver votre abonnement, ouvrez le paiement et confirmez-le auprès de votre banque.',
      action: 'Confirmer le paiement',
    },
    action: 'Mettre à jour le moyen de paiement',
    next: {
      retry: (date, by) =>
        `Nous retenterons le paiement le ${date}, puis encore quelques fois. ${unpaid(by)}`,
      noRetry: (by) =>
        `Nous ne retenterons pas le paiement avec ce moyen de paiement. Si le paiement n’est pas effectué autrement ${by}, l’abonnement prendra fin.`,
      unpaid,
      onceAdded: (by) =>
        `Dès qu’un moyen de paiement sera enregistré, nous retenterons le paiement. ${unpaid(by)}`,
    },
    access: {
      until: (date) => `Même sans règlement, vous gardez l’accès jusqu’au ${date}.`,
      paused: 'Votre accès est suspendu jusqu’à ce que le paiement aboutisse.',
    },
    alreadyPaid: 'Si vous avez payé entre-temps, vous n’avez plus rien à faire.',
    facts: {
      failed: 'Échec du paiement',
      method: 'Moyen de paiement',
      card: (brand, last4) => `${brand ?? 'Carte'} se terminant par ${last4}`,
      nextTry: 'Prochaine tentative',
      deadline: 'À payer au plus tard le',
      amount: 'Montant dû',
    },
  },

  payment_recovered: {
    subject: (plan) => `Paiement reçu pour votre abonnement «\u00a0${plan}\u00a0»`,
    preheader: (amount) => `Montant réglé\u00a0: ${amount}. Tout est rentré dans l’ordre.`,
    title: 'Votre paiement a bien été effectué',
    lead: (amount, plan) =>
      `Merci\u202f! Votre paiement de ${amount} pour «\u00a0${plan}\u00a0» a bien été effectué, et votre abonnement se poursuit. Vous n’avez plus rien à faire.`,
    renews: (date) => `Prochain renouvellement le ${date}.`,
    action: 'Voir le reçu',
  },
}
