// Receipts and refunds, in Brazilian Portuguese.

import type { Orders } from '../en/orders.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `Seu pedido: ${product}`,
    preheader: {
      paid: (amount, date) => `Pagamento de ${amount} em ${date}. Confira o resumo.`,
      free: 'Tudo certo: não há nada a pagar.',
    },
    title: 'Obrigado pelo seu pedido',
    lead: {
      paid: (amount, product) =>
        `Seu pagamento de ${amount} referente a “${product}” foi confirmado. Aqui está o resumo para você guardar.`,
      free: (product) => `Seu pedido de “${product}” foi concluído. Não há nada a pagar.`,
    },
    action: 'Ver seu pedido',
  },

  subscription_cycled: {
    subject: (plan) => `Sua assinatura “${plan}” foi renovada`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado.`,
      free: 'Desta vez, não há nada a pagar.',
    },
    title: 'Sua assinatura foi renovada',
    lead: {
      paid: (amount, plan) => `Seu pagamento de ${amount} referente a “${plan}” foi confirmado.`,
      free: (plan) => `Sua assinatura “${plan}” foi renovada. Desta vez, não há nada a pagar.`,
    },
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Sua assinatura “${plan}” agora está ativa`,
    preheader: {
      paid: (amount) => `Seu período de teste terminou. Pagamento de ${amount} confirmado.`,
      free: 'Seu período de teste terminou. Desta vez, não há nada a pagar.',
    },
    title: 'Sua assinatura agora está ativa',
    lead: {
      paid: (amount, plan) =>
        `Seu período de teste de “${plan}” terminou, e o primeiro pagamento, de ${amount}, foi confirmado.`,
      free: (plan) =>
        `Seu período de teste de “${plan}” terminou, e a assinatura continua. Desta vez, não há nada a pagar.`,
    },
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Seu consumo de “${plan}”`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} pelo que você usou.`,
      free: 'Não há nada a pagar pelo que você usou.',
    },
    title: 'Seu resumo de consumo',
    lead: {
      paid: (amount, plan) =>
        `Seu pagamento de ${amount} referente ao consumo de “${plan}” foi confirmado.`,
      free: (plan) => `Calculamos seu consumo de “${plan}”. Desta vez, não há nada a pagar.`,
    },
    note: 'O consumo é cobrado além da assinatura, que não muda.',
    action: 'Ver recibo',
  },

  subscription_final_invoice: {
    subject: (plan) => `Sua fatura final de “${plan}”`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado. Não haverá novas cobranças.`,
      free: 'Não há nada a pagar, e não haverá novas cobranças.',
    },
    title: 'Sua fatura final',
    lead: {
      paid: (amount, plan, date) =>
        `Sua assinatura “${plan}” foi encerrada em ${date}. O último pagamento, de ${amount}, foi confirmado.`,
      free: (plan, date) =>
        `Sua assinatura “${plan}” foi encerrada em ${date}. Não resta nada a pagar.`,
    },
    note: 'Esta é a última fatura desta assinatura.',
    action: 'Ver recibo',
  },

  order_refunded: {
    subject: (product) => `Seu reembolso de “${product}”`,
    preheader: (amount) => `Estamos devolvendo ${amount} para você.`,
    title: 'Seu reembolso está a caminho',
    lead: {
      full: (amount, product) =>
        `Reembolsamos integralmente o seu pagamento referente a “${product}”: ${amount}.`,
      partial: (amount, product) => `Reembolsamos ${amount} do seu pedido de “${product}”.`,
    },
    method: {
      card: (brand, last4) =>
        `O dinheiro volta para o seu cartão${brand ? ` ${brand}` : ''} com final ${last4}. Os bancos costumam levar de 5 a 10\u00a0dias úteis.`,
      unknown:
        'O dinheiro volta para a forma de pagamento que você usou. Os bancos costumam levar de 5 a 10\u00a0dias úteis.',
    },
    facts: {
      order: 'Pedido',
      ordered: 'Data do pedido',
      total: 'Total do pedido',
      refunded: 'Reembolsado em',
      amount: 'Reembolso',
    },
    action: 'Ver seu pedido',
  },
}
