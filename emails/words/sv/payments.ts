// Failed and recovered payments, in Swedish.

import type { Payments } from '../en/payments.ts'

const unpaid = (by: string) => `Om beloppet inte betalas ${by} avslutas prenumerationen.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Betalningen för ”${plan}” misslyckades`,
    preheader: (by) => `Uppdatera betalningsmetoden ${by} för att behålla prenumerationen.`,
    title: 'Din betalning gick inte igenom',
    lead: {
      amount: (amount, plan, date) =>
        `Betalningen på ${amount} för ”${plan}” misslyckades den ${date}.`,
      noAmount: (plan, date) => `Betalningen för ”${plan}” misslyckades den ${date}.`,
    },
    decline: {
      insufficient_funds: 'Enligt banken finns det inte tillräckligt med pengar på kontot.',
      expired_card: 'Kortet har gått ut.',
      incorrect_details:
        'Någon kortuppgift stämmer inte, till exempel kortnumret eller säkerhetskoden.',
      authentication_required: 'Banken vill att du själv godkänner betalningen.',
      limit_exceeded: 'Kortets beloppsgräns är nådd.',
      not_supported: 'Kortet kan inte användas för den här typen av betalning.',
      lost_or_blocked: 'Kortet går inte längre att använda.',
      declined: 'Banken nekade betalningen utan att ange någon orsak.',
      no_method: 'Det finns ingen sparad betalningsmetod.',
    },
    ask: 'Kontrollera eller uppdatera din betalningsmetod för att behålla prenumerationen.',
    askAnother: 'Använd en annan betalningsmetod för att behålla prenumerationen.',
    add: {
      preheader: (by) => `Lägg till en betalningsmetod ${by} för att behålla prenumerationen.`,
      ask: 'Lägg till en betalningsmetod för att behålla prenumerationen.',
      action: 'Lägg till betalningsmetod',
    },
    confirm: {
      preheader: (by) => `Godkänn betalningen ${by} för att behålla prenumerationen.`,
      ask: 'Öppna betalningen och godkänn den hos din bank för att behålla prenumerationen.',
      action: 'Godkänn betalningen',
    },
    action: 'Uppdatera betalningsmetoden',
    next: {
      retry: (date, by) =>
        `Vi gör ett nytt betalningsförsök den ${date} och några till efter det. ${unpaid(by)}`,
      noRetry: (by) =>
        `Vi gör inget nytt försök med den här betalningsmetoden. Om beloppet inte betalas på annat sätt ${by} avslutas prenumerationen.`,
      unpaid,
      onceAdded: (by) =>
        `Så snart en betalningsmetod finns gör vi ett nytt betalningsförsök. ${unpaid(by)}`,
    },
    access: {
      until: (date) => `Även om det inte är betalt har du åtkomst fram till den ${date}.`,
      paused: 'Din åtkomst är pausad tills betalningen har gått igenom.',
    },
    alreadyPaid: 'Om du har betalat under tiden behöver du inte göra något mer.',
    facts: {
      failed: 'Misslyckad betalning',
      method: 'Betalningsmetod',
      card: (brand, last4) => `${brand ?? 'Kort'} med slutsiffrorna ${last4}`,
      nextTry: 'Nästa försök',
      deadline: 'Betala senast',
      amount: 'Att betala',
    },
  },

  payment_recovered: {
    subject: (plan) => `Vi har fått din betalning för ”${plan}”`,
    preheader: (amount) => `Du har betalat ${amount}. Nu är allt i ordning igen.`,
    title: 'Din betalning har gått igenom',
    lead: (amount, plan) =>
      `Tack! Din betalning på ${amount} för ”${plan}” har gått igenom och prenumerationen fortsätter. Du behöver inte göra något mer.`,
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },
}
