// Text that all emails share, in Brazilian Portuguese.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('pt')

export const common: Common = {
  greeting: (name) => (name ? `Olá, ${name}!` : 'Olá!'),
  summary: 'Resumo',
  item: 'Item',
  amount: 'Valor',
  free: 'Grátis',
  invoiceNumber: (number) => `Fatura ${number}`,
  billedTo: 'Faturado para',
  moreItems: (count, shown) =>
    plural(count, { one: `e mais ${shown} item`, other: `e mais ${shown} itens` }),
  prorated: (label) => `${label} (proporcional)`,
  subtotal: 'Subtotal',
  discount: (name) => (name ? `Desconto (${name})` : 'Desconto'),
  tax: 'Impostos',
  includesTax: 'Impostos inclusos',
  total: 'Total',
  credit: 'Crédito utilizado',
  owed: 'Saldo devedor anterior',
  kept: 'Mantido como crédito na conta',
  paid: 'Valor pago',
  invoiceAttached: 'Sua fatura está anexada a este e-mail.',
  invoiceInPortal: 'Você pode baixar sua fatura no portal do cliente.',
  benefits: 'O que está incluso',
  plan: 'Assinatura',
  quantity: {
    seat: (count, shown) =>
      plural(count, { one: `${shown}\u00a0usuário`, other: `${shown}\u00a0usuários` }),
    unit: (count, shown) =>
      plural(count, { one: `${shown}\u00a0unidade`, other: `${shown}\u00a0unidades` }),
  },
  billed: 'Cobrança',
  every: {
    day: (count, shown) => plural(count, { one: 'Diária', other: `A cada ${shown}\u00a0dias` }),
    week: (count, shown) =>
      plural(count, { one: 'Semanal', other: `A cada ${shown}\u00a0semanas` }),
    month: (count, shown) => plural(count, { one: 'Mensal', other: `A cada ${shown}\u00a0meses` }),
    year: (count, shown) => plural(count, { one: 'Anual', other: `A cada ${shown}\u00a0anos` }),
  },
  price: 'Preço',
  priceEvery: (price, every) => `${price} (${every})`,
  by: (date) => `até ${date}`,
  rightAway: 'imediatamente',
  nextRenewal: 'Próxima renovação',
  trialEnds: 'Fim do período de teste',
  support: ['Dúvidas? Escreva para ', ''],
  overview: 'Gerenciar pagamentos e faturas',
  seller: (name) =>
    `Vendido pela Polar Software, Inc., revendedora e comerciante responsável (merchant of record) de ${name}.`,
}
