import { describe, expect, test } from 'vitest'
import { cardName } from '../../emails/_kit/card.ts'
import type { Kind, PropsOf } from '../../emails/index.ts'
import type { Language } from '../../emails/words/index.ts'
import { type AnyProps, everyKind, mailOf, plain, preheaderOf, standard } from './mail.ts'

/** Sets a name apart from the sentence, where a name would need an article, a gender or a case otherwise. */
const quotes: Partial<Record<Language, [before: string, after: string]>> = {
  de: ['„', '“'],
  fr: ['«\u00a0', '\u00a0»'],
  es: ['«', '»'],
  pt: ['“', '”'],
  ja: ['「', '」'],
  sv: ['”', '”'],
  ar: ['«', '»'],
}

const NAME = 'Le Pack Studio'

const renamed = (props: AnyProps): AnyProps => ({
  ...props,
  ...('plan' in props && { plan: { ...props.plan, name: NAME } }),
  ...('plans' in props && { plans: [NAME] }),
  ...('product' in props && { product: NAME }),
})

describe.each(Object.entries(quotes))('in %s', (locale, [before, after]) => {
  test.each(everyKind)(
    'the name of a product is quoted in the sentences of $kind',
    ({ kind, props }) => {
      const { text, html } = mailOf(kind, { ...renamed(props), locale } as Partial<PropsOf[Kind]>)
      const prose = [
        preheaderOf(html),
        ...text.split(/\n\n/).filter((part) => !part.includes('  ')),
      ]
      const quoted = `${before}${NAME}${after}`
      for (const line of prose.map((part) => part.replace(/[\u2066-\u2069]/g, '')))
        expect(line.replaceAll(quoted, '')).not.toContain(NAME)
      expect(text.replace(/[\u2066-\u2069]/g, '')).toContain(quoted)
    },
  )

  test('an old and a new name are quoted, and a name after a preposition in a subject', () => {
    const { text, subject } = mailOf('subscription_updated', { locale })
    for (const name of ['Solo Plan', 'Studio Plan'])
      expect(text.replace(/[\u2066-\u2069]/g, '')).toContain(`${before}${name}${after}`)
    expect(plain(subject)).toContain(plain(`${before}Studio Plan${after}`))
  })
})

describe('a subject in Arabic', () => {
  const subjectOf = (product: string, locale = 'ar') =>
    mailOf('order_confirmation', { locale, product }).subject

  test.each(['Pro+', 'C++', 'Go!', '24-bit Pack', '2.0 Early Bird', '100% Pro'])(
    'keeps %s in its own order, by marks that every client knows',
    (name) => {
      expect(subjectOf(name)).toBe(`تأكيد طلبك: «\u200e${name}\u200e»`)
    },
  )

  test('and an Arabic name in a subject of another language keep their order too', () => {
    expect(subjectOf('باقة!', 'en')).toBe('Your order: \u200fباقة!\u200f')
    expect(subjectOf('باقة!')).toBe('تأكيد طلبك: «\u200fباقة!\u200f»')
  })

  test('has no other marks, and none where nothing runs the other way', () => {
    expect(subjectOf('Pro \u202e+\u2066')).toBe('تأكيد طلبك: «\u200ePro +\u200e»')
    expect(subjectOf('Pro+', 'en')).toBe('Your order: Pro+')
  })

  test.each(everyKind)('of $kind stays short enough to be seen', ({ kind, props }) => {
    const long = { ...renamed(props), locale: 'ar' }
    const name = 'Field Recordings '.repeat(20)
    if ('plan' in long) long.plan.name = name
    if ('plans' in long) long.plans = [name]
    if ('product' in long) long.product = name
    const { subject } = mailOf(kind, long as Partial<PropsOf[Kind]>)
    expect(subject.length).toBeLessThanOrEqual(90)
    expect(subject.match(/\u200e/g)?.length).toBe(2)
  })
})

describe('a label in Arabic', () => {
  const { order } = standard.order_confirmation
  const textOf = (own: Partial<typeof order>) =>
    mailOf('order_confirmation', { locale: 'ar', order: { ...order, ...own } }).text

  test('keeps the name of a discount in one piece', () => {
    const discount = { label: '20% off launch', amount: 1000 }
    expect(textOf({ discount, total: 3900 })).toContain('خصم «\u206820% off launch\u2069»')
  })

  test('starts in Arabic where a part of a period is charged', () => {
    const items = [{ label: 'Solo Plan', amount: 4900, proration: true }]
    expect(textOf({ items })).toContain('احتساب نسبي: \u2068Solo Plan\u2069')
  })
})

describe('a greeting', () => {
  test.each([
    ['د/ سارة', 'مرحبًا د/ سارة،'],
    ['م/ أحمد', 'مرحبًا م/ أحمد،'],
    ['د.محمد', 'مرحبًا د.محمد،'],
    ['أ.د/ محمد علي', 'مرحبًا أ.د/ محمد علي،'],
    ['د/ evil.example.com', 'مرحبًا،'],
    ['موقع.شبكة', 'مرحبًا،'],
    ['د/ موقع.شبكة', 'مرحبًا،'],
  ])('of %j, as titles are written in Arabic, reads %j', (customerName, greeting) => {
    const { text } = mailOf('order_confirmation', { locale: 'ar', customerName })
    expect(plain(text)).toContain(`\n${greeting}\n`)
  })
})

describe('a card', () => {
  test.each([
    ['visa', 'Visa'],
    ['AMEX', 'American Express'],
    ['cartes_bancaires', 'Cartes Bancaires'],
    ['unknown', null],
    ['some_new_brand', null],
    ['', null],
    ['constructor', null],
  ])('of brand %j is called %j', (brand, expected) => {
    expect(cardName(brand)).toBe(expected)
  })

  test.each([
    ['en', 'Card ending in 4242', 'to your card ending in 4242.'],
    ['de', 'Karte mit Endziffern 4242', 'auf Ihre Karte mit Endziffern 4242.'],
    ['fr', 'Carte se terminant par 4242', 'sur votre carte se terminant par 4242.'],
    ['es', 'Tarjeta terminada en 4242', 'a tu tarjeta terminada en 4242.'],
    ['pt', 'Cartão com final 4242', 'para o seu cartão com final 4242.'],
    ['ja', 'カード（下4桁：4242）', 'お支払いに使われたカード（下4桁：4242）に'],
    ['sv', 'Kort med slutsiffrorna 4242', 'till ditt kort med slutsiffrorna 4242.'],
    ['ar', 'بطاقة منتهية بالأرقام 4242', 'إلى البطاقة المنتهية بالأرقام 4242.'],
  ])('of an unknown brand goes by its digits alone, in %s', (locale, row, sentence) => {
    const card = { brand: 'unknown', last4: '4242' }
    expect(plain(mailOf('subscription_past_due', { locale, card }).text)).toContain(row)
    const refund = plain(mailOf('order_refunded', { locale, card }).text)
    expect(refund).toContain(sentence)
    expect(refund).not.toContain('unknown')
  })
})
