// Brazilian Portuguese. “Você”; no article before a name, whose gender is unknown; no participle for the customer.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('pt')

export const pt: Words = {
  common: {
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
  },

  order_confirmation: {
    subject: (product) => `Seu pedido: ${product}`,
    preheader: {
      paid: (amount, date) => `Pagamento de ${amount} em ${date}. Confira o resumo.`,
      free: 'Tudo certo: não há nada a pagar.',
    },
    title: 'Obrigado pelo seu pedido',
    lead: {
      paid: (amount, product) =>
        `Seu pagamento de ${amount} referente a ${product} foi confirmado. Aqui está o resumo para você guardar.`,
      free: (product) => `Seu pedido de ${product} foi concluído. Não há nada a pagar.`,
    },
    action: 'Ver seu pedido',
  },

  subscription_confirmation: {
    subject: (plan) => `Sua assinatura ${plan} começou`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado.`,
      free: 'Não há nada a pagar hoje.',
      renews: (date) => `Renovação em ${date}.`,
    },
    title: 'Sua assinatura começou',
    lead: {
      paid: (amount, plan) =>
        `Sua assinatura ${plan} está ativa, e o pagamento de ${amount} foi confirmado.`,
      free: (plan) => `Sua assinatura ${plan} está ativa. Não há nada a pagar hoje.`,
    },
    renews: (date) => `A assinatura será renovada em ${date}, a menos que você cancele antes.`,
    action: 'Gerenciar assinatura',
  },

  trial_started: {
    subject: (plan) => `Seu teste de ${plan} começou`,
    preheader: (date) => `É grátis até ${date}.`,
    title: 'Seu período de teste começou',
    lead: (plan, date) =>
      `Você pode usar ${plan} gratuitamente até ${date}. Não há nada a pagar hoje.`,
    next: {
      price: (price) =>
        `Depois disso, sua assinatura continua por ${price}, a menos que você cancele antes do fim do teste.`,
      noPrice:
        'Depois disso, sua assinatura continua pelo preço normal, a menos que você cancele antes do fim do teste.',
    },
    action: 'Gerenciar assinatura',
  },

  subscription_cycled: {
    subject: (plan) => `Sua assinatura ${plan} foi renovada`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado.`,
      free: 'Desta vez, não há nada a pagar.',
    },
    title: 'Sua assinatura foi renovada',
    lead: {
      paid: (amount, plan) => `Seu pagamento de ${amount} referente a ${plan} foi confirmado.`,
      free: (plan) => `Sua assinatura ${plan} foi renovada. Desta vez, não há nada a pagar.`,
    },
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `Sua assinatura ${plan} agora está ativa`,
    preheader: {
      paid: (amount) => `Seu teste terminou. Pagamento de ${amount} confirmado.`,
      free: 'Seu teste terminou. Desta vez, não há nada a pagar.',
    },
    title: 'Sua assinatura agora está ativa',
    lead: {
      paid: (amount, plan) =>
        `Seu teste de ${plan} terminou, e o primeiro pagamento, de ${amount}, foi confirmado.`,
      free: (plan) =>
        `Seu teste de ${plan} terminou, e a assinatura continua. Desta vez, não há nada a pagar.`,
    },
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Ver recibo',
  },

  subscription_usage_invoice: {
    subject: (plan) => `Seu consumo de ${plan}`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} pelo que você usou.`,
      free: 'Não há nada a pagar pelo que você usou.',
    },
    title: 'Seu resumo de consumo',
    lead: {
      paid: (amount, plan) =>
        `Seu pagamento de ${amount} referente ao consumo de ${plan} foi confirmado.`,
      free: (plan) => `Calculamos seu consumo de ${plan}. Desta vez, não há nada a pagar.`,
    },
    note: 'O consumo é cobrado além da assinatura, que não muda.',
    action: 'Ver recibo',
  },

  subscription_final_invoice: {
    subject: (plan) => `Sua fatura final de ${plan}`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado. Não haverá novas cobranças.`,
      free: 'Não há nada a pagar, e não haverá novas cobranças.',
    },
    title: 'Sua fatura final',
    lead: {
      paid: (amount, plan, date) =>
        `Sua assinatura ${plan} terminou em ${date}. O último pagamento, de ${amount}, foi confirmado.`,
      free: (plan, date) => `Sua assinatura ${plan} terminou em ${date}. Não resta nada a pagar.`,
    },
    note: 'Esta é a última fatura desta assinatura.',
    action: 'Ver recibo',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Sua assinatura mudou para ${plan}`,
      quantity: (plan) => `Sua assinatura ${plan} mudou`,
    },
    preheader: {
      paid: (amount) => `Pagamento de ${amount} referente à mudança.`,
      settled: 'A mudança já está em vigor.',
    },
    title: 'Sua assinatura mudou',
    lead: {
      fromTo: (from, to) => `Sua assinatura mudou de ${from} para ${to}, com efeito imediato.`,
      to: (to) => `Sua assinatura mudou para ${to}, com efeito imediato.`,
      quantity: (plan, quantity) => `Sua assinatura ${plan} agora inclui ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Seu pagamento de ${amount} referente à mudança foi confirmado.`,
      later: 'Se houver diferença de preço, ela será acertada na próxima fatura.',
    },
    facts: { before: 'Antes', now: 'Agora' },
    action: 'Ver assinatura',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Mudança programada na sua assinatura ${plan}`,
    preheader: (date) => `Entra em vigor em ${date}. Até lá, nada muda.`,
    title: 'Sua assinatura vai mudar',
    lead: {
      fromTo: (from, to, date) => `Sua assinatura mudará de ${from} para ${to} em ${date}.`,
      quantity: (plan, quantity, date) =>
        `Sua assinatura ${plan} incluirá ${quantity} a partir de ${date}.`,
      unnamed: (plan, date) => `Sua assinatura ${plan} mudará em ${date}.`,
    },
    next: 'Até lá, tudo continua como está, e não há nada a pagar agora.',
    facts: { now: 'Agora', from: (date) => `A partir de ${date}` },
    action: 'Revisar a mudança',
  },

  subscription_cancellation: {
    subject: (plan) => `Sua assinatura ${plan} foi cancelada`,
    preheader: {
      until: (date) => `Você tem acesso até ${date}. A assinatura não será renovada.`,
      trial: (date) => `Você tem acesso até ${date}, e nada será cobrado.`,
      noDate: 'Ela não será renovada.',
    },
    title: 'Sua assinatura foi cancelada',
    lead: {
      until: (plan, date) =>
        `Sua assinatura ${plan} foi cancelada e não será renovada. Você tem acesso até ${date}.`,
      trial: (plan, date) =>
        `Seu teste de ${plan} foi cancelado. Você tem acesso até ${date}, e o teste não se tornará uma assinatura paga.`,
      noDate: (plan) => `Sua assinatura ${plan} foi cancelada e não será renovada.`,
    },
    change: 'Mudou de ideia? Até lá, você pode desfazer o cancelamento.',
    facts: { accessUntil: 'Acesso até' },
    action: 'Manter minha assinatura',
  },

  subscription_uncanceled: {
    subject: (plan) => `Sua assinatura ${plan} continua`,
    preheader: {
      renews: (date) => `O cancelamento foi desfeito. Próxima renovação: ${date}.`,
      noDate: 'O cancelamento foi desfeito.',
    },
    title: 'Sua assinatura continua',
    lead: (plan) =>
      `Que bom que você ficou: o cancelamento da sua assinatura ${plan} foi desfeito, e nada muda.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Gerenciar assinatura',
  },

  subscription_revoked: {
    subject: (plan) => `Sua assinatura ${plan} terminou`,
    preheader: {
      ended: 'Obrigado pela confiança até aqui.',
      unpaid: 'Não foi possível cobrar o último pagamento.',
    },
    title: 'Sua assinatura terminou',
    lead: {
      ended: (plan, date) =>
        `Sua assinatura ${plan} terminou em ${date}. Obrigado pela confiança até aqui.`,
      unpaid: (plan, date) =>
        `Não conseguimos cobrar o pagamento referente a ${plan}, e por isso a assinatura terminou em ${date}. Não faremos novas tentativas de cobrança.`,
    },
    next: 'Suas faturas e seus pedidos anteriores continuam disponíveis no seu portal de pagamentos.',
    facts: { ended: 'Terminou em' },
    action: 'Ver assinatura',
  },

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

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Sua assinatura ${plan} será pausada`,
      paused: (plan) => `Sua assinatura ${plan} está pausada`,
    },
    preheader: {
      from: (date) => `A pausa começa em ${date}.`,
      resumes: (date) => `A assinatura volta em ${date}.`,
      open: 'Nada será cobrado durante a pausa.',
    },
    title: {
      scheduled: 'Sua assinatura será pausada',
      paused: 'Sua assinatura está pausada',
    },
    lead: {
      from: (plan, date) => `Sua assinatura ${plan} será pausada em ${date}. Até lá, nada muda.`,
      soon: (plan) =>
        `Sua assinatura ${plan} será pausada no fim do período atual. Até lá, nada muda.`,
      paused: (plan) => `Sua assinatura ${plan} agora está pausada.`,
    },
    next: {
      resumes: (date) =>
        `Nada será cobrado durante a pausa. A assinatura será retomada automaticamente em ${date}, e as cobranças também.`,
      open: 'Nada será cobrado durante a pausa, e você pode retomar a assinatura quando quiser.',
    },
    facts: { pauses: 'Início da pausa', resumes: 'Retomada' },
    action: 'Gerenciar assinatura',
  },

  subscription_resumed: {
    subject: (plan) => `Sua assinatura ${plan} foi retomada`,
    preheader: {
      paid: (amount) => `Que bom ter você de volta. Pagamento de ${amount} confirmado.`,
      noOrder: 'Que bom ter você de volta.',
    },
    title: 'Sua assinatura foi retomada',
    lead: (plan) => `Que bom ter você de volta: sua assinatura ${plan} está ativa novamente.`,
    paid: (amount) => `Seu pagamento de ${amount} foi confirmado.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Gerenciar assinatura',
  },

  order_refunded: {
    subject: (product) => `Seu reembolso de ${product}`,
    preheader: (amount) => `Estamos devolvendo ${amount} para você.`,
    title: 'Seu reembolso está a caminho',
    lead: {
      full: (amount, product) =>
        `Reembolsamos integralmente o seu pedido de ${product}: ${amount}.`,
      partial: (amount, product) => `Reembolsamos ${amount} do seu pedido de ${product}.`,
    },
    method: {
      card: (brand, last4) =>
        `O dinheiro volta para o seu cartão ${brand} com final ${last4}. Os bancos costumam levar de 5 a 10\u00a0dias úteis.`,
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
