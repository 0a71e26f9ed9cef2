// Failed and recovered payments, in Brazilian Portuguese.

import type { Payments } from '../en/payments.ts'

const unpaid = (by: string) => `Se o pagamento não for feito ${by}, a assinatura será encerrada.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `Falha no pagamento da sua assinatura “${plan}”`,
    preheader: (by) => `Atualize a forma de pagamento ${by} para manter a assinatura.`,
    title: 'Seu pagamento não foi concluído',
    lead: {
      amount: (amount, plan, date) =>
        `O pagamento de ${amount} referente a “${plan}” falhou em ${date}.`,
      noAmount: (plan, date) => `O pagamento referente a “${plan}” falhou em ${date}.`,
    },
    decline: {
      insufficient_funds: 'O banco informou que não há saldo suficiente na conta.',
      expired_card: 'O cartão está vencido.',
      incorrect_details:
        'Algum dado do cartão está incorreto, como o número ou o código de segurança.',
      authentication_required: 'O banco pede que você confirme o pagamento.',
      limit_exceeded: 'O limite do cartão foi atingido.',
      not_supported: 'O cartão não aceita este tipo de pagamento.',
      lost_or_blocked: 'O cartão não pode mais ser usado.',
      declined: 'O banco recusou o pagamento sem informar o motivo.',
      no_method: 'Não há nenhuma forma de pagamento cadastrada.',
    },
    ask: 'Para manter sua assinatura, confira ou atualize sua forma de pagamento.',
    askAnother: 'Para manter sua assinatura, use outra forma de pagamento.',
    add: {
      preheader: (by) => `Adicione uma forma de pagamento ${by} para manter a assinatura.`,
      ask: 'Para manter sua assinatura, adicione uma forma de pagamento.',
      action: 'Adicionar forma de pagamento',
    },
    confirm: {
      preheader: (by) => `Confirme o pagamento ${by} para manter a assinatura.`,
      ask: 'Para manter sua assinatura, abra o pagamento e confirme-o com o seu banco.',
      action: 'Confirmar pagamento',
    },
    action: 'Atualizar forma de pagamento',
    next: {
      retry: (date, by) =>
        `Vamos tentar a cobrança novamente em ${date} e mais algumas vezes depois disso. ${unpaid(by)}`,
      noRetry: (by) =>
        `Não tentaremos a cobrança novamente com esta forma de pagamento. Se o valor não for pago de outra forma ${by}, a assinatura será encerrada.`,
      unpaid,
      onceAdded: (by) =>
        `Assim que você adicionar uma forma de pagamento, tentaremos a cobrança novamente. ${unpaid(by)}`,
    },
    access: {
      until: (date) => `Mesmo com o pagamento pendente, você mantém o acesso até ${date}.`,
      paused: 'Seu acesso está suspenso até que o pagamento seja concluído.',
    },
    alreadyPaid: 'Se você já pagou, não precisa fazer mais nada.',
    facts: {
      failed: 'Falha no pagamento',
      method: 'Forma de pagamento',
      card: (brand, last4) => `${brand ?? 'Cartão'} com final ${last4}`,
      nextTry: 'Próxima tentativa',
      deadline: 'Pagar até',
      amount: 'Valor a pagar',
    },
  },

  payment_recovered: {
    subject: (plan) => `Recebemos o pagamento da sua assinatura “${plan}”`,
    preheader: (amount) => `Valor pago: ${amount}. Está tudo em ordem de novo.`,
    title: 'Seu pagamento foi confirmado',
    lead: (amount, plan) =>
      `Obrigado! Seu pagamento de ${amount} referente a “${plan}” foi confirmado, e sua assinatura continua. Você não precisa fazer mais nada.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },
}
