// Reminders of what comes soon, in Japanese.

import type { Reminders } from '../en/reminders.ts'
import { manage } from './phrases.ts'

const yourCard = (brand: string | null, last4: string) =>
  `ご登録のカード（${brand ? `${brand}、` : ''}下4桁：${last4}）`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `料金（${amount}）は、${yourCard(brand, last4)}に請求されます。`,
  amount: (amount) => `お支払い額は${amount}です。`,
  beforeTax: (amount) => `料金は${amount}です。別途、税金がかかる場合があります。`,
  onlyCard: (brand, last4) => `料金は、${yourCard(brand, last4)}に請求されます。`,
  nothing: 'お支払いいただく料金はありません。',
  facts: {
    method: 'お支払い方法',
    card: (brand, last4) => `${brand ?? 'カード'}（下4桁：${last4}）`,
    beforeTax: '料金（税抜）',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `サブスクリプション更新のお知らせ（${date}）：「${plan}」`,
    title: 'サブスクリプション更新のお知らせ',
    lead: (plan, date) => `「${plan}」のサブスクリプションは、${date}に更新されます。`,
    change: {
      plan: (plan) => `更新後は「${plan}」に変わります。`,
      planWith: (plan, quantity) => `更新後は「${plan}」（${quantity}）に変わります。`,
      quantity: (quantity) => `更新後は${quantity}になります。`,
      unnamed: '予定されている変更は、更新時に適用されます。',
    },
    charge,
    keep: 'このまま更新される場合、お手続きは不要です。',
    stop: (by) => `変更または解約をご希望の場合は、${by}お手続きください。`,
    facts: { next: '更新後' },
    action: manage,
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `トライアル終了のお知らせ（${date}）：「${plan}」`,
    preheader: { add: 'お支払い方法がまだ登録されていません。' },
    title: 'トライアル終了のお知らせ',
    lead: (plan, date) => `「${plan}」のトライアルは、${date}に終了します。`,
    continues: 'その後はサブスクリプションが自動的に継続します。',
    charge,
    add: (by) =>
      `お支払い方法がまだ登録されていません。トライアル終了後も継続される場合は、${by}お支払い方法を追加してください。`,
    stop: (by) =>
      `継続をご希望でない場合は、${by}解約してください。その場合、料金は請求されません。`,
    facts: { amount: '初回のお支払い額' },
    action: manage,
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) =>
      `カードの有効期限が近づいています：${brand ?? 'カード'}（下4桁：${last4}）`,
    preheader: {
      expires: (month) => `有効期限は${month}末です。`,
      ask: 'お支払い方法を更新してください。',
    },
    title: 'カードの有効期限が近づいています',
    lead: (brand, last4, month) => `${yourCard(brand, last4)}の有効期限は、${month}末です。`,
    pays: {
      one: (plan) => `このカードは「${plan}」のお支払いに使われています。`,
      several: 'このカードは、次のサブスクリプションのお支払いに使われています。',
      more: (_count, shown) => `ほか${shown}件`,
    },
    ask: '今後のお支払いが滞らないよう、それまでにお支払い方法を更新してください。',
    alreadyDone: '行き違いですでに更新済みの場合、お手続きは不要です。',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: '有効期限',
    },
    action: 'お支払い方法を更新する',
  },
}
