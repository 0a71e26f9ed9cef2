// Text that all emails share, in Swedish.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('sv')

const ordinals = new Intl.PluralRules('sv', { type: 'ordinal' })

/** `Varje månad`, `Varannan månad`, `Var 3:e månad`, `Var 21:a dag`. */
const every = (
  count: number,
  shown: string,
  one: string,
  two: string,
  other: (nth: string) => string,
) => {
  if (count <= 2) return count === 2 ? two : one
  return other(`${shown}:${ordinals.select(count) === 'one' ? 'a' : 'e'}`)
}

export const common: Common = {
  greeting: (name) => (name ? `Hej ${name}!` : 'Hej!'),
  summary: 'Sammanfattning',
  item: 'Beskrivning',
  amount: 'Belopp',
  free: 'Gratis',
  invoiceNumber: (number) => `Faktura ${number}`,
  billedTo: 'Faktura till',
  moreItems: (count, shown) =>
    plural(count, { one: `och ${shown} artikel till`, other: `och ${shown} artiklar till` }),
  prorated: (label) => `${label} (proportionellt)`,
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
    seat: (count, shown) => `${shown}\u00a0${plural(count, { one: 'plats', other: 'platser' })}`,
    unit: (count, shown) => `${shown}\u00a0${plural(count, { one: 'enhet', other: 'enheter' })}`,
  },
  billed: 'Faktureras',
  every: {
    day: (count, shown) =>
      every(count, shown, 'Varje dag', 'Varannan dag', (nth) => `Var ${nth} dag`),
    week: (count, shown) =>
      every(count, shown, 'Varje vecka', 'Varannan vecka', (nth) => `Var ${nth} vecka`),
    month: (count, shown) =>
      every(count, shown, 'Varje månad', 'Varannan månad', (nth) => `Var ${nth} månad`),
    year: (count, shown) =>
      every(count, shown, 'Varje år', 'Vartannat år', (nth) => `Vart ${nth} år`),
  },
  price: 'Pris',
  priceEvery: (price, every) => `${price} (${every})`,
  by: (date) => `senast den ${date}`,
  rightAway: 'omgående',
  nextRenewal: 'Nästa förnyelse',
  trialEnds: 'Provperioden slutar',
  support: ['Frågor? Skriv till ', ''],
  overview: 'Hantera betalningar och fakturor',
  seller: (name) =>
    `Säljs av Polar Software, Inc., återförsäljare och formell säljare (merchant of record) för ${name}.`,
}
