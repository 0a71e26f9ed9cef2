// What all emails have in common, in Brazilian Portuguese.

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
  prorated: (label) => `${label} (proporcional)`,
  subtotal: 'Subtotal',
  discount: (name) => (name ? `Desconto (${name})` : 'Desconto'),
  tax: 'Impostos',
  includesTax: 'Impostos inclusos',
  total: 'Total',
  credit: 'Crédito na conta',
  owed: 'Saldo devedor anterior',
  kept: 'Mantido como crédito na conta',
  paid: 'Valor pago',
  invoiceAttached: 'Sua fatura está anexada a este e-mail.',
  invoiceInPortal: 'Você pode baixar sua fatura no portal de pagamentos.',
  benefits: 'O que está incluso',
  plan: 'Assinatura',
  quantity: {
    seat: (count) =>
      plural(count, { one: `${count}\u00a0usuário`, other: `${count}\u00a0usuários` }),
    unit: (count) =>
      plural(count, { one: `${count}\u00a0unidade`, other: `${count}\u00a0unidades` }),
  },
  billed: 'Cobrança',
  every: {
    day: (count) => plural(count, { one: 'Diária', other: `A cada ${count}\u00a0dias` }),
    week: (count) => plural(count, { one: 'Semanal', other: `A cada ${count}\u00a0semanas` }),
    month: (count) => plural(count, { one: 'Mensal', other: `A cada ${count}\u00a0meses` }),
    year: (count) => plural(count, { one: 'Anual', other: `A cada ${count}\u00a0anos` }),
  },
  price: 'Preço',
  nextRenewal: 'Próxima renovação',
  trialEnds: 'Fim do teste',
  support: ['Dúvidas? Escreva para ', ''],
  overview: 'Gerenciar pagamentos e faturas',
  seller: (name) =>
    `Vendido pela Polar Software, Inc., revendedora e comerciante responsável (merchant of record) de ${name}.`,
}
