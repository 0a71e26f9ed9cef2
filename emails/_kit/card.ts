// Names of card brands as cardholders know them; processors write `visa` and `amex`.

const names = new Map([
  ['amex', 'American Express'],
  ['american_express', 'American Express'],
  ['cartes_bancaires', 'Cartes Bancaires'],
  ['diners', 'Diners Club'],
  ['diners_club', 'Diners Club'],
  ['discover', 'Discover'],
  ['eftpos_au', 'Eftpos'],
  ['elo', 'Elo'],
  ['girocard', 'Girocard'],
  ['hipercard', 'Hipercard'],
  ['interac', 'Interac'],
  ['jcb', 'JCB'],
  ['link', 'Link'],
  ['mastercard', 'Mastercard'],
  ['unionpay', 'UnionPay'],
  ['visa', 'Visa'],
])

/** `cardName('visa')` is `Visa`. Null for a brand without a known name, such as Stripe's `unknown`. */
export const cardName = (brand: string): string | null => names.get(brand.toLowerCase()) ?? null
