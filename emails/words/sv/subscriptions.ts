// Everything about a subscription, from start to end, in Swedish.

import type { Subscriptions } from '../en/subscriptions.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `Din prenumeration på ”${plan}” har startat`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount}.`,
      free: 'Du behöver inte betala något i dag.',
      renews: (date) => `Förnyas den ${date}.`,
    },
    title: 'Din prenumeration har startat',
    lead: {
      paid: (amount, plan) =>
        `Nu prenumererar du på ”${plan}”, och din betalning på ${amount} har gått igenom.`,
      free: (plan) => `Nu prenumererar du på ”${plan}”. Du behöver inte betala något i dag.`,
    },
    renews: (date) => `Prenumerationen förnyas den ${date} om du inte säger upp den innan dess.`,
    action: 'Hantera prenumerationen',
  },

  trial_started: {
    subject: (plan) => `Din provperiod för ”${plan}” har startat`,
    preheader: (date) => `Gratis tills provperioden slutar den ${date}.`,
    title: 'Din provperiod har startat',
    lead: (plan, date) =>
      `Du kan använda ”${plan}” gratis tills provperioden slutar den ${date}. Du behöver inte betala något i dag.`,
    next: {
      price: (price) =>
        `Därefter fortsätter prenumerationen för ${price}, om du inte säger upp den innan provperioden är slut.`,
      noPrice:
        'Därefter fortsätter prenumerationen till ordinarie pris, om du inte säger upp den innan provperioden är slut.',
    },
    action: 'Hantera prenumerationen',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Din prenumeration har ändrats till ”${plan}”`,
      quantity: (plan) => `Din prenumeration på ”${plan}” har ändrats`,
    },
    preheader: {
      paid: (amount) => `Du har betalat ${amount} för ändringen.`,
      settled: 'Ändringen gäller från och med nu.',
    },
    title: 'Din prenumeration har ändrats',
    lead: {
      fromTo: (from, to) =>
        `Din prenumeration har ändrats från ”${from}” till ”${to}”. Ändringen gäller från och med nu.`,
      to: (to) => `Din prenumeration har ändrats till ”${to}”. Ändringen gäller från och med nu.`,
      quantity: (plan, quantity) => `Din prenumeration på ”${plan}” omfattar nu ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Din betalning på ${amount} för ändringen har gått igenom.`,
      later: 'En eventuell prisskillnad regleras på nästa faktura.',
    },
    facts: { before: 'Tidigare', now: 'Nu' },
    action: 'Visa prenumerationen',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Kommande ändring av din prenumeration på ”${plan}”`,
    preheader: (date) => `Den börjar gälla den ${date}. Fram till dess är allt som vanligt.`,
    title: 'Din prenumeration kommer att ändras',
    lead: {
      fromTo: (from, to, date) =>
        `Den ${date} ändras din prenumeration från ”${from}” till ”${to}”.`,
      quantity: (plan, quantity, date) =>
        `Din prenumeration på ”${plan}” omfattar ${quantity} från och med den ${date}.`,
      unnamed: (plan, date) => `Den ${date} ändras din prenumeration på ”${plan}”.`,
    },
    next: 'Fram till dess är allt som vanligt, och du behöver inte betala något nu.',
    facts: { now: 'Nu', from: (date) => `Från den ${date}` },
    action: 'Visa ändringen',
  },

  subscription_cancellation: {
    subject: (plan) => `Din prenumeration på ”${plan}” är uppsagd`,
    preheader: {
      until: (date) => `Du har åtkomst fram till den ${date}. Prenumerationen förnyas inte.`,
      trial: (date) => `Du har åtkomst fram till den ${date} och debiteras inte.`,
      noDate: 'Den förnyas inte.',
    },
    title: 'Din prenumeration är uppsagd',
    lead: {
      until: (plan, date) =>
        `Din prenumeration på ”${plan}” är uppsagd och förnyas inte. Du har åtkomst fram till den ${date}.`,
      trial: (plan, date) =>
        `Din provperiod för ”${plan}” är uppsagd. Du har åtkomst fram till den ${date}, och provperioden övergår inte i en betald prenumeration.`,
      noDate: (plan) => `Din prenumeration på ”${plan}” är uppsagd och förnyas inte.`,
    },
    change: 'Har du ändrat dig? Fram till dess kan du ångra uppsägningen.',
    facts: { accessUntil: 'Åtkomst fram till' },
    action: 'Ångra uppsägningen',
  },

  subscription_uncanceled: {
    subject: (plan) => `Din prenumeration på ”${plan}” fortsätter`,
    preheader: {
      renews: (date) => `Uppsägningen är återtagen. Nästa förnyelse: ${date}.`,
      noDate: 'Uppsägningen är återtagen.',
    },
    title: 'Din prenumeration fortsätter',
    lead: (plan) =>
      `Vad roligt att du stannar! Uppsägningen av din prenumeration på ”${plan}” är återtagen, och allt fortsätter som vanligt.`,
    renews: (date) => `Prenumerationen förnyas den ${date}.`,
    action: 'Hantera prenumerationen',
  },

  subscription_revoked: {
    subject: (plan) => `Din prenumeration på ”${plan}” har avslutats`,
    preheader: {
      ended: 'Tack för den här tiden!',
      unpaid: 'Den senaste betalningen gick inte att genomföra.',
    },
    title: 'Din prenumeration har avslutats',
    lead: {
      ended: (plan, date) =>
        `Din prenumeration på ”${plan}” avslutades den ${date}. Tack för den här tiden!`,
      asked: (plan, date) =>
        `Din prenumeration på ”${plan}” avslutades den ${date}, som du begärde. Tack för den här tiden!`,
      unpaid: (plan, date) =>
        `Betalningen för ”${plan}” gick tyvärr inte att genomföra, så prenumerationen avslutades den ${date}. Vi gör inga fler betalningsförsök.`,
    },
    next: 'Dina fakturor och tidigare beställningar finns kvar i kundportalen.',
    facts: { ended: 'Avslutades' },
    action: 'Visa prenumerationen',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Din prenumeration på ”${plan}” kommer att pausas`,
      paused: (plan) => `Din prenumeration på ”${plan}” är pausad`,
    },
    preheader: {
      from: (date) => `Pausen börjar den ${date}.`,
      resumes: (date) => `Prenumerationen återupptas den ${date}.`,
      open: 'Du debiteras inte under pausen.',
    },
    title: {
      scheduled: 'Din prenumeration kommer att pausas',
      paused: 'Din prenumeration är pausad',
    },
    lead: {
      from: (plan, date) =>
        `Din prenumeration på ”${plan}” pausas den ${date}. Fram till dess är allt som vanligt.`,
      soon: (plan) =>
        `Din prenumeration på ”${plan}” pausas när den nuvarande perioden är slut. Fram till dess är allt som vanligt.`,
      paused: (plan) => `Din prenumeration på ”${plan}” är nu pausad.`,
    },
    next: {
      resumes: (date) =>
        `Du debiteras inte under pausen. Prenumerationen återupptas automatiskt den ${date}, och då börjar du debiteras igen.`,
      open: 'Du debiteras inte under pausen, och du kan återuppta prenumerationen när du vill.',
    },
    facts: { pauses: 'Pausen börjar', resumes: 'Återupptas' },
    action: 'Hantera prenumerationen',
  },

  subscription_resumed: {
    subject: (plan) => `Din prenumeration på ”${plan}” är igång igen`,
    preheader: {
      paid: (amount) => `Välkommen tillbaka! Du har betalat ${amount}.`,
      noOrder: 'Välkommen tillbaka!',
    },
    title: 'Din prenumeration är igång igen',
    lead: (plan) => `Välkommen tillbaka! Din prenumeration på ”${plan}” är aktiv igen.`,
    paid: (amount) => `Din betalning på ${amount} har gått igenom.`,
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Hantera prenumerationen',
  },
}
