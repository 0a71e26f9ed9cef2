// Everything about a subscription, from start to end, in Arabic.

import type { Subscriptions } from '../en/subscriptions.ts'
import { manage, nextRenewal, nothingToday, paid } from './phrases.ts'

export const subscriptions: Subscriptions = {
  subscription_confirmation: {
    subject: (plan) => `بدأ اشتراكك في «${plan}»`,
    preheader: { paid, free: nothingToday, renews: (date) => `يتجدّد الاشتراك في ${date}.` },
    title: 'بدأ اشتراكك',
    lead: {
      paid: (amount, plan) => `شكرًا على اشتراكك في «${plan}». ${paid(amount)}`,
      free: (plan) => `شكرًا على اشتراكك في «${plan}». ${nothingToday}`,
    },
    renews: (date) => `يتجدّد الاشتراك في ${date} ما لم يُلغَ قبل ذلك.`,
    action: manage,
  },

  trial_started: {
    subject: (plan) => `بدأت فترتك التجريبية في «${plan}»`,
    preheader: (date) => `الاستخدام مجاني حتى انتهاء الفترة التجريبية في ${date}.`,
    title: 'بدأت فترتك التجريبية',
    lead: (plan, date) =>
      `يمكنك استخدام «${plan}» مجانًا حتى انتهاء الفترة التجريبية في ${date}. ${nothingToday}`,
    next: {
      price: (price) =>
        `بعد ذلك يستمر اشتراكك بسعر ${price} ما لم يُلغَ قبل انتهاء الفترة التجريبية.`,
      noPrice: 'بعد ذلك يستمر اشتراكك بسعره المعتاد ما لم يُلغَ قبل انتهاء الفترة التجريبية.',
    },
    action: manage,
  },

  subscription_updated: {
    subject: {
      plan: (plan) => `تغيّر اشتراكك إلى «${plan}»`,
      quantity: (plan) => `تغيّر اشتراكك في «${plan}»`,
    },
    preheader: {
      paid: (amount) => `تم دفع ${amount} مقابل التغيير.`,
      settled: 'التغيير سارٍ من الآن.',
    },
    title: 'تغيّر اشتراكك',
    lead: {
      fromTo: (from, to) => `تغيّر اشتراكك من «${from}» إلى «${to}» بأثر فوري.`,
      to: (to) => `تغيّر اشتراكك إلى «${to}» بأثر فوري.`,
      quantity: (plan, quantity) => `تغيّر اشتراكك في «${plan}»، والكمية الآن: ${quantity}.`,
    },
    charge: {
      paid: (amount) => `تم دفع ${amount} بنجاح مقابل هذا التغيير.`,
      later: 'يُسوّى أي فرق في السعر ضمن فاتورتك القادمة.',
    },
    facts: { before: 'سابقًا', now: 'الآن' },
    action: 'عرض الاشتراك',
  },

  subscription_change_scheduled: {
    subject: (plan) => `تغيير مُجدوَل على اشتراكك في «${plan}»`,
    preheader: (date) => `يسري التغيير في ${date}، ولا يتغيّر شيء قبل ذلك.`,
    title: 'سيتغيّر اشتراكك',
    lead: {
      fromTo: (from, to, date) => `سيتغيّر اشتراكك من «${from}» إلى «${to}» بتاريخ ${date}.`,
      quantity: (plan, quantity, date) =>
        `سيتغيّر اشتراكك في «${plan}» ابتداءً من ${date}، والكمية الجديدة: ${quantity}.`,
      unnamed: (plan, date) => `سيتغيّر اشتراكك في «${plan}» بتاريخ ${date}.`,
    },
    next: 'حتى ذلك الحين يبقى كل شيء على حاله، ولا يلزم دفع أي مبلغ الآن.',
    facts: { now: 'الآن', from: (date) => `ابتداءً من ${date}` },
    action: 'عرض التغيير',
  },

  subscription_cancellation: {
    subject: (plan) => `تم إلغاء اشتراكك في «${plan}»`,
    preheader: {
      until: (date) => `يمكنك مواصلة الاستخدام حتى ${date}، ولن يتجدّد الاشتراك.`,
      trial: (date) => `يمكنك مواصلة الاستخدام حتى ${date}، ولن تُحتسب أي رسوم.`,
      noDate: 'لن يتجدّد الاشتراك.',
    },
    title: 'تم إلغاء اشتراكك',
    lead: {
      until: (plan, date) =>
        `تم إلغاء اشتراكك في «${plan}» ولن يتجدّد. يمكنك مواصلة الاستخدام حتى ${date}.`,
      trial: (plan, date) =>
        `تم إلغاء فترتك التجريبية في «${plan}». يمكنك مواصلة الاستخدام حتى ${date}، ولن تتحوّل الفترة التجريبية إلى اشتراك مدفوع.`,
      noDate: (plan) => `تم إلغاء اشتراكك في «${plan}» ولن يتجدّد.`,
    },
    change: 'هل غيّرت رأيك؟ يمكنك التراجع عن الإلغاء حتى ذلك الحين.',
    facts: { accessUntil: 'الاستخدام متاح حتى' },
    action: 'الإبقاء على الاشتراك',
  },

  subscription_uncanceled: {
    subject: (plan) => `اشتراكك في «${plan}» مستمر`,
    preheader: {
      renews: (date) => `تم التراجع عن الإلغاء. ${nextRenewal(date)}`,
      noDate: 'تم التراجع عن الإلغاء.',
    },
    title: 'اشتراكك مستمر',
    lead: (plan) => `يسعدنا بقاؤك معنا! تم التراجع عن إلغاء اشتراكك في «${plan}»، ولن يتغيّر شيء.`,
    renews: (date) => `يتجدّد الاشتراك في ${date}.`,
    action: manage,
  },

  subscription_revoked: {
    subject: (plan) => `انتهى اشتراكك في «${plan}»`,
    preheader: { ended: 'شكرًا على الوقت الذي قضيته معنا.', unpaid: 'تعذّر تحصيل الدفعة الأخيرة.' },
    title: 'انتهى اشتراكك',
    lead: {
      ended: (plan, date) =>
        `انتهى اشتراكك في «${plan}» بتاريخ ${date}. شكرًا على الوقت الذي قضيته معنا.`,
      asked: (plan, date) =>
        `بناءً على طلبك، انتهى اشتراكك في «${plan}» بتاريخ ${date}. شكرًا على الوقت الذي قضيته معنا.`,
      unpaid: (plan, date) =>
        `تعذّر تحصيل الدفعة المستحقة عن «${plan}»، فانتهى الاشتراك بتاريخ ${date}. لن تُجرى أي محاولة دفع أخرى.`,
    },
    next: 'تبقى فواتيرك وطلباتك السابقة متاحة في بوابة الفواتير والمدفوعات.',
    facts: { ended: 'تاريخ الانتهاء' },
    action: 'عرض الاشتراك',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan) => `سيتوقف اشتراكك في «${plan}» مؤقتًا`,
      paused: (plan) => `اشتراكك في «${plan}» متوقف مؤقتًا`,
    },
    preheader: {
      from: (date) => `يبدأ الإيقاف المؤقت في ${date}.`,
      resumes: (date) => `يُستأنف الاشتراك في ${date}.`,
      open: 'لن تُحتسب أي رسوم خلال الإيقاف المؤقت.',
    },
    title: { scheduled: 'سيتوقف اشتراكك مؤقتًا', paused: 'اشتراكك متوقف مؤقتًا' },
    lead: {
      from: (plan, date) =>
        `سيتوقف اشتراكك في «${plan}» مؤقتًا ابتداءً من ${date}. لا يتغيّر شيء قبل ذلك.`,
      soon: (plan) =>
        `سيتوقف اشتراكك في «${plan}» مؤقتًا عند نهاية الفترة الحالية. لا يتغيّر شيء قبل ذلك.`,
      paused: (plan) => `اشتراكك في «${plan}» متوقف مؤقتًا الآن.`,
    },
    next: {
      resumes: (date) =>
        `لن تُحتسب أي رسوم خلال الإيقاف المؤقت. يُستأنف الاشتراك تلقائيًا في ${date}، وتُحتسب الرسوم من جديد اعتبارًا من ذلك التاريخ.`,
      open: 'لن تُحتسب أي رسوم خلال الإيقاف المؤقت، ويمكنك استئناف الاشتراك في أي وقت.',
    },
    facts: { pauses: 'بداية الإيقاف المؤقت', resumes: 'موعد الاستئناف' },
    action: manage,
  },

  subscription_resumed: {
    subject: (plan) => `استُؤنف اشتراكك في «${plan}»`,
    preheader: { paid: (amount) => `أهلًا بعودتك! ${paid(amount)}`, noOrder: 'أهلًا بعودتك!' },
    title: 'استُؤنف اشتراكك',
    lead: (plan) => `أهلًا بعودتك! اشتراكك في «${plan}» نشِط من جديد.`,
    paid,
    renews: nextRenewal,
    action: manage,
  },
}
