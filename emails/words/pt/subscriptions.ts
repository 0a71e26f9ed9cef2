// Everything about a subscription, from start to end, in Brazilian Portuguese.

import type { Subscriptions } from '../en/subscriptions.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `Sua assinatura “${plan}” começou`,
    preheader: {
      paid: (amount) => `Pagamento de ${amount} confirmado.`,
      free: 'Não há nada a pagar hoje.',
      renews: (date) => `Renovação em ${date}.`,
    },
    title: 'Sua assinatura começou',
    lead: {
      paid: (amount, plan) =>
        `Sua assinatura “${plan}” está ativa, e o pagamento de ${amount} foi confirmado.`,
      free: (plan) => `Sua assinatura “${plan}” está ativa. Não há nada a pagar hoje.`,
    },
    renews: (date) => `A assinatura será renovada em ${date}, a menos que você cancele antes.`,
    action: 'Gerenciar assinatura',
  },

  trial_started: {
    subject: (plan) => `Seu período de teste de “${plan}” começou`,
    preheader: (date) => `É grátis até o fim do período de teste, em ${date}.`,
    title: 'Seu período de teste começou',
    lead: (plan, date) =>
      `Você pode usar “${plan}” gratuitamente até o fim do período de teste, em ${date}. Não há nada a pagar hoje.`,
    next: {
      price: (price) =>
        `Depois disso, sua assinatura continua por ${price}, a menos que você cancele antes do fim do período de teste.`,
      noPrice:
        'Depois disso, sua assinatura continua pelo preço normal, a menos que você cancele antes do fim do período de teste.',
    },
    action: 'Gerenciar assinatura',
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `Sua assinatura mudou para “${plan}”`,
      quantity: (plan) => `Sua assinatura “${plan}” mudou`,
    },
    preheader: {
      paid: (amount) => `Pagamento de ${amount} referente à mudança.`,
      settled: 'A mudança já está em vigor.',
    },
    title: 'Sua assinatura mudou',
    lead: {
      fromTo: (from, to) => `Sua assinatura mudou de “${from}” para “${to}”, com efeito imediato.`,
      to: (to) => `Sua assinatura mudou para “${to}”, com efeito imediato.`,
      quantity: (plan, quantity) => `Sua assinatura “${plan}” agora inclui ${quantity}.`,
    },
    charge: {
      paid: (amount) => `Seu pagamento de ${amount} referente à mudança foi confirmado.`,
      later: 'Se houver diferença de preço, ela será acertada na próxima fatura.',
    },
    facts: { before: 'Antes', now: 'Agora' },
    action: 'Ver assinatura',
  },

  subscription_change_scheduled: {
    subject: (plan) => `Mudança programada na sua assinatura “${plan}”`,
    preheader: (date) => `Entra em vigor em ${date}. Até lá, nada muda.`,
    title: 'Sua assinatura vai mudar',
    lead: {
      fromTo: (from, to, date) => `Sua assinatura mudará de “${from}” para “${to}” em ${date}.`,
      quantity: (plan, quantity, date) =>
        `Sua assinatura “${plan}” incluirá ${quantity} a partir de ${date}.`,
      unnamed: (plan, date) => `Sua assinatura “${plan}” mudará em ${date}.`,
    },
    next: 'Até lá, tudo continua como está, e não há nada a pagar agora.',
    facts: { now: 'Agora', from: (date) => `A partir de ${date}` },
    action: 'Ver a mudança',
  },

  subscription_cancellation: {
    subject: (plan) => `Sua assinatura “${plan}” foi cancelada`,
    preheader: {
      until: (date) => `Você tem acesso até ${date}. A assinatura não será renovada.`,
      trial: (date) => `Você tem acesso até ${date}, e nada será cobrado.`,
      noDate: 'Ela não será renovada.',
    },
    title: 'Sua assinatura foi cancelada',
    lead: {
      until: (plan, date) =>
        `Sua assinatura “${plan}” foi cancelada e não será renovada. Você tem acesso até ${date}.`,
      trial: (plan, date) =>
        `Seu período de teste de “${plan}” foi cancelado. Você tem acesso até ${date}, e ele não se tornará uma assinatura paga.`,
      noDate: (plan) => `Sua assinatura “${plan}” foi cancelada e não será renovada.`,
    },
    change: 'Mudou de ideia? Até lá, você pode desfazer o cancelamento.',
    facts: { accessUntil: 'Acesso até' },
    action: 'Manter minha assinatura',
  },

  subscription_uncanceled: {
    subject: (plan) => `Sua assinatura “${plan}” continua`,
    preheader: {
      renews: (date) => `O cancelamento foi desfeito. Próxima renovação: ${date}.`,
      noDate: 'O cancelamento foi desfeito.',
    },
    title: 'Sua assinatura continua',
    lead: (plan) =>
      `Que bom que você ficou: o cancelamento da sua assinatura “${plan}” foi desfeito, e nada muda.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Gerenciar assinatura',
  },

  subscription_revoked: {
    subject: (plan) => `Sua assinatura “${plan}” foi encerrada`,
    preheader: {
      ended: 'Obrigado pela confiança até aqui.',
      unpaid: 'Não foi possível processar o último pagamento.',
    },
    title: 'Sua assinatura foi encerrada',
    lead: {
      ended: (plan, date) =>
        `Sua assinatura “${plan}” foi encerrada em ${date}. Obrigado pela confiança até aqui.`,
      asked: (plan, date) =>
        `Como você pediu, sua assinatura “${plan}” foi encerrada em ${date}. Obrigado pela confiança até aqui.`,
      unpaid: (plan, date) =>
        `Não conseguimos processar o pagamento referente a “${plan}”, e por isso a assinatura foi encerrada em ${date}. Não faremos novas tentativas de cobrança.`,
    },
    next: 'Suas faturas e seus pedidos anteriores continuam disponíveis no seu portal do cliente.',
    facts: { ended: 'Encerrada em' },
    action: 'Ver assinatura',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `Sua assinatura “${plan}” será pausada`,
      paused: (plan) => `Sua assinatura “${plan}” está pausada`,
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
      from: (plan, date) => `Sua assinatura “${plan}” será pausada em ${date}. Até lá, nada muda.`,
      soon: (plan) =>
        `Sua assinatura “${plan}” será pausada no fim do período atual. Até lá, nada muda.`,
      paused: (plan) => `Sua assinatura “${plan}” agora está pausada.`,
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
    subject: (plan) => `Sua assinatura “${plan}” foi retomada`,
    preheader: {
      paid: (amount) => `Que bom ter você de volta. Pagamento de ${amount} confirmado.`,
      noOrder: 'Que bom ter você de volta.',
    },
    title: 'Sua assinatura foi retomada',
    lead: (plan) => `Que bom ter você de volta: sua assinatura “${plan}” está ativa novamente.`,
    paid: (amount) => `Seu pagamento de ${amount} foi confirmado.`,
    renews: (date) => `A próxima renovação será em ${date}.`,
    action: 'Gerenciar assinatura',
  },
}
