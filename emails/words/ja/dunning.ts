// Reminders of a failed payment, in Japanese.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) =>
      `「${plan}」の料金（${amount}）は、${date}からお支払いが完了していません。`,
    noAmount: (plan, date) => `「${plan}」の料金は、${date}からお支払いが完了していません。`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `${date}にお支払いの処理を再度行います。${next.unpaid(by)}`,
    noRetry: next.noRetry,
    unpaid: next.unpaid,
    onceAdded: next.onceAdded,
  },
  alreadyPaid,
  facts,
}

export const dunning: Dunning = {
  payment_reminder: {
    ...shared,
    subject: (plan) => `お支払いのご確認のお願い：「${plan}」`,
    title: 'お支払いが完了していません',
    usage: {
      subject: (plan) => `ご利用料金のお支払いのお願い：「${plan}」`,
      title: 'ご利用料金のお支払いが完了していません',
      lead: {
        amount: (amount, plan, date) =>
          `${date}に、「${plan}」のご利用料金（${amount}）のお支払いを処理できませんでした。`,
        noAmount: (plan, date) =>
          `${date}に、「${plan}」のご利用料金のお支払いを処理できませんでした。`,
      },
      ask: '請求書を開いて、お支払いをお願いいたします。',
      action: '今すぐ支払う',
      retry: (date) => `お支払いがない場合は、${date}に再度処理を行います。`,
      goesOn: 'その間も、サブスクリプションは継続します。',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `最終のお知らせ（${by}お支払いください）：「${plan}」`,
    title: 'お支払いに関する最終のお知らせ',
    last: 'サブスクリプションが終了する前の最後のお知らせです。',
  },
}
