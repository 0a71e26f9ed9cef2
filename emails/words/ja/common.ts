// Text that all emails share, in Japanese.

import type { Common } from '../en/common.ts'

export const common: Common = {
  greeting: (name) => (name ? `${name} 様` : 'お客様'),
  summary: '明細',
  item: '項目',
  amount: '金額',
  free: '無料',
  invoiceNumber: (number) => `請求書番号：${number}`,
  billedTo: '請求先',
  moreItems: (_count, shown) => `ほか${shown}点`,
  prorated: (label) => `${label}（日割り計算）`,
  subtotal: '小計',
  discount: (name) => (name ? `割引（${name}）` : '割引'),
  tax: '税額',
  includesTax: 'うち税額',
  total: '合計',
  credit: 'アカウント残高の利用',
  owed: '前回までの未払い額',
  kept: 'アカウント残高に追加',
  paid: 'お支払い額',
  invoiceAttached: '請求書をこのメールに添付しました。',
  invoiceInPortal: '請求書は、お支払い管理ページからダウンロードしていただけます。',
  benefits: 'ご利用いただける内容',
  plan: 'サブスクリプション',
  quantity: {
    seat: (_count, shown) => `${shown}シート`,
    unit: (_count, shown) => `${shown}ユニット`,
  },
  billed: '請求サイクル',
  every: {
    day: (count, shown) => (count === 1 ? '毎日' : `${shown}日ごと`),
    week: (count, shown) => (count === 1 ? '毎週' : `${shown}週間ごと`),
    month: (count, shown) => (count === 1 ? '毎月' : `${shown}か月ごと`),
    year: (count, shown) => (count === 1 ? '毎年' : `${shown}年ごと`),
  },
  price: '料金',
  priceEvery: (price, every) => `${price}（${every}）`,
  by: (date) => `${date}までに`,
  rightAway: 'すぐに',
  nextRenewal: '次回の更新日',
  trialEnds: 'トライアル終了日',
  // Without the space, clients that link plain text would take the following text as part of the address.
  support: ['ご不明な点がございましたら、', ' までお気軽にお問い合わせください。'],
  overview: 'お支払い管理ページ',
  seller: (name) =>
    `本商品は、${name}の再販業者および販売業者（Merchant of Record）であるPolar Software, Inc.が販売しています。`,
}
