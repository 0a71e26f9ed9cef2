// Payments that fail, and that succeed after all, in Arabic.

import type { Payments } from '../en/payments.ts'
import { nextRenewal, receipt } from './phrases.ts'

export const payments: Payments = {
  subscription_past_due: {
    subject: (plan) => `لم تنجح عملية الدفع لاشتراك «${plan}»`,
    preheader: (date) => `للإبقاء على اشتراكك، يُرجى تحديث طريقة الدفع في موعد أقصاه ${date}.`,
    title: 'لم تنجح عملية الدفع',
    lead: {
      amount: (amount, plan, date) => `لم تنجح عملية دفع ${amount} مقابل «${plan}» بتاريخ ${date}.`,
      noAmount: (plan, date) => `لم تنجح عملية الدفع مقابل «${plan}» بتاريخ ${date}.`,
    },
    decline: {
      insufficient_funds: 'أفاد البنك بأن الرصيد غير كافٍ.',
      expired_card: 'انتهت صلاحية البطاقة.',
      incorrect_details: 'بعض بيانات البطاقة غير صحيحة، مثل رقمها أو رمز الأمان.',
      authentication_required: 'يطلب البنك تأكيد عملية الدفع منك شخصيًا.',
      limit_exceeded: 'بلغت البطاقة الحد المسموح به.',
      not_supported: 'لا يمكن استخدام البطاقة لهذا النوع من الدفع.',
      lost_or_blocked: 'لم يعد استخدام البطاقة ممكنًا. يُرجى استخدام بطاقة أخرى.',
      declined: 'رفض البنك عملية الدفع دون ذكر السبب.',
      no_method: 'لا توجد طريقة دفع محفوظة.',
    },
    ask: 'للإبقاء على اشتراكك، يُرجى التحقق من طريقة الدفع أو تحديثها.',
    add: 'للإبقاء على اشتراكك، يُرجى إضافة طريقة دفع.',
    action: 'تحديث طريقة الدفع',
    next: {
      retry: (date, deadline) =>
        `سنعيد محاولة الدفع في ${date}، ثم بضع مرات بعد ذلك. وإذا لم يتم الدفع في موعد أقصاه ${deadline}، ينتهي الاشتراك.`,
      retries: (deadline) =>
        `سنعيد محاولة الدفع تلقائيًا خلال الأيام القادمة. وإذا لم يتم الدفع في موعد أقصاه ${deadline}، ينتهي الاشتراك.`,
      onceAdded: (deadline) =>
        `بمجرد إضافة طريقة دفع، سنعيد محاولة الدفع. وإذا لم يتم الدفع في موعد أقصاه ${deadline}، ينتهي الاشتراك.`,
    },
    access: {
      until: (date) => `يبقى الوصول متاحًا لك حتى ${date}.`,
      paused: 'الوصول متوقف مؤقتًا إلى أن تنجح عملية الدفع.',
    },
    alreadyPaid: 'إذا تم الدفع في هذه الأثناء، فلا حاجة إلى أي إجراء.',
    facts: {
      failed: 'تاريخ تعذّر الدفع',
      method: 'طريقة الدفع',
      card: (brand, last4) => `بطاقة ${brand} منتهية بالأرقام ${last4}`,
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
