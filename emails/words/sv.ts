// Swedish. “Du” throughout; terms as in Polar’s own portal. A name follows a preposition, where it needs no gender. “Until”
// is “fram till den”, because “tillgång till den” would read as access to something.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('sv')
const ordinals = new Intl.PluralRules('sv', { type: 'ordinal' })

/** `Varje månad`, `Varannan månad`, `Var 3:e månad`, `Var 21:a dag`. */
const every = (count: number, one: string, two: string, other: (nth: string) => string) => {
  if (count <= 2) return count === 2 ? two : one
  return other(`${count}:${ordinals.select(count) === 'one' ? 'a' : 'e'}`)
}

export const sv: Words = {
  common: {
    greeting: (name) => (name ? `Hej ${name}!` : 'Hej!'),
    summary: 'Sammanfattning',
    item: 'Beskrivning',
    amount: 'Belopp',
    free: 'Gratis',
    invoiceNumber: (number) => `Faktura ${number}`,
    billedTo: 'Faktura till',
    prorated: (label) => `${label} (del av period)`,
    subtotal: 'Delsumma',
    discount: (name) => (name ? `Rabatt (${name})` : 'Rabatt'),
    tax: 'Moms',
    includesTax: 'Varav moms',
    total: 'Totalt',
    credit: 'Använt tillgodohavande',
    owed: 'Obetalt sedan tidigare',
    kept: 'Sparas som tillgodohavande',
    paid: 'Betalt',
    invoiceAttached: 'Fakturan är bifogad i det här mejlet.',
    invoiceInPortal: 'Du kan ladda ner fakturan i kundportalen.',
    benefits: 'Det här ingår',
    plan: 'Prenumeration',
    quantity: {
      seat: (count) => `${count}\u00a0${plural(count, { one: 'plats', other: 'platser' })}`,
      unit: (count) => `${count}\u00a0${plural(count, { one: 'enhet', other: 'enheter' })}`,
    },
    billed: 'Faktureras',
    every: {
      day: (count) => every(count, 'Varje dag', 'Varannan dag', (nth) => `Var ${nth} dag`),
      week: (count) => every(count, 'Varje vecka', 'Varannan vecka', (nth) => `Var ${nth} vecka`),
      month: (count) => every(count, 'Varje månad', 'Varannan månad', (nth) => `Var ${nth} månad`),
      year: (count) => every(count, 'Varje år', 'Vartannat år', (nth) => `Vart ${nth} år`),
    },
    price: 'Pris',
    nextRenewal: 'Nästa förnyelse',
    trialEnds: 'Provperioden slutar',
    support: ['Frågor? Skriv till ', ''],
    overview: 'Hantera betalningar och fakturor',
    seller: (name) =>
      `Säljs av Polar Software, Inc., återförsäljare och formell säljare (merchant of record) för ${name}.`,
  },

  order_confirmation: {
    subject: (product) => `Din beställning: ${product}`,
    preheader: {
      paid: (amount, date) => `Du betalade ${amount} den ${date}. Här är sammanfattningen.`,
      free: 'Allt är klart och du behöver inte betala något.',
    },
    title: 'Tack för din beställning',
    lead: {
      paid: (amount, product) =>
        `Din betalning på ${amount} för ${product} har gått igenom. Här är en sammanfattning att spara.`,
      free: (product) => `Din beställning av ${product} är klar. Du behöver inte betala något.`,
    },
    action: 'Visa beställningen',
  },

  subscription_confirmation: {
    subject: (plan) => `Din prenumeration på ${plan} har startat`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount}.`,
      free: 'Du behöver inte betala något i dag.',
      renews: (date) => `Förnyas den ${date}.`,
    },
    title: 'Din prenumeration har startat',
    lead: {
      paid: (amount, plan) =>
        `Nu prenumererar du på ${plan}, och din betalning på ${amount} har gått igenom.`,
      free: (plan) => `Nu prenumererar du på ${plan}. Du behöver inte betala något i dag.`,
    },
    renews: (date) => `Prenumerationen förnyas den ${date} om du inte säger upp den innan dess.`,
    action: 'Hantera prenumerationen',
  },

  trial_started: {
    subject: (plan) => `Din provperiod för ${plan} har startat`,
    preheader: (date) => `Gratis fram till den ${date}.`,
    title: 'Din provperiod har startat',
    lead: (plan, date) =>
      `Du kan använda ${plan} gratis fram till den ${date}. Du behöver inte betala något i dag.`,
    next: {
      price: (price) =>
        `Därefter fortsätter prenumerationen till priset ${price}, om du inte säger upp den innan provperioden är slut.`,
      noPrice:
        'Därefter fortsätter prenumerationen till ordinarie pris, om du inte säger upp den innan provperioden är slut.',
    },
    action: 'Hantera prenumerationen',
  },

  subscription_cycled: {
    subject: (plan) => `Din prenumeration på ${plan} har förnyats`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount}.`,
      free: 'Du behöver inte betala något den här gången.',
    },
    title: 'Din prenumeration har förnyats',
    lead: {
      paid: (amount, plan) => `Din betalning på ${amount} för ${plan} har gått igenom.`,
      free: (plan) =>
        `Din prenumeration på ${plan} har förnyats. Du behöver inte betala något den här gången.`,
    },
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Din prenumeration på ${plan} är nu aktiv`,
    preheader: {
      paid: (amount) => `Provperioden är slut. Du har betalat ${amount}.`,
      free: 'Provperioden är slut. Du behöver inte betala något den här gången.',
    },
    title: 'Din prenumeration är nu aktiv',
    lead: {
      paid: (amount, plan) =>
        `Din provperiod för ${plan} är slut, och din första betalning på ${amount} har gått igenom.`,
      free: (plan) =>
        `Din provperiod för ${plan} är slut och prenumerationen fortsätter. Du behöver inte betala något den här gången.`,
    },
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Din användning av ${plan}`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount} för det du har använt.`,
      free: 'Du behöver inte betala något för det du har använt.',
    },
    title: 'Sammanställning av din användning',
    lead: {
      paid: (amount, plan) =>
        `Din betalning på ${amount} för användningen av ${plan} har gått igenom.`,
      free: (plan) =>
        `Din användning av ${plan} är sammanställd. Du behöver inte betala något den här gången.`,
    },
    note: 'Användningen faktureras utöver prenumerationen, som inte påverkas.',
    action: 'Visa kvittot',
  },

  subscription_final_invoice: {
    subject: (plan) => `Din slutfaktura för ${plan}`,
    preheader: {
      paid: (amount) => `Du har betalat ${amount} och debiteras inte igen.`,
      free: 'Du behöver inte betala något och debiteras inte igen.',
    },
    title: 'Din slutfaktura',
    lead: {
      paid: (amount, plan, date) =>
        `Din prenumeration på ${plan} avslutades den ${date}. Din sista betalning på ${amount} har gått igenom.`,
      free: (plan, date) =>
        `Din prenumeration på ${plan} avslutades den ${date}. Det finns inget kvar att betala.`,
    },
    note: 'Det här är den sista fakturan för prenumerationen.',
    action: 'Visa kvittot',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Din prenumeration har ändrats till ${plan}`,
      quantity: (plan) => `Din prenumeration på ${plan} har ändrats`,
    },
    preheader: {
      paid: (amount) => `Du har betalat ${amount} för ändringen.`,
      settled: 'Ändringen gäller från och med nu.',
    },
    title: 'Din prenumeration har ändrats',
    lead: {
      fromTo: (from, to) =>
        `Din prenumeration har ändrats från ${from} till ${to}. Ändringen gäller från och med nu.`,
      to: (to) => `Din prenumeration har ändrats till ${to}. Ändringen gäller från och med nu.`,
      quantity: (plan, quantity) => `Din prenumeration på ${plan} omfattar nu ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Din betalning på ${amount} för ändringen har gått igenom.`,
      later: 'En eventuell prisskillnad regleras på nästa faktura.',
    },
    facts: { before: 'Tidigare', now: 'Nu' },
    action: 'Visa prenumerationen',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Kommande ändring av din prenumeration på ${plan}`,
    preheader: (date) => `Den börjar gälla den ${date}. Fram till dess är allt som vanligt.`,
    title: 'Din prenumeration kommer att ändras',
    lead: {
      fromTo: (from, to, date) => `Den ${date} ändras din prenumeration från ${from} till ${to}.`,
      quantity: (plan, quantity, date) =>
        `Din prenumeration på ${plan} omfattar ${quantity} från och med den ${date}.`,
      unnamed: (plan, date) => `Den ${date} ändras din prenumeration på ${plan}.`,
    },
    next: 'Fram till dess är allt som vanligt, och du behöver inte betala något nu.',
    facts: { now: 'Nu', from: (date) => `Från den ${date}` },
    action: 'Visa ändringen',
  },

  subscription_cancellation: {
    subject: (plan) => `Din prenumeration på ${plan} är uppsagd`,
    preheader: {
      until: (date) => `Du har tillgång fram till den ${date}. Prenumerationen förnyas inte.`,
      trial: (date) => `Du har tillgång fram till den ${date} och debiteras inte.`,
      noDate: 'Den förnyas inte.',
    },
    title: 'Din prenumeration är uppsagd',
    lead: {
      until: (plan, date) =>
        `Din prenumeration på ${plan} är uppsagd och förnyas inte. Du har tillgång fram till den ${date}.`,
      trial: (plan, date) =>
        `Din provperiod för ${plan} är uppsagd. Du har tillgång fram till den ${date}, och provperioden övergår inte i en betald prenumeration.`,
      noDate: (plan) => `Din prenumeration på ${plan} är uppsagd och förnyas inte.`,
    },
    change: 'Har du ändrat dig? Fram till dess kan du ångra uppsägningen.',
    facts: { accessUntil: 'Tillgång fram till' },
    action: 'Ångra uppsägningen',
  },

  subscription_uncanceled: {
    subject: (plan) => `Din prenumeration på ${plan} fortsätter`,
    preheader: {
      renews: (date) => `Uppsägningen är återtagen. Nästa förnyelse: ${date}.`,
      noDate: 'Uppsägningen är återtagen.',
    },
    title: 'Din prenumeration fortsätter',
    lead: (plan) =>
      `Vad roligt att du stannar! Uppsägningen av din prenumeration på ${plan} är återtagen, och allt fortsätter som vanligt.`,
    renews: (date) => `Prenumerationen förnyas den ${date}.`,
    action: 'Hantera prenumerationen',
  },

  subscription_revoked: {
    subject: (plan) => `Din prenumeration på ${plan} har avslutats`,
    preheader: {
      ended: 'Tack för den här tiden!',
      unpaid: 'Den senaste betalningen gick inte att genomföra.',
    },
    title: 'Din prenumeration har avslutats',
    lead: {
      ended: (plan, date) =>
        `Din prenumeration på ${plan} avslutades den ${date}. Tack för den här tiden!`,
      unpaid: (plan, date) =>
        `Betalningen för ${plan} gick tyvärr inte att genomföra, så prenumerationen avslutades den ${date}. Vi gör inga fler betalningsförsök.`,
    },
    next: 'Dina fakturor och tidigare beställningar finns kvar i kundportalen.',
    facts: { ended: 'Avslutades' },
    action: 'Visa prenumerationen',
  },

  subscription_past_due: {
    subject: (plan) => `Betalningen för ${plan} misslyckades`,
    preheader: (date) =>
      `Uppdatera betalningsmetoden senast den ${date} för att behålla prenumerationen.`,
    title: 'Din betalning gick inte igenom',
    lead: {
      amount: (amount, plan, date) =>
        `Betalningen på ${amount} för ${plan} misslyckades den ${date}.`,
      noAmount: (plan, date) => `Betalningen för ${plan} misslyckades den ${date}.`,
    },
    decline: {
      insufficient_funds: 'Enligt banken finns det inte tillräckligt med pengar på kontot.',
      expired_card: 'Kortet har gått ut.',
      incorrect_details:
        'Någon kortuppgift stämmer inte, till exempel kortnumret eller säkerhetskoden.',
      authentication_required: 'Banken vill att du själv godkänner betalningen.',
      limit_exceeded: 'Kortets beloppsgräns är nådd.',
      not_supported: 'Kortet kan inte användas för den här typen av betalning.',
      lost_or_blocked: 'Kortet går inte längre att använda. Välj ett annat kort.',
      declined: 'Banken nekade betalningen utan att ange någon orsak.',
      no_method: 'Det finns ingen sparad betalningsmetod.',
    },
    ask: 'Kontrollera eller uppdatera din betalningsmetod för att behålla prenumerationen.',
    add: 'Lägg till en betalningsmetod för att behålla prenumerationen.',
    action: 'Uppdatera betalningsmetod',
    next: {
      retry: (date, deadline) =>
        `Vi gör ett nytt betalningsförsök den ${date} och några till efter det. Om det inte är betalt senast den ${deadline} avslutas prenumerationen.`,
      retries: (deadline) =>
        `Vi gör automatiskt nya betalningsförsök under de närmaste dagarna. Om det inte är betalt senast den ${deadline} avslutas prenumerationen.`,
      onceAdded: (deadline) =>
        `Så snart en betalningsmetod finns gör vi ett nytt betalningsförsök. Om det inte är betalt senast den ${deadline} avslutas prenumerationen.`,
    },
    access: {
      until: (date) => `Du har kvar din tillgång fram till den ${date}.`,
      paused: 'Din tillgång är pausad tills betalningen har gått igenom.',
    },
    alreadyPaid: 'Om du har betalat under tiden behöver du inte göra något mer.',
    facts: {
      failed: 'Misslyckad betalning',
      method: 'Betalningsmetod',
      card: (brand, last4) => `${brand} som slutar på ${last4}`,
      nextTry: 'Nästa försök',
      deadline: 'Betala senast',
      amount: 'Att betala',
    },
  },

  payment_recovered: {
    subject: (plan) => `Vi har fått din betalning för ${plan}`,
    preheader: (amount) => `Du har betalat ${amount}. Nu är allt i ordning igen.`,
    title: 'Din betalning har gått igenom',
    lead: (amount, plan) =>
      `Tack! Din betalning på ${amount} för ${plan} har gått igenom och prenumerationen fortsätter. Du behöver inte göra något mer.`,
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Visa kvittot',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Din prenumeration på ${plan} kommer att pausas`,
      paused: (plan) => `Din prenumeration på ${plan} är pausad`,
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
        `Din prenumeration på ${plan} pausas den ${date}. Fram till dess är allt som vanligt.`,
      soon: (plan) =>
        `Din prenumeration på ${plan} pausas när den nuvarande perioden är slut. Fram till dess är allt som vanligt.`,
      paused: (plan) => `Din prenumeration på ${plan} är nu pausad.`,
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
    subject: (plan) => `Din prenumeration på ${plan} är igång igen`,
    preheader: {
      paid: (amount) => `Välkommen tillbaka! Du har betalat ${amount}.`,
      noOrder: 'Välkommen tillbaka!',
    },
    title: 'Din prenumeration är igång igen',
    lead: (plan) => `Välkommen tillbaka! Din prenumeration på ${plan} är aktiv igen.`,
    paid: (amount) => `Din betalning på ${amount} har gått igenom.`,
    renews: (date) => `Nästa förnyelse sker den ${date}.`,
    action: 'Hantera prenumerationen',
  },

  order_refunded: {
    subject: (product) => `Din återbetalning för ${product}`,
    preheader: (amount) => `${amount} är på väg tillbaka till dig.`,
    title: 'Din återbetalning är på väg',
    lead: {
      full: (amount, product) =>
        `Vi har betalat tillbaka hela din beställning av ${product}: ${amount}.`,
      partial: (amount, product) =>
        `Vi har betalat tillbaka en del av din beställning av ${product}: ${amount}.`,
    },
    method: {
      card: (brand, last4) =>
        `Pengarna går tillbaka till ditt kort (${brand} som slutar på ${last4}). Det brukar ta 5–10\u00a0bankdagar.`,
      unknown:
        'Pengarna går tillbaka till den betalningsmetod du betalade med. Det brukar ta 5–10\u00a0bankdagar.',
    },
    facts: {
      order: 'Beställning',
      ordered: 'Beställd',
      total: 'Ursprungligt belopp',
      refunded: 'Återbetald',
      amount: 'Återbetalning',
    },
    action: 'Visa beställningen',
  },
}
