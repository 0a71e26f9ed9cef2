// Arabic. Modern Standard, without gender (verbal nouns, suffixes that read both ways); every sentence starts in Arabic, and
// an Arabic word stands between a Latin name and the next number, so that nothing jumps.

import type { Words } from './en.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('ar')

/** None, one and two are said without a number; from three on it stands before the noun. */
const counted =
  (zero: string, one: string, two: string, few: string, many: string, other: string) =>
  (count: number) =>
    plural(count, {
      zero,
      one,
      two,
      few: `${count}\u00a0${few}`,
      many: `${count}\u00a0${many}`,
      other: `${count}\u00a0${other}`,
    })

const every =
  (one: string, two: string, few: string, many: string, other: string) => (count: number) =>
    count === 1 ? one : `كل ${counted(`0 ${other}`, one, two, few, many, other)(count)}`

const manage = 'إدارة الاشتراك'
const receipt = 'عرض الإيصال'
const nothingNow = 'لا يلزم دفع أي مبلغ هذه المرة.'
const nothingToday = 'لا يلزم دفع أي مبلغ اليوم.'
const nothingMore = 'لن تُحتسب أي رسوم أخرى.'
const paid = (amount: string) => `تم دفع ${amount} بنجاح.`
const nextRenewal = (date: string) => `التجديد القادم في ${date}.`

export const ar: Words = {
  common: {
    greeting: (name) => (name ? `مرحبًا ${name}،` : 'مرحبًا،'),
    summary: 'الملخّص',
    item: 'البند',
    amount: 'المبلغ',
    free: 'مجانًا',
    invoiceNumber: (number) => `فاتورة رقم ${number}`,
    billedTo: 'الفاتورة باسم',
    prorated: (label) => `${label} (احتساب نسبي)`,
    subtotal: 'المجموع الفرعي',
    discount: (name) => (name ? `خصم «${name}»` : 'الخصم'),
    tax: 'الضريبة',
    includesTax: 'الضريبة المشمولة',
    total: 'الإجمالي',
    credit: 'من رصيد الحساب',
    owed: 'مستحقات سابقة',
    kept: 'مضاف إلى رصيد الحساب',
    paid: 'المبلغ المدفوع',
    invoiceAttached: 'فاتورتك مرفقة بهذه الرسالة.',
    invoiceInPortal: 'يمكنك تنزيل فاتورتك من بوابة الفواتير والمدفوعات.',
    benefits: 'المزايا المتاحة لك',
    plan: 'الاشتراك',
    quantity: {
      seat: counted('بلا مقاعد', 'مقعد واحد', 'مقعدان', 'مقاعد', 'مقعدًا', 'مقعد'),
      unit: counted('بلا وحدات', 'وحدة واحدة', 'وحدتان', 'وحدات', 'وحدة', 'وحدة'),
    },
    billed: 'الفوترة',
    every: {
      day: every('يوميًا', 'يومين', 'أيام', 'يومًا', 'يوم'),
      week: every('أسبوعيًا', 'أسبوعين', 'أسابيع', 'أسبوعًا', 'أسبوع'),
      month: every('شهريًا', 'شهرين', 'أشهر', 'شهرًا', 'شهر'),
      year: every('سنويًا', 'سنتين', 'سنوات', 'سنة', 'سنة'),
    },
    price: 'السعر',
    nextRenewal: 'التجديد القادم',
    trialEnds: 'انتهاء الفترة التجريبية',
    support: ['لأي استفسار، يمكنك مراسلتنا على ', ''],
    overview: 'إدارة الفواتير والمدفوعات',
    // The English term right after the name keeps the full stop of "Inc." where it belongs.
    seller: (name) =>
      `الجهة البائعة هي شركة Polar Software, Inc. (Merchant of Record)، بصفتها معيد البيع والتاجر المسجَّل لصالح «${name}».`,
  },

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
    subject: (plan) => `بدأت فترتك التجريبية مع «${plan}»`,
    preheader: (date) => `الاستخدام مجاني حتى ${date}.`,
    title: 'بدأت فترتك التجريبية',
    lead: (plan, date) => `يمكنك استخدام «${plan}» مجانًا حتى ${date}. ${nothingToday}`,
    next: {
      price: (price) =>
        `بعد ذلك يستمر اشتراكك بسعر ${price} ما لم يُلغَ قبل انتهاء الفترة التجريبية.`,
      noPrice: 'بعد ذلك يستمر اشتراكك بسعره المعتاد ما لم يُلغَ قبل انتهاء الفترة التجريبية.',
    },
    action: manage,
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
    subject: (plan) => `اشتراكك في «${plan}» فعّال الآن`,
    preheader: {
      paid: (amount) => `انتهت فترتك التجريبية، و${paid(amount)}`,
      free: `انتهت فترتك التجريبية، و${nothingNow}`,
    },
    title: 'اشتراكك فعّال الآن',
    lead: {
      paid: (amount, plan) =>
        `انتهت فترتك التجريبية مع «${plan}»، وتمت دفعتك الأولى بمبلغ ${amount} بنجاح.`,
      free: (plan) => `انتهت فترتك التجريبية مع «${plan}»، واشتراكك مستمر. ${nothingNow}`,
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
    note: 'يُحتسب الاستخدام إضافةً إلى رسوم اشتراكك، ولا يتغيّر الاشتراك نفسه.',
    action: receipt,
  },

  subscription_final_invoice: {
    subject: (plan) => `فاتورتك الأخيرة لاشتراك «${plan}»`,
    preheader: {
      paid: (amount) => `تم دفع ${amount} بنجاح، و${nothingMore}`,
      free: `لا يلزم دفع أي مبلغ، و${nothingMore}`,
    },
    title: 'فاتورتك الأخيرة',
    lead: {
      paid: (amount, plan, date) =>
        `انتهى اشتراكك في «${plan}» بتاريخ ${date}، وتمت دفعتك الأخيرة بمبلغ ${amount} بنجاح.`,
      free: (plan, date) => `انتهى اشتراكك في «${plan}» بتاريخ ${date}، ولم يتبقَّ أي مبلغ مستحق.`,
    },
    note: 'هذه آخر فاتورة لهذا الاشتراك.',
    action: receipt,
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
    action: 'مراجعة التغيير',
  },

  subscription_cancellation: {
    subject: (plan) => `تم إلغاء اشتراكك في «${plan}»`,
    preheader: {
      until: (date) => `يبقى الوصول متاحًا لك حتى ${date}، ولن يتجدّد الاشتراك.`,
      trial: (date) => `يبقى الوصول متاحًا لك حتى ${date}، ولن تُحتسب أي رسوم.`,
      noDate: 'لن يتجدّد الاشتراك.',
    },
    title: 'تم إلغاء اشتراكك',
    lead: {
      until: (plan, date) =>
        `تم إلغاء اشتراكك في «${plan}» ولن يتجدّد. يبقى الوصول متاحًا لك حتى ${date}.`,
      trial: (plan, date) =>
        `تم إلغاء فترتك التجريبية مع «${plan}». يبقى الوصول متاحًا لك حتى ${date}، ولن تتحوّل الفترة التجريبية إلى اشتراك مدفوع.`,
      noDate: (plan) => `تم إلغاء اشتراكك في «${plan}» ولن يتجدّد.`,
    },
    change: 'هل غيّرت رأيك؟ يمكنك التراجع عن الإلغاء حتى ذلك الحين.',
    facts: { accessUntil: 'الوصول متاح حتى' },
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
      unpaid: (plan, date) =>
        `تعذّر تحصيل الدفعة المستحقة عن «${plan}»، فانتهى الاشتراك بتاريخ ${date}. لن تُجرى أي محاولة دفع أخرى.`,
    },
    next: 'تبقى فواتيرك وطلباتك السابقة متاحة في بوابة الفواتير والمدفوعات.',
    facts: { ended: 'تاريخ الانتهاء' },
    action: 'عرض الاشتراك',
  },

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
        `لن تُحتسب أي رسوم خلال الإيقاف المؤقت. يُستأنف الاشتراك تلقائيًا في ${date}، وتُحتسب الرسوم من جديد منذ ذلك الحين.`,
      open: 'لن تُحتسب أي رسوم خلال الإيقاف المؤقت، ويمكنك استئناف الاشتراك في أي وقت.',
    },
    facts: { pauses: 'بداية الإيقاف المؤقت', resumes: 'موعد الاستئناف' },
    action: manage,
  },

  subscription_resumed: {
    subject: (plan) => `استُؤنف اشتراكك في «${plan}»`,
    preheader: { paid: (amount) => `أهلًا بعودتك! ${paid(amount)}`, noOrder: 'أهلًا بعودتك!' },
    title: 'استُؤنف اشتراكك',
    lead: (plan) => `أهلًا بعودتك! اشتراكك في «${plan}» فعّال من جديد.`,
    paid,
    renews: nextRenewal,
    action: manage,
  },

  order_refunded: {
    subject: (product) => `استرداد مبلغ عن طلب «${product}»`,
    preheader: (amount) => `مبلغ ${amount} في طريقه إليك.`,
    title: 'المبلغ المُستردّ في طريقه إليك',
    lead: {
      full: (amount, product) => `رددنا إليك ${amount}، وهو كامل قيمة طلب «${product}».`,
      partial: (amount, product) => `رددنا إليك ${amount} من قيمة طلب «${product}».`,
    },
    method: {
      card: (brand, last4) =>
        `يعود المبلغ إلى بطاقة ${brand} المنتهية بالأرقام ${last4}. يستغرق ذلك لدى البنوك عادةً من 5 إلى 10\u00a0أيام عمل.`,
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
