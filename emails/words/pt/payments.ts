// Payments that fail, and that succeed after all, in Brazilian Portuguese.

import type { Payments } from '../en/payments.ts'

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Falha no pagamento da sua assinatura ${plan}`,
    preheader: (date) => `Atualize sua forma de pagamento até ${date} para manter sua assinatura.`,
    title: 'Seu pagamento não foi concluído',
    lead: {
      amount: (amount, plan, date) =>
        `O pagamento de ${amount} referente a ${plan} falhou em ${date}.`,
      noAmount: (plan, date) => `O pagamento referente a ${plan} falhou em ${date}.`,
    },
    decline: {
      insufficient_funds: 'O banco informou que não há saldo suficiente na conta.',
      expired_card: 'O cartão está vencido.',
      incorrect_details:
        'Algum dado do cartão está incorreto, como o número ou o código de segurança.',
      authentication_required: 'O banco pede que você confirme o pagamento.',
      limit_exceeded: 'O limite do cartão foi atingido.',
      not_supported: 'O cartão não aceita este tipo de pagamento.',
      lost_or_blocked: 'O cartão não pode mais ser usado. Use outro, por favor.',
      declined: 'O banco recusou o pagamento sem informar o motivo.',
      no_method: 'Não há nenhuma forma de pagamento cadastrada.',
    },
    ask: 'Para manter sua assinatura, confira ou atualize sua forma de pagamento.',
    add: 'Para manter sua assinatura, adicione uma forma de pagamento.',
    action: 'Atualizar forma de pagamento',
    next: {
      retry: (date, deadline) =>
        `Vamos tentar a cobrança novamente em ${date} e mais algumas vezes depois disso. Se o pagamento não for feito até ${deadline}, a assinatura será encerrada.`,
      retries: (deadline) =>
        `Vamos tentar a cobrança novamente, de forma automática, nos próximos dias. Se o pagamento não for feito até ${deadline}, a assinatura será encerrada.`,
      onceAdded: (deadline) =>
        `Assim que você adicionar uma, tentaremos a cobrança novamente. Se o pagamento não for feito até ${deadline}, a assinatura será encerrada.`,
    },
    access: {
      until: (date) => `Você mantém o acesso até ${date}.`,
      paused: 'Seu acesso está suspenso até que o pagamento seja concluído.',
    },
    alreadyPaid: 'Se você já pagou, não precisa fazer mais nada.',
    facts: {
      failed: 'Falha no pagamento',
      method: 'Forma de pagamento',
      card: (brand, last4) => `${brand} com final ${last4}`,
      nextTry: 'Próxima tentativa',
      deadline: 'Pagar até',
      amount: 'Valor a pagar',
    },
  },

  payment_recovered: {
    subject: (plan) => `Recebemos o pagamento da sua assinatura ${plan}`,
    preheader: (amount) => `Valor pago: ${amount}. Está tudo em ordem de novo.`,
    title: 'Seu pagamento foi confirmado',
    lead: (amount, plan) =>
      `Obrigado! Seu pagamento de ${amount} referente a ${plan} foi confirmado, e sua assinatura continua. Você não precisa fazer mais nada.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },
}
