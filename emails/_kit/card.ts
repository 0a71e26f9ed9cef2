// What a card is called by those who carry it; processors write `visa` and `amex`.

const names: Record<string, string> = {
  amex: 'American Express',
  american_express: 'American Express',
  diners: 'Diners Club',
  diners_club: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'Eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
}

/** `cardName('visa')` is `Visa`; one that isn't known keeps its own name. */
export const cardName = (brand: string): string => names[brand.toLowerCase()] ?? brand
