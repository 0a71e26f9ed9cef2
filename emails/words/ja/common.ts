// What all emails have in common, in Japanese.

import type { Common } from '../en/common.ts'

export const common: Common = {
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
}
