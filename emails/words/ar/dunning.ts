// Reminders of a failed payment, in Arabic.

import type { Dunning } from '../en/dunning.ts'
import { payments } from './payments.ts'

const { preheader, decline, ask, askAnother, add, confirm, action, next, alreadyPaid, facts } =
  payments.subscription_past_due

const shared: Omit<Dunning['payment_reminder'], 'subject' | 'title' | 'usage'> = {
  preheader,
  lead: {
    amount: (amount, plan, date) => `لم يُسدَّد مبلغ ${amount} مقابل «${plan}» منذ ${date}.`,
    noAmount: (plan, date) => `لم تُسدَّد الدفعة المستحقة عن «${plan}» منذ ${date}.`,
  },
  decline,
  ask,
  add,
  askAnother,
  confirm,
  action,
  next: {
    retry: (date, by) => `سنعيد محاولة الدفع في ${date}. و${next.unpaid(by)}`,
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
    subject: (plan) => `تذكير: لم تُسدَّد بعد الدفعة المستحقة عن «${plan}»`,
    title: 'لم تُسدَّد دفعتك بعد',
    usage: {
      subject: (plan) => `دفعة مستحقة عن استخدام «${plan}»`,
      title: 'لديك دفعة مستحقة',
      lead: {
        amount: (amount, plan, date) => `تعذّر تحصيل ${amount} عن استخدام «${plan}» بتاريخ ${date}.`,
        noAmount: (plan, date) => `تعذّر تحصيل الدفعة المستحقة عن استخدام «${plan}» بتاريخ ${date}.`,
      },
      ask: 'يُرجى فتح الفاتورة ودفعها.',
      action: 'الدفع الآن',
      retry: (date) => `وإلا فسنعيد محاولة الدفع في ${date}.`,
      goesOn: 'يستمر اشتراكك في هذه الأثناء.',
    },
  },

  payment_final_notice: {
    ...shared,
    subject: (plan, by) => `تذكير أخير: يُرجى الدفع مقابل «${plan}» ${by}`,
    title: 'تذكير أخير بالدفع',
    last: 'هذا آخر تذكير قبل انتهاء الاشتراك.',
  },
}
