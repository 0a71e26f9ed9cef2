// Japanese. です・ます in the polite register of a business letter, names in 「」, and no plurals: a count takes its counter.

import type { Words } from './en.ts'

const manage = 'サブスクリプションを管理する'
const seeDetails = '明細を見る'
const nothingNow = '今回のお支払いはありません。'
const nothingMore = '今後の請求はありません。'
const paid = (amount: string) => `${amount}のお支払いが完了しました。`
const renews = (date: string) => `次回の更新日は${date}です。`

export const ja: Words = {
  common: {
    greeting: (name) => (name ? `${name} 様` : 'お客様'),
    summary: '明細',
    item: '項目',
    amount: '金額',
    free: '無料',
    invoiceNumber: (number) => `請求書番号：${number}`,
    billedTo: '請求先',
    prorated: (label) => `${label}（日割り計算）`,
    subtotal: '小計',
    discount: (name) => (name ? `割引（${name}）` : '割引'),
    tax: '税額',
    includesTax: 'うち税額',
    total: '合計',
    credit: 'クレジット残高の利用',
    owed: '前回までの未払い額',
    kept: 'クレジット残高に追加',
    paid: 'お支払い額',
    invoiceAttached: '請求書をこのメールに添付しました。',
    invoiceInPortal: '請求書は、お支払い管理ページからダウンロードしていただけます。',
    benefits: 'ご利用いただける内容',
    plan: 'サブスクリプション',
    quantity: {
      seat: (count) => `${count}シート`,
      unit: (count) => `${count}ユニット`,
    },
    billed: '請求サイクル',
    every: {
      day: (count) => (count === 1 ? '毎日' : `${count}日ごと`),
      week: (count) => (count === 1 ? '毎週' : `${count}週間ごと`),
      month: (count) => (count === 1 ? '毎月' : `${count}か月ごと`),
      year: (count) => (count === 1 ? '毎年' : `${count}年ごと`),
    },
    price: '料金',
    nextRenewal: '次回の更新日',
    trialEnds: 'トライアル終了日',
    // The space keeps what follows out of the address where plain text is searched for links.
    support: ['ご不明な点がございましたら、', ' までお気軽にお問い合わせください。'],
    overview: 'お支払い管理ページ',
    seller: (name) =>
      `Polar Software, Inc.が、${name}の再販業者および取引上の販売者（Merchant of Record）として販売しています。`,
  },

  order_confirmation: {
    subject: (product) => `「${product}」のご注文を承りました`,
    preheader: {
      paid: (amount, date) => `${date}に${amount}のお支払いが完了しました。明細をお届けします。`,
      free: 'お手続きは完了しています。お支払いは必要ありません。',
    },
    title: 'ご注文ありがとうございます',
    lead: {
      paid: (amount, product) =>
        `「${product}」のお支払い（${amount}）が完了しました。以下の明細を控えとしてご利用ください。`,
      free: (product) => `「${product}」のご注文が完了しました。お支払いは必要ありません。`,
    },
    action: 'ご注文を見る',
  },

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
    preheader: (date) => `${date}まで無料でお使いいただけます。`,
    title: 'トライアルが始まりました',
    lead: (plan, date) =>
      `${date}まで、「${plan}」を無料でお使いいただけます。本日のお支払いはありません。`,
    next: {
      price: (price) =>
        `トライアルの終了までに解約されない場合、その後は${price}でサブスクリプションが継続します。`,
      noPrice:
        'トライアルの終了までに解約されない場合、その後は通常料金でサブスクリプションが継続します。',
    },
    action: manage,
  },

  subscription_cycled: {
    subject: (plan) => `「${plan}」のサブスクリプションを更新しました`,
    preheader: { paid, free: nothingNow },
    title: 'サブスクリプションを更新しました',
    lead: {
      paid: (amount, plan) =>
        `いつもご利用いただき、ありがとうございます。「${plan}」のお支払い（${amount}）が完了しました。`,
      free: (plan) =>
        `いつもご利用いただき、ありがとうございます。「${plan}」を更新しました。${nothingNow}`,
    },
    renews,
    action: seeDetails,
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `「${plan}」のサブスクリプションが有効になりました`,
    preheader: {
      paid: (amount) => `トライアルが終了し、${paid(amount)}`,
      free: `トライアルが終了しました。${nothingNow}`,
    },
    title: 'サブスクリプションが有効になりました',
    lead: {
      paid: (amount, plan) =>
        `「${plan}」のトライアルが終了し、初回のお支払い（${amount}）が完了しました。`,
      free: (plan) =>
        `「${plan}」のトライアルが終了し、サブスクリプションに移行しました。${nothingNow}`,
    },
    renews,
    action: seeDetails,
  },

  subscription_usage_invoice: {
    subject: (plan) => `「${plan}」のご利用料金のお知らせ`,
    preheader: {
      paid: (amount) => `ご利用分として、${paid(amount)}`,
      free: 'ご利用分のお支払いはありません。',
    },
    title: 'ご利用料金のお知らせ',
    lead: {
      paid: (amount, plan) => `「${plan}」のご利用料金（${amount}）のお支払いが完了しました。`,
      free: (plan) => `「${plan}」のご利用分を集計しました。${nothingNow}`,
    },
    note: 'ご利用料金は、サブスクリプションの料金とは別に請求されます。サブスクリプションの内容に変更はありません。',
    action: seeDetails,
  },

  subscription_final_invoice: {
    subject: (plan) => `「${plan}」の最終請求のお知らせ`,
    preheader: {
      paid: (amount) => `${paid(amount)}${nothingMore}`,
      free: 'お支払いは必要ありません。今後の請求もありません。',
    },
    title: '最終請求のお知らせ',
    lead: {
      paid: (amount, plan, date) =>
        `「${plan}」のサブスクリプションは${date}に終了し、最後のお支払い（${amount}）が完了しました。`,
      free: (plan, date) =>
        `「${plan}」のサブスクリプションは${date}に終了しました。未払いの料金はありません。`,
    },
    note: 'このサブスクリプションの請求は、今回が最後です。',
    action: seeDetails,
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
    subject: (plan) => `「${plan}」のサブスクリプションの変更予定`,
    preheader: (date) => `変更は${date}に適用されます。それまでは現在のままです。`,
    title: 'サブスクリプションの変更予定があります',
    lead: {
      fromTo: (from, to, date) =>
        `${date}に、サブスクリプションが「${from}」から「${to}」に変わります。`,
      quantity: (plan, quantity, date) =>
        `${date}から、「${plan}」のサブスクリプションが${quantity}になります。`,
      unnamed: (plan, date) => `${date}に、「${plan}」のサブスクリプションの内容が変わります。`,
    },
    next: 'それまでは現在の内容のままご利用いただけます。今すぐのお支払いはありません。',
    facts: { now: '現在', from: (date) => `${date}から` },
    action: '変更内容を確認する',
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
      unpaid: '最後のお支払いを処理できませんでした。',
    },
    title: 'サブスクリプションが終了しました',
    lead: {
      ended: (plan, date) =>
        `「${plan}」のサブスクリプションは${date}に終了しました。これまでご利用いただき、ありがとうございました。`,
      unpaid: (plan, date) =>
        `「${plan}」のお支払いを処理できなかったため、サブスクリプションは${date}に終了しました。再度のお支払い処理は行いません。`,
    },
    next: '請求書とこれまでのご注文は、引き続きお支払い管理ページでご覧いただけます。',
    facts: { ended: '終了日' },
    action: 'サブスクリプションを見る',
  },

  subscription_past_due: {
    subject: (plan) => `「${plan}」のお支払いを処理できませんでした`,
    preheader: (date) =>
      `サブスクリプションを継続するには、${date}までにお支払い方法を更新してください。`,
    title: 'お支払いを処理できませんでした',
    lead: {
      amount: (amount, plan, date) =>
        `${date}に、「${plan}」のお支払い（${amount}）を処理できませんでした。`,
      noAmount: (plan, date) => `${date}に、「${plan}」のお支払いを処理できませんでした。`,
    },
    decline: {
      insufficient_funds: '金融機関から、残高が不足しているとの回答がありました。',
      expired_card: 'カードの有効期限が切れています。',
      incorrect_details: 'カード番号やセキュリティコードなど、カード情報の一部に誤りがあります。',
      authentication_required: '金融機関が、ご本人によるお支払いの確認を求めています。',
      limit_exceeded: 'カードのご利用限度額に達しています。',
      not_supported: 'このカードは、この種類のお支払いにはご利用いただけません。',
      lost_or_blocked: 'このカードはご利用いただけなくなっています。別のカードをご利用ください。',
      declined: '金融機関でお支払いが承認されませんでした。理由は示されていません。',
      no_method: 'お支払い方法が登録されていません。',
    },
    ask: 'ご利用を続けるには、お支払い方法をご確認のうえ、必要に応じて更新してください。',
    add: 'ご利用を続けるには、お支払い方法を追加してください。',
    action: 'お支払い方法を更新する',
    next: {
      retry: (date, deadline) =>
        `${date}にお支払いの処理を再度行い、その後も数回再試行します。${deadline}までにお支払いが完了しない場合、サブスクリプションは終了します。`,
      retries: (deadline) =>
        `今後数日にわたり、お支払いの処理を自動的に再試行します。${deadline}までにお支払いが完了しない場合、サブスクリプションは終了します。`,
      onceAdded: (deadline) =>
        `お支払い方法が追加され次第、お支払いの処理を再度行います。${deadline}までにお支払いが完了しない場合、サブスクリプションは終了します。`,
    },
    access: {
      until: (date) => `${date}までは引き続きご利用いただけます。`,
      paused: 'お支払いが完了するまで、ご利用を一時的に停止しています。',
    },
    alreadyPaid: '行き違いですでにお支払い済みの場合、お手続きは不要です。',
    facts: {
      failed: '決済エラーの発生日',
      method: 'お支払い方法',
      card: (brand, last4) => `${brand}（下4桁：${last4}）`,
      nextTry: '次回の再試行日',
      deadline: 'お支払い期限',
      amount: 'ご請求額',
    },
  },

  payment_recovered: {
    subject: (plan) => `「${plan}」のお支払いを確認しました`,
    preheader: (amount) => `${paid(amount)}引き続きご利用いただけます。`,
    title: 'お支払いが完了しました',
    lead: (amount, plan) =>
      `ありがとうございます。「${plan}」のお支払い（${amount}）が完了し、サブスクリプションは継続します。ほかにお手続きは必要ありません。`,
    renews,
    action: seeDetails,
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `「${plan}」のサブスクリプションの一時停止予定`,
      paused: (plan) => `「${plan}」のサブスクリプションを一時停止しました`,
    },
    preheader: {
      from: (date) => `${date}に一時停止します。`,
      resumes: (date) => `サブスクリプションは${date}に再開します。`,
      open: '一時停止中は請求されません。',
    },
    title: {
      scheduled: 'サブスクリプションの一時停止予定があります',
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
        `一時停止中は請求されません。${date}に自動的に再開し、その後は再び請求されます。`,
      open: '一時停止中は請求されません。ご都合のよいときにいつでも再開できます。',
    },
    facts: { pauses: '一時停止の開始日', resumes: '再開日' },
    action: manage,
  },

  subscription_resumed: {
    subject: (plan) => `「${plan}」のサブスクリプションを再開しました`,
    preheader: {
      paid: (amount) => `おかえりなさい。${paid(amount)}`,
      noOrder: 'おかえりなさい。またご利用いただけてうれしく思います。',
    },
    title: 'サブスクリプションを再開しました',
    lead: (plan) => `おかえりなさい。「${plan}」を再びご利用いただけるようになりました。`,
    paid,
    renews,
    action: manage,
  },

  order_refunded: {
    subject: (product) => `「${product}」の返金のお知らせ`,
    preheader: (amount) => `${amount}の返金手続きを行いました。着金まで少々お待ちください。`,
    title: '返金手続きを行いました',
    lead: {
      full: (amount, product) =>
        `「${product}」のご注文について、全額（${amount}）の返金手続きを行いました。`,
      partial: (amount, product) =>
        `「${product}」のご注文について、一部（${amount}）の返金手続きを行いました。`,
    },
    method: {
      card: (brand, last4) =>
        `ご利用の${brand}カード（下4桁：${last4}）に返金されます。金融機関での処理に、通常5〜10営業日かかります。`,
      unknown:
        'お支払い時と同じ方法で返金されます。金融機関での処理に、通常5〜10営業日かかります。',
    },
    facts: {
      order: 'ご注文',
      ordered: 'ご注文日',
      total: 'ご注文の合計',
      refunded: '返金日',
      amount: '返金額',
    },
    action: 'ご注文を見る',
  },
}
