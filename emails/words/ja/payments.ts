// Failed and recovered payments, in Japanese.

import type { Payments } from '../en/payments.ts'
import { paid, renews, seeDetails } from './phrases.ts'

const unpaid = (by: string) => `${by}お支払いが完了しない場合、サブスクリプションは終了します。`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `お支払いを処理できませんでした：「${plan}」`,
    preheader: (by) => `サブスクリプションを継続するには、${by}お支払い方法を更新してください。`,
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
      lost_or_blocked: 'このカードはご利用いただけなくなっています。',
      declined: '金融機関でお支払いが承認されませんでした。理由は示されていません。',
      no_method: 'お支払い方法が登録されていません。',
    },
    ask: 'ご利用を続けるには、お支払い方法をご確認のうえ、必要に応じて更新してください。',
    askAnother: 'ご利用を続けるには、別のお支払い方法をご登録ください。',
    add: {
      preheader: (by) => `サブスクリプションを継続するには、${by}お支払い方法を追加してください。`,
      ask: 'ご利用を続けるには、お支払い方法を追加してください。',
      action: 'お支払い方法を追加する',
    },
    confirm: {
      preheader: (by) => `サブスクリプションを継続するには、${by}お支払いを承認してください。`,
      ask: 'ご利用を続けるには、お支払いページを開き、金融機関の画面でお支払いを承認してください。',
      action: 'お支払いを承認する',
    },
    action: 'お支払い方法を更新する',
    next: {
      retry: (date, by) =>
        `${date}にお支払いの処理を再度行い、その後も数回再試行します。${unpaid(by)}`,
      noRetry: (by) =>
        `現在のお支払い方法での再試行は行いません。${by}別の方法でのお支払いが完了しない場合、サブスクリプションは終了します。`,
      unpaid,
      onceAdded: (by) => `お支払い方法が追加され次第、お支払いの処理を再度行います。${unpaid(by)}`,
    },
    access: {
      until: (date) =>
        `なお、お支払いが完了していなくても、${date}までは引き続きご利用いただけます。`,
      paused: 'お支払いが完了するまで、ご利用を一時的に停止しています。',
    },
    alreadyPaid: '行き違いですでにお支払い済みの場合、お手続きは不要です。',
    facts: {
      failed: '決済エラーの発生日',
      method: 'お支払い方法',
      card: (brand, last4) => `${brand ?? 'カード'}（下4桁：${last4}）`,
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
}
