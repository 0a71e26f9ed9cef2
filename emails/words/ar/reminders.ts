// Reminders of what comes soon, in Arabic.

import type { Reminders } from '../en/reminders.ts'
import { pluralIn } from '../plural.ts'
import { manage } from './phrases.ts'

const plural = pluralIn('ar')

/** «منتهية بالأرقام» would read as "expired" beside the end of a card. */
const theCard = (brand: string | null, last4: string) =>
  `${brand ? `بطاقة ${brand}` : 'البطاقة'} ذات الأرقام الأخيرة ${last4}`

const charge: Reminders['subscription_renewal_reminder']['charge'] = {
  card: (amount, brand, last4) => `سيُخصم مبلغ ${amount} من ${theCard(brand, last4)}.`,
  amount: (amount) => `سيكون المبلغ المستحق ${amount}.`,
  beforeTax: (amount) => `السعر ${amount}، وقد تُضاف إليه الضريبة.`,
  onlyCard: (brand, last4) => `سيُخصم المبلغ من ${theCard(brand, last4)}.`,
  nothing: 'لن يلزم دفع أي مبلغ.',
  facts: {
    method: 'طريقة الدفع',
    card: theCard,
    beforeTax: 'السعر قبل الضريبة',
  },
}

export const reminders: Reminders = {
  subscription_renewal_reminder: {
    subject: (plan, date) => `يتجدّد اشتراكك في «${plan}» بتاريخ ${date}`,
    title: 'اقترب موعد تجديد اشتراكك',
    lead: (plan, date) => `يتجدّد اشتراكك في «${plan}» بتاريخ ${date}.`,
    change: {
      plan: (plan) => `ابتداءً من ذلك التاريخ يصبح اشتراكك في «${plan}».`,
      planWith: (plan, quantity) =>
        `ابتداءً من ذلك التاريخ يصبح اشتراكك في «${plan}»، والكمية: ${quantity}.`,
      quantity: (quantity) => `ابتداءً من ذلك التاريخ تصبح الكمية: ${quantity}.`,
      unnamed: 'يسري التغيير المُجدوَل في ذلك التاريخ.',
    },
    charge,
    keep: 'إذا كان ذلك يناسبك، فلا حاجة إلى أي إجراء.',
    stop: (by) => `لتغيير الاشتراك أو إلغائه، يُرجى القيام بذلك ${by}.`,
    facts: { next: 'بعد التجديد' },
    action: manage,
  },

  subscription_trial_conversion_reminder: {
    subject: (plan, date) => `تنتهي فترتك التجريبية في «${plan}» بتاريخ ${date}`,
    preheader: { add: 'لا توجد طريقة دفع محفوظة بعد.' },
    title: 'اقترب انتهاء فترتك التجريبية',
    lead: (plan, date) => `تنتهي فترتك التجريبية في «${plan}» بتاريخ ${date}.`,
    continues: 'بعد ذلك يستمر اشتراكك تلقائيًا.',
    charge,
    add: (by) =>
      `لا توجد طريقة دفع محفوظة بعد. للمتابعة بعد الفترة التجريبية، يُرجى إضافة طريقة دفع ${by}.`,
    stop: (by) => `لعدم المتابعة، يمكنك إلغاء الاشتراك ${by}، ولن تُحتسب أي رسوم.`,
    facts: { amount: 'الدفعة الأولى' },
    action: manage,
  },

  payment_method_expiration_reminder: {
    subject: (brand, last4) => `تنتهي قريبًا صلاحية ${theCard(brand, last4)}`,
    preheader: {
      expires: (month) => `تنتهي صلاحية البطاقة في نهاية ${month}.`,
      ask: 'يُرجى تحديث طريقة الدفع.',
    },
    title: 'اقترب انتهاء صلاحية بطاقتك',
    lead: (brand, last4, month) => `تنتهي صلاحية ${theCard(brand, last4)} في نهاية ${month}.`,
    pays: {
      one: (plan) => `تُسدَّد بها رسوم اشتراكك في «${plan}».`,
      several: 'تُسدَّد بهذه البطاقة رسوم الاشتراكات التالية:',
      more: (count, shown) =>
        plural(count, {
          one: 'واشتراك واحد آخر',
          two: 'واشتراكان آخران',
          few: `و${shown} اشتراكات أخرى`,
          many: `و${shown} اشتراكًا آخر`,
          other: `و${shown} اشتراك آخر`,
        }),
    },
    ask: 'حتى تنجح الدفعات القادمة، يُرجى تحديث طريقة الدفع قبل ذلك.',
    alreadyDone: 'إذا تم تحديثها في هذه الأثناء، فلا حاجة إلى أي إجراء.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'صالحة حتى نهاية',
    },
    action: 'تحديث طريقة الدفع',
  },
}
