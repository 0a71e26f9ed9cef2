// Reminders of what comes soon, in Brazilian Portuguese.

import type { Reminders } from '../en/reminders.ts'

const yourCard = (brand: string | null, last4: string) =>
  `seu cartão${brand ? ` ${brand}` : ''} com final ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `Vamos cobrar ${amount} no ${yourCard(brand, last4)}.`,
  amount: (amount) => `O valor a pagar será de ${amount}.`,
  beforeTax: (amount) => `O preço é de ${amount}, mais impostos, se houver.`,
  onlyCard: (brand, last4) => `O valor será cobrado no ${yourCard(brand, last4)}.`,
  nothing: 'Não haverá nada a pagar.',
  facts: {
    method: 'Forma de pagamento',
    card: (brand, last4) => `${brand ?? 'Cartão'} com final ${last4}`,
    beforeTax: 'Preço sem impostos',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `Sua assinatura “${plan}” será renovada em ${date}`,
    title: 'Sua assinatura será renovada em breve',
    lead: (plan, date) => `Sua assinatura “${plan}” será renovada em ${date}.`,
    change: {
      plan: (plan) => `A partir dessa data, você terá “${plan}”.`,
      planWith: (plan, quantity) => `A partir dessa data, você terá “${plan}” com ${quantity}.`,
      quantity: (quantity) => `A partir dessa data, ela incluirá ${quantity}.`,
      unnamed: 'A mudança programada entra em vigor nessa data.',
    },
    charge,
    keep: 'Se estiver tudo certo para você, não é preciso fazer nada.',
    stop: (by) => `Se quiser alterar ou cancelar a assinatura, faça isso ${by}.`,
    facts: { next: 'Após a renovação' },
    action: 'Gerenciar assinatura',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `Seu período de teste de “${plan}” termina em ${date}`,
    preheader: { add: 'Ainda não há nenhuma forma de pagamento cadastrada.' },
    title: 'Seu período de teste termina em breve',
    lead: (plan, date) => `Seu período de teste de “${plan}” termina em ${date}.`,
    continues: 'Depois disso, sua assinatura continua automaticamente.',
    charge,
    add: (by) =>
      `Ainda não há nenhuma forma de pagamento cadastrada. Para continuar depois do período de teste, adicione uma forma de pagamento ${by}.`,
    stop: (by) => `Se não quiser continuar, cancele a assinatura ${by}, e nada será cobrado.`,
    facts: { amount: 'Primeiro pagamento' },
    action: 'Gerenciar assinatura',
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      `Seu cartão${brand ? ` ${brand}` : ''} com final ${last4} vence em breve`,
    preheader: {
      expires: (month) => `Ele vence no fim de ${month}.`,
      ask: 'Atualize sua forma de pagamento.',
    },
    title: 'Seu cartão vence em breve',
    lead: (brand, last4, month) =>
      `Seu cartão${brand ? ` ${brand}` : ''} com final ${last4} vence no fim de ${month}.`,
    pays: {
      one: (plan) => `Com ele, você paga sua assinatura “${plan}”.`,
      several: 'Com este cartão, você paga estas assinaturas:',
      more: (_count, shown) => `e mais ${shown}`,
    },
    ask: 'Para que os próximos pagamentos sejam concluídos, atualize sua forma de pagamento antes disso.',
    alreadyDone: 'Se você já atualizou, não precisa fazer mais nada.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Válido até o fim de',
    },
    action: 'Atualizar forma de pagamento',
  },
}
