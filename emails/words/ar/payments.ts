// Failed and recovered payments, in Arabic.

import type { Payments } from '../en/payments.ts'
import { nextRenewal, receipt } from './phrases.ts'

const unpaid = (by: string) => `إذا لم يتم الدفع ${by}، فسينتهي الاشتراك.`

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `لم تنجح عملية الدفع لاشتراك «${plan}»`,
    preheader: (by) => `للإبقاء على اشتراكك، يُرجى تحديث طريقة الدفع ${by}.`,
    title: 'لم تنجح عملية الدفع',
    lead: {
      amount: (amount, plan, date) => `لم تنجح عملية دفع ${amount} مقابل «${plan}» بتاريخ ${date}.`,
      noAmount: (plan, date) => `لم تنجح عملية الدفع مقابل «${plan}» بتاريخ ${date}.`,
    },
    decline: {
      insufficient_funds: 'أفاد البنك بأن الرصيد غير كافٍ.',
      expired_card: 'انتهت صلاحية البطاقة.',
      incorrect_details: 'بعض بيانات البطاقة غير صحيحة، مثل رقمها أو رمز الأمان.',
      authentication_required: 'يطلب البنك تأكيدك لعملية الدفع قبل إتمامها.',
      limit_exceeded: 'بلغت البطاقة الحد المسموح به.',
      not_supported: 'لا يمكن استخدام البطاقة لهذا النوع من الدفع.',
      lost_or_blocked: 'لم يعد استخدام البطاقة ممكنًا.',
      declined: 'رفض البنك عملية الدفع دون ذكر السبب.',
      no_method: 'لا توجد طريقة دفع محفوظة.',
    },
    ask: 'للإبقاء على اشتراكك، يُرجى التحقق من طريقة الدفع أو تحديثها.',
    askAnother: 'للإبقاء على اشتراكك، يُرجى استخدام طريقة دفع أخرى.',
    add: {
      preheader: (by) => `للإبقاء على اشتراكك، يُرجى إضافة طريقة دفع ${by}.`,
      ask: 'للإبقاء على اشتراكك، يُرجى إضافة طريقة دفع.',
      action: 'إضافة طريقة دفع',
    },
    confirm: {
      preheader: (by) => `للإبقاء على اشتراكك، يُرجى تأكيد عملية الدفع ${by}.`,
      ask: 'للإبقاء على اشتراكك، يُرجى فتح عملية الدفع وتأكيدها لدى البنك.',
      action: 'تأكيد عملية الدفع',
    },
    action: 'تحديث طريقة الدفع',
    next: {
      retry: (date, by) => `سنعيد محاولة الدفع في ${date}، ثم بضع مرات بعد ذلك. و${unpaid(by)}`,
      noRetry: (by) =>
        `لن نعيد محاولة الدفع بطريقة الدفع هذه. وإذا لم يتم الدفع بطريقة أخرى ${by}، فسينتهي الاشتراك.`,
      unpaid,
      onceAdded: (by) => `بمجرد إضافة طريقة دفع، سنعيد محاولة الدفع. و${unpaid(by)}`,
    },
    access: {
      until: (date) => `يمكنك مواصلة الاستخدام حتى ${date}، وإن لم يتم الدفع بعد.`,
      paused: 'الاستخدام متوقف مؤقتًا إلى أن تنجح عملية الدفع.',
    },
    alreadyPaid: 'إذا تم الدفع في هذه الأثناء، فلا حاجة إلى أي إجراء.',
    facts: {
      failed: 'تاريخ تعذّر الدفع',
      method: 'طريقة الدفع',
      card: (brand, last4) => `بطاقة${brand ? ` ${brand}` : ''} منتهية بالأرقام ${last4}`,
      nextTry: 'المحاولة القادمة',
      deadline: 'آخر موعد للدفع',
      amount: 'المبلغ المستحق',
    },
  },

  payment_recovered: {
    subject: (plan) => `نجحت عملية الدفع لاشتراك «${plan}»`,
    preheader: (amount) => `تم دفع ${amount} وعاد كل شيء إلى ما كان عليه.`,
    title: 'نجحت عملية الدفع',
    lead: (amount, plan) =>
      `شكرًا لك! تم دفع ${amount} بنجاح مقابل «${plan}»، واشتراكك مستمر. لا حاجة إلى أي إجراء آخر.`,
    renews: nextRenewal,
    action: receipt,
  },
}
