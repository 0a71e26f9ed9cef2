// Receipts and refunds, in Arabic.

import type { Orders } from '../en/orders.ts'
import { nextRenewal, nothingMore, nothingNow, paid, receipt } from './phrases.ts'

export const orders: Orders = {
  order_confirmation: {
    subject: (product) => `تأكيد طلبك: «${product}»`,
    preheader: {
      paid: (amount, date) => `تم دفع ${amount} في ${date}. إليك ملخّص الطلب.`,
      free: 'اكتمل الطلب، ولا يلزم دفع أي مبلغ.',
    },
    title: 'شكرًا على طلبك',
    lead: {
      paid: (amount, product) =>
        `تم دفع ${amount} بنجاح مقابل «${product}». فيما يلي ملخّص الطلب للاحتفاظ به في سجلاتك.`,
      free: (product) => `اكتمل طلب «${product}»، ولا يلزم دفع أي مبلغ.`,
    },
    action: 'عرض الطلب',
  },

  subscription_cycled: {
    subject: (plan) => `تجدّد اشتراكك في «${plan}»`,
    preheader: { paid, free: nothingNow },
    title: 'تجدّد اشتراكك',
    lead: {
      paid: (amount, plan) => `شكرًا على استمرارك معنا. تم دفع ${amount} بنجاح مقابل «${plan}».`,
      free: (plan) => `شكرًا على استمرارك معنا. تجدّد اشتراكك في «${plan}»، و${nothingNow}`,
    },
    renews: nextRenewal,
    action: receipt,
  },

  subscription_cycled_after_trial: {
    subject: (plan) => `اشتراكك في «${plan}» نشِط الآن`,
    preheader: {
      paid: (amount) => `انتهت فترتك التجريبية، و${paid(amount)}`,
      free: `انتهت فترتك التجريبية، و${nothingNow}`,
    },
    title: 'اشتراكك نشِط الآن',
    lead: {
      paid: (amount, plan) =>
        `انتهت فترتك التجريبية في «${plan}»، وتمت دفعتك الأولى بمبلغ ${amount} بنجاح.`,
      free: (plan) => `انتهت فترتك التجريبية في «${plan}»، واشتراكك مستمر. ${nothingNow}`,
    },
    renews: nextRenewal,
    action: receipt,
  },

  subscription_usage_invoice: {
    subject: (plan) => `بيان استخدامك ضمن «${plan}»`,
    preheader: {
      paid: (amount) => `تم دفع ${amount} مقابل ما استخدمته.`,
      free: 'لا يلزم دفع أي مبلغ مقابل ما استخدمته.',
    },
    title: 'بيان استخدامك',
    lead: {
      paid: (amount, plan) => `تم دفع ${amount} بنجاح مقابل استخدامك ضمن «${plan}».`,
      free: (plan) => `إليك بيان استخدامك ضمن «${plan}»، و${nothingNow}`,
    },
    note: 'تُحتسب رسوم الاستخدام إضافةً إلى رسوم اشتراكك، ولا يتغيّر الاشتراك نفسه.',
    action: receipt,
  },

  subscription_final_invoice: {
    subject: (plan) => `الفاتورة النهائية لاشتراكك في «${plan}»`,
    preheader: {
      paid: (amount) => `تم دفع ${amount} بنجاح، و${nothingMore}`,
      free: `لا يلزم دفع أي مبلغ، و${nothingMore}`,
    },
    title: 'الفاتورة النهائية',
    lead: {
      paid: (amount, plan, date) =>
        `انتهى اشتراكك في «${plan}» بتاريخ ${date}، وتمت الدفعة النهائية بمبلغ ${amount} بنجاح.`,
      free: (plan, date) => `انتهى اشتراكك في «${plan}» بتاريخ ${date}، ولم يتبقَّ أي مبلغ مستحق.`,
    },
    note: 'هذه آخر فاتورة لهذا الاشتراك.',
    action: receipt,
  },

  order_refunded: {
    subject: (product) => `استرداد مبلغ عن طلب «${product}»`,
    preheader: (amount) => `مبلغ ${amount} في طريقه إليك.`,
    title: 'المبلغ المُستردّ في طريقه إليك',
    lead: {
      full: (amount, product) =>
        `رددنا إليك ${amount}، وهو كامل المبلغ المدفوع مقابل «${product}».`,
      partial: (amount, product) => `رددنا إليك ${amount} من قيمة طلب «${product}».`,
    },
    method: {
      card: (brand, last4) =>
        `يعود المبلغ إلى ${brand ? `بطاقة ${brand}` : 'البطاقة'} المنتهية بالأرقام ${last4}. يستغرق ذلك لدى البنوك عادةً من 5 إلى 10\u00a0أيام عمل.`,
      unknown:
        'يعود المبلغ إلى طريقة الدفع المستخدمة عند الشراء. يستغرق ذلك لدى البنوك عادةً من 5 إلى 10\u00a0أيام عمل.',
    },
    facts: {
      order: 'الطلب',
      ordered: 'تاريخ الطلب',
      total: 'إجمالي الطلب',
      refunded: 'تاريخ الاسترداد',
      amount: 'المبلغ المُستردّ',
    },
    action: 'عرض الطلب',
  },
}
