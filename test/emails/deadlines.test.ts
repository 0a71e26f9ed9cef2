import { describe, expect, test } from 'vitest'
import { formatDate } from '../../emails/_kit/dates.ts'
import { type PropsOf, readerOf } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { mailOf, plain, preheaderOf, standard } from './mail.ts'

type PastDue = PropsOf['subscription_past_due']

const all = Object.keys(languages) as Language[]
const overdue = standard.subscription_past_due

const read = (locale: string, different: Partial<PastDue> = {}) => {
  const { html, text } = mailOf('subscription_past_due', { ...different, locale })
  return { text: plain(text), preheader: plain(preheaderOf(html)) }
}

/** The sentences about a payment that fails on November 4. The subscription ends in the middle of the 25th, in Sweden too. */
const sentences: Record<
  Language,
  { deadline: string; row: string; noRetry: string; add: string; access: string }
> = {
  en: {
    deadline: 'If it isn’t paid by November 24, 2026, the subscription ends.',
    row: 'Pay by',
    noRetry:
      'We won’t charge this payment method again. If it isn’t paid in another way by November 24, 2026, the subscription ends.',
    add: 'Add payment method',
    access: 'You keep access until November 10, 2026, even while it is unpaid.',
  },
  de: {
    deadline: 'Wird der Betrag nicht bis zum 24. November 2026 bezahlt, endet das Abonnement.',
    row: 'Zu bezahlen bis',
    noRetry:
      'Mit dieser Zahlungsmethode versuchen wir die Abbuchung nicht noch einmal. Wird der Betrag nicht bis zum 24. November 2026 auf anderem Weg bezahlt, endet das Abonnement.',
    add: 'Zahlungsmethode hinterlegen',
    access: 'Zugang haben Sie auch ohne Zahlung noch bis zum 10. November 2026.',
  },
  fr: {
    deadline:
      'Si le paiement n’est pas effectué au plus tard le 24 novembre 2026, l’abonnement prendra fin.',
    row: 'À payer au plus tard le',
    noRetry:
      'Nous ne retenterons pas le paiement avec ce moyen de paiement. Si le paiement n’est pas effectué autrement au plus tard le 24 novembre 2026, l’abonnement prendra fin.',
    add: 'Ajouter un moyen de paiement',
    access: 'Même sans règlement, vous gardez l’accès jusqu’au 10 novembre 2026.',
  },
  es: {
    deadline:
      'Si el importe no se paga a más tardar el 24 de noviembre de 2026, la suscripción finalizará.',
    row: 'Fecha límite de pago',
    noRetry:
      'No volveremos a intentar el cobro con este método de pago. Si el importe no se paga de otra forma a más tardar el 24 de noviembre de 2026, la suscripción finalizará.',
    add: 'Añadir método de pago',
    access:
      'Mientras el pago esté pendiente, conservas el acceso hasta el 10 de noviembre de 2026.',
  },
  pt: {
    deadline:
      'Se o pagamento não for feito até 24 de novembro de 2026, a assinatura será encerrada.',
    row: 'Pagar até',
    noRetry:
      'Não tentaremos a cobrança novamente com esta forma de pagamento. Se o valor não for pago de outra forma até 24 de novembro de 2026, a assinatura será encerrada.',
    add: 'Adicionar forma de pagamento',
    access: 'Mesmo com o pagamento pendente, você mantém o acesso até 10 de novembro de 2026.',
  },
  ja: {
    deadline: '2026年11月24日までにお支払いが完了しない場合、サブスクリプションは終了します。',
    row: 'お支払い期限',
    noRetry:
      '現在のお支払い方法での再試行は行いません。2026年11月24日までに別の方法でのお支払いが完了しない場合、サブスクリプションは終了します。',
    add: 'お支払い方法を追加する',
    access: 'なお、お支払いが完了していなくても、2026年11月10日までは引き続きご利用いただけます。',
  },
  sv: {
    deadline: 'Om beloppet inte betalas senast den 24 november 2026 avslutas prenumerationen.',
    row: 'Betala senast',
    noRetry:
      'Vi gör inget nytt försök med den här betalningsmetoden. Om beloppet inte betalas på annat sätt senast den 24 november 2026 avslutas prenumerationen.',
    add: 'Lägg till betalningsmetod',
    access: 'Även om det inte är betalt har du åtkomst fram till den 10 november 2026.',
  },
  ar: {
    deadline: 'إذا لم يتم الدفع في موعد أقصاه 24 نوفمبر 2026، فسينتهي الاشتراك.',
    row: 'آخر موعد للدفع',
    noRetry:
      'لن نعيد محاولة الدفع بطريقة الدفع هذه. وإذا لم يتم الدفع بطريقة أخرى في موعد أقصاه 24 نوفمبر 2026، فسينتهي الاشتراك.',
    add: 'إضافة طريقة دفع',
    access: 'يمكنك مواصلة الاستخدام حتى 10 نوفمبر 2026، وإن لم يتم الدفع بعد.',
  },
}

describe.each(all)('a failed payment, in %s', (language) => {
  const words = sentences[language]
  const { facts } = languages[language].words.subscription_past_due

  test('names the last day on which paying is in time, and never that of the end', () => {
    const { text, preheader } = read(language)
    expect(text).toContain(words.deadline)
    expect(text).toContain(words.row)
    const { by } = languages[language].words.common
    expect(preheader).toContain(
      plain(by(formatDate('2026-11-24', readerOf(language, 'en').locale))),
    )
    for (const part of [text, preheader]) expect(part).not.toMatch(/\b25\b|月25日/)
  })

  test('names no day where the last one may be over', () => {
    const { text, preheader } = read(language, { now: '2026-11-25T00:00:00Z' })
    const { common, subscription_past_due } = languages[language].words
    expect(text).toContain(subscription_past_due.next.unpaid(common.rightAway))
    expect(preheader).toContain(common.rightAway)
    expect(text).not.toContain(words.row)
    expect(text).not.toMatch(/\b2[45]\b|月2[45]日/)
  })

  test('says that access goes on although nothing is paid', () => {
    expect(read(language).text).toContain(words.access)
  })

  test('rules out an attempt after a decline for good, whatever date Polar has', () => {
    for (const nextChargeAt of [null, '2026-11-06T10:13:01Z', overdue.deadline]) {
      const { text } = read(language, { nextChargeAt, course: 'not_retried' })
      expect(text).toContain(words.noRetry)
      expect(text).not.toContain(facts.nextTry)
    }
  })

  test.each([
    ['with the deadline', overdue.deadline],
    ['earlier on its day', '2026-11-24T23:00:00Z'],
    ['after it', '2026-11-27T10:00:00Z'],
  ])('names no attempt that would come %s', (_when, nextChargeAt) => {
    const { text } = read(language, { nextChargeAt })
    expect(text).toContain(words.deadline)
    expect(text).not.toContain(words.noRetry)
    expect(text).not.toContain(facts.nextTry)
  })

  test('names an attempt on the last day', () => {
    const { text } = read(language, { nextChargeAt: '2026-11-24T22:59:59Z' })
    expect(text).toContain(facts.nextTry)
  })

  test('promises and rules out no attempt where none is known of', () => {
    const { text } = read(language, { nextChargeAt: null })
    const last = text.slice(text.indexOf(words.row))
    const end = languages[language].words.subscription_past_due.alreadyPaid
    const paragraph = last.slice(last.indexOf('\n\n'), last.indexOf(end)).trim()
    expect(paragraph.startsWith(words.deadline)).toBe(true)
    expect(text).not.toContain(facts.nextTry)
  })

  test('asks to add a payment method, and nothing to be updated, where there is none', () => {
    const { text, preheader } = read(language, { course: 'no_card' })
    const { action } = languages[language].words.subscription_past_due
    expect(text).toContain(`\n${words.add}\n${overdue.links.action}\n`)
    expect(text).not.toContain(action)
    expect(preheader).not.toBe(read(language).preheader)
  })
})

const EARLIER = '2026-01-01T00:00:00Z'

const LOCALES = all.flatMap((language) => {
  const other: Partial<Record<Language, string[]>> = {
    en: ['en-GB', 'en-IN'],
    fr: ['fr-CA'],
    es: ['es-MX', 'es-419'],
    pt: ['pt-PT'],
    de: ['de-AT'],
    ar: ['ar-SA', 'ar-MA', 'ar-SY'],
  }
  return [languages[language].standard, ...(other[language] ?? [])]
})

test.each(LOCALES)(
  'the line beside the subject is seen in full in every month, in %s',
  (locale) => {
    for (let month = 1; month <= 12; month += 1)
      for (const course of ['retried', 'no_card', 'authentication'] as const) {
        const deadline = `2026-${String(month).padStart(2, '0')}-25T10:00:00Z`
        const { html } = mailOf('subscription_past_due', {
          locale,
          deadline,
          course,
          now: EARLIER,
        })
        expect(preheaderOf(html)).not.toContain('…')
      }
  },
)

const trials: Record<Language, [preheader: string, lead: string]> = {
  en: [
    'Free until the trial ends on November 24, 2026.',
    'You can use Studio Plan free of charge until the trial ends on November 24, 2026.',
  ],
  de: [
    'Kostenlos, bis die Testphase am 24. November 2026 endet.',
    'Sie können „Studio Plan“ kostenlos nutzen, bis die Testphase am 24. November 2026 endet.',
  ],
  fr: [
    'Gratuit jusqu’à la fin de l’essai, le 24 novembre 2026.',
    'Vous pouvez utiliser « Studio Plan » gratuitement jusqu’à la fin de l’essai, le 24 novembre 2026.',
  ],
  es: [
    'Es gratis hasta que termine el periodo de prueba, el 24 de noviembre de 2026.',
    'Puedes usar «Studio Plan» gratis hasta que termine el periodo de prueba, el 24 de noviembre de 2026.',
  ],
  pt: [
    'É grátis até o fim do período de teste, em 24 de novembro de 2026.',
    'Você pode usar “Studio Plan” gratuitamente até o fim do período de teste, em 24 de novembro de 2026.',
  ],
  ja: [
    '2026年11月24日にトライアルが終了するまで、無料でお使いいただけます。',
    '2026年11月24日にトライアルが終了するまで、「Studio Plan」を無料でお使いいただけます。',
  ],
  sv: [
    'Gratis tills provperioden slutar den 24 november 2026.',
    'Du kan använda ”Studio Plan” gratis tills provperioden slutar den 24 november 2026.',
  ],
  ar: [
    'الاستخدام مجاني حتى انتهاء الفترة التجريبية في 24 نوفمبر 2026.',
    'يمكنك استخدام «Studio Plan» مجانًا حتى انتهاء الفترة التجريبية في 24 نوفمبر 2026.',
  ],
}

test.each(all)(
  'a trial is free until it ends on a day, not for all of that day, in %s',
  (locale) => {
    const { html, text } = mailOf('trial_started', { locale })
    const [preheader, lead] = trials[locale]
    expect(plain(preheaderOf(html))).toBe(preheader)
    expect(plain(text)).toContain(lead)
  },
)
