// Text that all emails share, in Arabic.

import type { Common } from '../en/common.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('ar')

/** Arabic writes none, one and two without a number; from three on, the number stands before the noun. */
const counted =
  (zero: string, one: string, two: string, few: string, many: string, other: string) =>
  (count: number, shown: string) =>
    plural(count, {
      zero,
      one,
      two,
      few: `${shown}\u00a0${few}`,
      many: `${shown}\u00a0${many}`,
      other: `${shown}\u00a0${other}`,
    })

const every =
  (one: string, two: string, few: string, many: string, other: string) =>
  (count: number, shown: string) =>
    count === 1 ? one : `كل ${counted(`0 ${other}`, one, two, few, many, other)(count, shown)}`

export const common: Common = {
  greeting: (name) => (name ? `مرحبًا ${name}،` : 'مرحبًا،'),
  summary: 'الملخّص',
  item: 'البند',
  amount: 'المبلغ',
  free: 'مجانًا',
  invoiceNumber: (number) => `فاتورة رقم ${number}`,
  billedTo: 'الفاتورة باسم',
  moreItems: (count, shown) =>
    plural(count, {
      one: 'وعنصر واحد آخر',
      two: 'وعنصران آخران',
      few: `و${shown} عناصر أخرى`,
      many: `و${shown} عنصرًا آخر`,
      other: `و${shown} عنصر آخر`,
    }),
  prorated: (label) => `احتساب نسبي: ${label}`,
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
  priceEvery: (price, every) => `${price} ${every}`,
  by: (date) => `في موعد أقصاه ${date}`,
  rightAway: 'على الفور',
  nextRenewal: 'التجديد القادم',
  trialEnds: 'انتهاء الفترة التجريبية',
  support: ['لأي استفسار، يمكنك مراسلتنا على ', ''],
  overview: 'إدارة الفواتير والمدفوعات',
  // The isolating characters keep the full stop of "Inc." at its end.
  seller: (name) =>
    `الجهة البائعة هي شركة \u2068Polar Software, Inc.\u2069، بصفتها معيد البيع والتاجر المسجَّل (\u2068Merchant of Record\u2069) لصالح «${name}».`,
}
