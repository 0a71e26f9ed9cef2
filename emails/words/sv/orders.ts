// Receipts and refunds, in Swedish.

import type { Orders } from '../en/orders.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `Din beställning: ${product}`,
    preheader: {
      paid: (amount, date) => `Du betalade ${amount} den ${date}. Här är sammanfattningen.`,
      free: 'Allt är klart och du behöver inte betala något.',
    },
    title: 'Tack för din beställning',
    lead: {
      paid: (amount, product) =>
        `Din betalning på ${amount} för ”${product}” har gått igenom. Här är en sammanfattning att spara.`,
      free: (product) => `Din beställning av ”${product}” är klar. Du behöver inte betala något.`,
    },
    action: 'Visa beställningen',
  },

  subscription_cycled: {
    subject: (plan) => `Din prenumeration på ”${plan}” har förnyats`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount}.`,
      free: 'Du behöver inte betala något den här gången.',
    },
    title: 'Din prenumeration har förnyats',
    lead: {
      paid: (amount, plan) => `Din betalning på ${amount} för ”${plan}” har gått igenom.`,
      free: (plan) =>
        `Din prenumeration på ”${plan}” har förnyats. Du behöver inte betala något den här gången.`,
    },
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Din prenumeration på ”${plan}” är nu aktiv`,
    preheader: {
      paid: (amount) => `Provperioden är slut. Du har betalat ${amount}.`,
      free: 'Provperioden är slut. Du behöver inte betala något den här gången.',
    },
    title: 'Din prenumeration är nu aktiv',
    lead: {
      paid: (amount, plan) =>
        `Din provperiod för ”${plan}” är slut, och din första betalning på ${amount} har gått igenom.`,
      free: (plan) =>
        `Din provperiod för ”${plan}” är slut och prenumerationen fortsätter. Du behöver inte betala något den här gången.`,
    },
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Din användning av ”${plan}”`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount} för det du har använt.`,
      free: 'Du behöver inte betala något för det du har använt.',
    },
    title: 'Sammanställning av din användning',
    lead: {
      paid: (amount, plan) =>
        `Din betalning på ${amount} för användningen av ”${plan}” har gått igenom.`,
      free: (plan) =>
        `Din användning av ”${plan}” är sammanställd. Du behöver inte betala något den här gången.`,
    },
    note: 'Användningen faktureras utöver prenumerationen, som inte påverkas.',
    action: 'Visa kvittot',
  },

  subscription_final_invoice: {
    subject: (plan) => `Din slutfaktura för ”${plan}”`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount} och debiteras inte igen.`,
      free: 'Du behöver inte betala något och debiteras inte igen.',
    },
    title: 'Din slutfaktura',
    lead: {
      paid: (amount, plan, date) =>
        `Din prenumeration på ”${plan}” avslutades den ${date}. Din sista betalning på ${amount} har gått igenom.`,
      free: (plan, date) =>
        `Din prenumeration på ”${plan}” avslutades den ${date}. Det finns inget kvar att betala.`,
    },
    note: 'Det här är den sista fakturan för prenumerationen.',
    action: 'Visa kvittot',
  },

  order_refunded: {
    subject: (product) => `Din återbetalning för ”${product}”`,
    preheader: (amount) => `${amount} är på väg tillbaka till dig.`,
    title: 'Din återbetalning är på väg',
    lead: {
      full: (amount, product) =>
        `Vi har återbetalat hela din betalning för ”${product}”: ${amount}.`,
      partial: (amount, product) =>
        `Vi har återbetalat en del av beloppet för din beställning av ”${product}”: ${amount}.`,
    },
    method: {
      card: (brand, last4) =>
        `Pengarna går tillbaka till ditt kort ${brand ? `(${brand} med slutsiffrorna ${last4})` : `med slutsiffrorna ${last4}`}. Det brukar ta 5–10\u00a0bankdagar.`,
      unknown:
        'Pengarna går tillbaka till den betalningsmetod du betalade med. Det brukar ta 5–10\u00a0bankdagar.',
    },
    facts: {
      order: 'Beställning',
      ordered: 'Beställd den',
      total: 'Ursprungligt belopp',
      refunded: 'Återbetald den',
      amount: 'Återbetalning',
    },
    action: 'Visa beställningen',
  },
}
