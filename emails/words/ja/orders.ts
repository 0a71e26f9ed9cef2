// Receipts and refunds, in Japanese.

import type { Orders } from '../en/orders.ts'
import { nothingMore, nothingNow, paid, renews, seeDetails } from './phrases.ts'

export const orders: Orders = {
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
    action: 'ご注文内容を見る',
  },

  subscription_cycled: {
    subject: (plan) => `「${plan}」のサブスクリプションを更新しました`,
    preheader: { paid, free: nothingNow },
    title: 'サブスクリプションを更新しました',
    lead: {
      paid: (amount, plan) =>
        `いつもご利用いただき、ありがとうございます。「${plan}」のお支払い（${amount}）が完了しました。`,
      free: (plan) =>
        `いつもご利用いただき、ありがとうございます。「${plan}」のサブスクリプションを更新しました。${nothingNow}`,
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
    subject: (plan) => `「${plan}」の従量料金のお知らせ`,
    preheader: {
      paid: (amount) => `従量料金として、${paid(amount)}`,
      free: '従量料金のお支払いはありません。',
    },
    title: '従量料金のお知らせ',
    lead: {
      paid: (amount, plan) => `「${plan}」の従量料金（${amount}）のお支払いが完了しました。`,
      free: (plan) => `「${plan}」のご利用量を集計しました。${nothingNow}`,
    },
    note: '従量料金は、サブスクリプションの基本料金とは別に請求されます。サブスクリプションの内容に変更はありません。',
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

  order_refunded: {
    subject: (product) => `「${product}」の返金のお知らせ`,
    preheader: (amount) => `${amount}の返金手続きを行いました。反映まで通常5〜10営業日かかります。`,
    title: '返金手続きを行いました',
    lead: {
      full: (amount, product) =>
        `「${product}」のご注文について、お支払い額の全額（${amount}）の返金手続きを行いました。`,
      partial: (amount, product) =>
        `「${product}」のご注文について、一部（${amount}）の返金手続きを行いました。`,
    },
    method: {
      card: (brand, last4) =>
        `お支払いに使われたカード（${brand ? `${brand}、` : ''}下4桁：${last4}）に返金されます。金融機関での処理に、通常5〜10営業日かかります。`,
      unknown:
        'お支払い時と同じ方法で返金されます。金融機関での処理に、通常5〜10営業日かかります。',
    },
    facts: {
      order: '対象のご注文',
      ordered: 'ご注文日',
      total: 'ご注文の合計',
      refunded: '返金日',
      amount: '返金額',
    },
    action: 'ご注文内容を見る',
  },
}
