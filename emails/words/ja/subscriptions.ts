// Everything about a subscription, from start to end, in Japanese.

import type { Subscriptions } from '../en/subscriptions.ts'
import { manage, paid, renews } from './phrases.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `「${plan}」のサブスクリプションが始まりました`,
    preheader: { paid, free: '本日のお支払いはありません。', renews },
    title: 'サブスクリプションが始まりました',
    lead: {
      paid: (amount, plan) =>
        `「${plan}」をお申し込みいただき、ありがとうございます。${paid(amount)}`,
      free: (plan) =>
        `「${plan}」をお申し込みいただき、ありがとうございます。本日のお支払いはありません。`,
    },
    renews: (date) => `${renews(date)}それまでに解約されない限り、自動的に更新されます。`,
    action: manage,
  },

  trial_started: {
    subject: (plan) => `「${plan}」のトライアルが始まりました`,
    preheader: (date) => `${date}にトライアルが終了するまで、無料でお使いいただけます。`,
    title: 'トライアルが始まりました',
    lead: (plan, date) =>
      `${date}にトライアルが終了するまで、「${plan}」を無料でお使いいただけます。本日のお支払いはありません。`,
    next: {
      price: (price) =>
        `トライアルの終了までに解約されない場合、その後は${price}でサブスクリプションが継続します。`,
      noPrice:
        'トライアルの終了までに解約されない場合、その後は通常料金でサブスクリプションが継続します。',
    },
    action: manage,
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `サブスクリプションを「${plan}」に変更しました`,
      quantity: (plan) => `「${plan}」のサブスクリプションを変更しました`,
    },
    preheader: {
      paid: (amount) => `変更に伴う${paid(amount)}`,
      settled: '変更はすでに適用されています。',
    },
    title: 'サブスクリプションを変更しました',
    lead: {
      fromTo: (from, to) =>
        `サブスクリプションを「${from}」から「${to}」に変更しました。変更はすでに適用されています。`,
      to: (to) => `サブスクリプションを「${to}」に変更しました。変更はすでに適用されています。`,
      quantity: (plan, quantity) => `「${plan}」のサブスクリプションを${quantity}に変更しました。`,
    },
    charge: {
      paid: (amount) => `変更に伴う${paid(amount)}`,
      later: '料金に差額がある場合は、次回の請求で精算いたします。',
    },
    facts: { before: '変更前', now: '変更後' },
    action: 'サブスクリプションを見る',
  },

  subscription_change_scheduled: {
    subject: (plan) => `「${plan}」のサブスクリプション変更予定のお知らせ`,
    preheader: (date) => `変更は${date}に適用されます。それまでは現在のままです。`,
    title: 'サブスクリプション変更予定のお知らせ',
    lead: {
      fromTo: (from, to, date) =>
        `${date}に、サブスクリプションが「${from}」から「${to}」に変わります。`,
      quantity: (plan, quantity, date) =>
        `${date}から、「${plan}」のサブスクリプションが${quantity}になります。`,
      unnamed: (plan, date) => `${date}に、「${plan}」のサブスクリプションの内容が変わります。`,
    },
    next: 'それまでは現在の内容のままご利用いただけます。現時点でお支払いいただく料金はありません。',
    facts: { now: '現在', from: (date) => `${date}から` },
    action: '変更内容を見る',
  },

  subscription_cancellation: {
    subject: (plan) => `「${plan}」の解約手続きが完了しました`,
    preheader: {
      until: (date) => `${date}までご利用いただけます。今後は更新されません。`,
      trial: (date) => `${date}までご利用いただけます。料金は請求されません。`,
      noDate: '今後は更新されません。',
    },
    title: '解約手続きが完了しました',
    lead: {
      until: (plan, date) =>
        `「${plan}」のサブスクリプションは解約され、今後は更新されません。${date}まで引き続きご利用いただけます。`,
      trial: (plan, date) =>
        `「${plan}」のトライアルは解約されました。${date}まで引き続きご利用いただけます。有料のサブスクリプションには移行しません。`,
      noDate: (plan) => `「${plan}」のサブスクリプションは解約され、今後は更新されません。`,
    },
    change: 'お気持ちが変わりましたら、ご利用期間中はいつでも解約を取り消せます。',
    facts: { accessUntil: 'ご利用期限' },
    action: 'サブスクリプションを継続する',
  },

  subscription_uncanceled: {
    subject: (plan) => `「${plan}」のサブスクリプションは継続します`,
    preheader: {
      renews: (date) => `解約を取り消しました。${renews(date)}`,
      noDate: '解約を取り消しました。',
    },
    title: 'サブスクリプションは継続します',
    lead: (plan) =>
      `「${plan}」のサブスクリプションの解約を取り消しました。これまでどおりお使いいただけます。引き続きご利用いただき、ありがとうございます。`,
    renews,
    action: manage,
  },

  subscription_revoked: {
    subject: (plan) => `「${plan}」のサブスクリプションが終了しました`,
    preheader: {
      ended: 'これまでご利用いただき、ありがとうございました。',
      unpaid: '直近のお支払いを処理できませんでした。',
    },
    title: 'サブスクリプションが終了しました',
    lead: {
      ended: (plan, date) =>
        `「${plan}」のサブスクリプションは${date}に終了しました。これまでご利用いただき、ありがとうございました。`,
      asked: (plan, date) =>
        `ご希望により、「${plan}」のサブスクリプションは${date}に終了しました。これまでご利用いただき、ありがとうございました。`,
      unpaid: (plan, date) =>
        `「${plan}」のお支払いを処理できなかったため、サブスクリプションは${date}に終了しました。再度のお支払い処理は行いません。`,
    },
    next: '請求書とこれまでのご注文は、引き続きお支払い管理ページでご覧いただけます。',
    facts: { ended: '終了日' },
    action: 'サブスクリプションを見る',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `「${plan}」のサブスクリプション一時停止予定のお知らせ`,
      paused: (plan) => `「${plan}」のサブスクリプションを一時停止しました`,
    },
    preheader: {
      from: (date) => `${date}に一時停止します。`,
      resumes: (date) => `サブスクリプションは${date}に再開します。`,
      open: '一時停止中は料金が請求されません。',
    },
    title: {
      scheduled: 'サブスクリプション一時停止予定のお知らせ',
      paused: 'サブスクリプションを一時停止しました',
    },
    lead: {
      from: (plan, date) =>
        `「${plan}」のサブスクリプションは${date}に一時停止します。それまでは通常どおりご利用いただけます。`,
      soon: (plan) =>
        `「${plan}」のサブスクリプションは、現在の期間が終わると一時停止します。それまでは通常どおりご利用いただけます。`,
      paused: (plan) => `「${plan}」のサブスクリプションは現在、一時停止中です。`,
    },
    next: {
      resumes: (date) =>
        `一時停止中は料金が請求されません。${date}に自動的に再開し、料金の請求も再開されます。`,
      open: '一時停止中は料金が請求されません。ご都合のよいときにいつでも再開できます。',
    },
    facts: { pauses: '一時停止の開始日', resumes: '再開日' },
    action: manage,
  },

  subscription_resumed: {
    subject: (plan) => `「${plan}」のサブスクリプションを再開しました`,
    preheader: {
      paid: (amount) => `ご利用再開ありがとうございます。${paid(amount)}`,
      noOrder: 'ご利用再開ありがとうございます。またご利用いただけてうれしく思います。',
    },
    title: 'サブスクリプションを再開しました',
    lead: (plan) =>
      `ご利用再開ありがとうございます。「${plan}」を再びご利用いただけるようになりました。`,
    paid,
    renews,
    action: manage,
  },
}
