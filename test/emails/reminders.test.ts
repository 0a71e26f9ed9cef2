// The reminders name the day, the charge as far as it is known, and what to do before.

import { describe, expect, test } from 'vitest'
import { formatMonth } from '../../emails/_kit/dates.ts'
import type { Kind, PropsOf } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { amountsIn, mailOf, plain, preheaderOf } from './mail.ts'

type Renewal = PropsOf['subscription_renewal_reminder']

const all = Object.keys(languages) as Language[]

const textOf = <K extends Kind>(kind: K, different: Partial<PropsOf[K]> = {}, name?: string) =>
  plain(mailOf(kind, different, name).text).replace(/ {2,}/g, ' ')

const renewal = (different: Partial<Renewal> = {}, name?: string) =>
  textOf('subscription_renewal_reminder', different, name)

const trial = (name?: string) => textOf('subscription_trial_conversion_reminder', {}, name)
const card = (name?: string) => textOf('payment_method_expiration_reminder', {}, name)

describe('a reminder of a renewal', () => {
  test('says first when it is, and what is charged to which card', () => {
    const { subject, html } = mailOf('subscription_renewal_reminder')
    expect(subject).toBe('Your Studio Plan (yearly) subscription renews on December 4, 2026')
    expect(preheaderOf(html)).toBe('We’ll charge $313.20 to your Visa ending in 4242.')
    const text = renewal()
    expect(text).toContain(
      'Your Studio Plan (yearly) subscription renews on December 4, 2026. We’ll charge $313.20 to your Visa ending in 4242.\n',
    )
    expect(text).toContain(
      'there is nothing to do. To change or cancel your subscription, please do so by December 3, 2026.\n\nManage subscription\n',
    )
    expect(text).toMatch(/^Payment method Visa ending in 4242\nAmount \$313\.20$/m)
  })

  test('calls a price before tax by that name', () => {
    const text = renewal({}, 'before-tax')
    expect(text).toContain(
      'The price is $290.00, plus tax where it applies. We’ll use your Visa ending in 4242 for the payment.\n',
    )
    expect(text).toMatch(/^Price before tax \$290\.00$/m)
    expect(text).not.toMatch(/charge \$|^Amount/m)
  })

  test('does not say that there is nothing to do where no card is known', () => {
    const text = renewal({}, 'no-card')
    expect(text).toContain('renews on December 4, 2026. You’ll pay $313.20.\n')
    expect(text).not.toMatch(/ending in|Payment method|nothing to do/)
  })

  test.each([
    ['without an amount', 'card-only', 'We’ll use your card ending in 0005 for the payment.'],
    ['with neither', 'nothing-known', 'renews on December 4, 2026.\n\nTo change or cancel'],
  ])('promises no amount that is not known, %s', (_, name, expected) => {
    const text = renewal({}, name)
    expect(text).toContain(expected)
    expect(amountsIn(text)).toEqual([])
    expect(text).not.toMatch(/^(Amount|Price)/m)
  })

  test('takes no price of nothing for a total of nothing', () => {
    const nothing = { value: 0, currency: 'usd' }
    expect(renewal({ amount: { ...nothing, isTotal: true } })).toContain('There will be nothing to')
    const unknown = renewal({ amount: { ...nothing, isTotal: false } })
    expect(unknown).not.toMatch(/nothing to pay|\$0/)
  })

  test('names no card where nothing is charged', () => {
    expect(renewal({}, 'free')).not.toMatch(/4242|charge/)
  })

  test.each([
    ['plan-changes', 'From then on you’ll be on Team Plan with 5 seats.', 'Team Plan · 5 seats'],
    ['quantity-changes', 'From then on you’ll have 3 seats.', 'Team Plan · 3 seats'],
    ['long-names', 'From then on you’ll be on Donaudampf', 'Donaudampf'],
  ])('says what changes with it: %s', (name, sentence, fact) => {
    const text = renewal({}, name)
    expect(text).toContain(`renews on December 4, 2026. ${sentence}`)
    expect(text).toContain(`\nAfter the renewal ${fact}`)
  })

  test('says that a plan changes whose name is not known, and not to what', () => {
    const text = renewal({}, 'unnamed-change')
    expect(text).toContain('The change that is scheduled takes effect then.')
    expect(text).not.toContain('After the renewal')
  })

  test('says how often it is billed, unless the plan changes', () => {
    expect(renewal()).toMatch(/^Billed Yearly$/m)
    for (const name of ['plan-changes', 'unnamed-change'])
      expect(renewal({}, name)).not.toContain('Billed')
  })
})

describe('a reminder of the end of a trial', () => {
  test('says when it ends, what it costs then, and how to stop', () => {
    const { subject } = mailOf('subscription_trial_conversion_reminder')
    expect(subject).toBe('Your Studio Plan trial ends on November 24, 2026')
    const text = trial()
    expect(text).toContain(
      'Your trial of Studio Plan ends on November 24, 2026. After that your subscription continues automatically. We’ll charge $29.00 to your Visa ending in 4242.\n',
    )
    expect(text).toContain(
      'If you don’t want to continue, cancel by November 23, 2026, and you won’t be charged.\n\nManage subscription\n',
    )
    expect(text).toMatch(/^First payment \$29\.00$/m)
  })

  test('asks for a payment method where there is none, and does not say that it goes on by itself', () => {
    const { html } = mailOf('subscription_trial_conversion_reminder', {}, 'no-method')
    expect(preheaderOf(html)).toBe('There is no payment method on file yet.')
    const text = trial('no-method')
    expect(text).toContain('ends on November 24, 2026. You’ll pay $29.00.\n')
    expect(text).toContain('please add one by November 23, 2026.')
    expect(text).not.toMatch(/automatically|ending in/)
  })

  test('asks for none where it is not known, or where nothing is to be paid', () => {
    for (const name of ['nothing-known', 'free'])
      expect(trial(name)).not.toMatch(/payment method|please add/)
    expect(trial('free')).toContain('There will be nothing to pay.')
    expect(amountsIn(trial('nothing-known'))).toEqual([])
  })
})

describe('a reminder of a card that expires', () => {
  test('says which card, when, what it pays for and what to do', () => {
    const { subject, html } = mailOf('payment_method_expiration_reminder')
    expect(subject).toBe('Your Visa ending in 4242 expires soon')
    expect(preheaderOf(html)).toBe(
      'It expires at the end of December 2026. Please update your payment method.',
    )
    const text = card()
    expect(text).toContain(
      'Your Visa ending in 4242 expires at the end of December 2026. It pays for your Studio Plan subscription. So that',
    )
    expect(text).toContain('before then.\n\nUpdate payment method\n')
    expect(text).toMatch(/^Valid through December 2026$/m)
  })

  test('lists the subscriptions where there are several', () => {
    expect(card('several')).toContain(
      'The card pays for these subscriptions:\n\n- Studio Plan\n- Team Plan\n- Archive\n',
    )
    expect(card('several')).not.toContain('It pays for')
  })

  test('counts those that are too many to list', () => {
    const text = card('long-names')
    expect(text.match(/^- /gm)).toHaveLength(21)
    expect(text).toContain('- Archive 18\n- And 12 more\n')
  })

  test.each([
    ['de', 1, 'und 1 weiteres'],
    ['de', 2, 'und 2 weitere'],
    ['fr', 2, 'et 2 autres'],
    ['ar', 1, 'واشتراك واحد آخر'],
    ['ar', 3, 'و3 اشتراكات أخرى'],
    ['ar', 11, 'و11 اشتراكًا آخر'],
    ['ja', 1000, 'ほか1,000件'],
  ])('counts them in %s: %d', (locale, count, line) => {
    const plans = Array.from({ length: 20 + count }, () => 'Archive')
    expect(textOf('payment_method_expiration_reminder', { locale, plans })).toContain(
      `\n- ${line}\n`,
    )
  })

  test('says nothing of subscriptions that it does not know', () => {
    expect(card('no-plans')).not.toMatch(/pays for/)
  })

  test('of an unknown brand goes by its digits', () => {
    const { subject, text } = mailOf('payment_method_expiration_reminder', {}, 'unknown-brand')
    expect(subject).toBe('Your card ending in 0005 expires soon')
    expect(text).not.toContain('unknown')
  })
})

/** The day of the charge is excluded: it comes at some time on that day. */
const last: Record<Language, [renewal: string, month: string]> = {
  en: ['by December 3, 2026', 'at the end of December 2026.'],
  de: ['bis zum 3. Dezember 2026', 'läuft Ende Dezember 2026 ab.'],
  fr: ['au plus tard le 3 décembre 2026', 'expire fin décembre 2026.'],
  es: ['a más tardar el 3 de diciembre de 2026', 'a finales de diciembre de 2026.'],
  pt: ['até 3 de dezembro de 2026', 'no fim de dezembro de 2026.'],
  ja: ['2026年12月3日までに', '2026年12月末です。'],
  sv: ['senast den 3 december 2026', 'i slutet av december 2026.'],
  ar: ['في موعد أقصاه 3 ديسمبر 2026', 'في نهاية ديسمبر 2026.'],
}

describe.each(all)('in %s', (locale) => {
  const [day, month] = last[locale]

  test('the last day to act is before the day of the charge', () => {
    expect(renewal({ locale })).toContain(day)
  })

  test('the month of a card’s expiry is written out', () => {
    expect(textOf('payment_method_expiration_reminder', { locale })).toContain(month)
  })

  test.each([
    ['subscription_renewal_reminder', 'nothing-known'],
    ['subscription_trial_conversion_reminder', 'nothing-known'],
  ] as const)('%s of which nothing is known names no amount and no card', (kind, name) => {
    const text = textOf(kind, { locale }, name)
    const { charge } = languages[locale].words[kind]
    expect(text).not.toMatch(/[$¥€]/)
    for (const label of Object.values(charge.facts))
      if (typeof label === 'string') expect(text).not.toContain(`\n${label} `)
  })

  test('every sentence of the charge names what it is given', () => {
    const { charge } = languages[locale].words.subscription_renewal_reminder
    expect(charge.card('AMOUNT', 'BRAND', 'LAST4')).toMatch(/AMOUNT.*BRAND.*LAST4/)
    expect(charge.card('AMOUNT', null, 'LAST4')).not.toContain('null')
    for (const sentence of [charge.amount('AMOUNT'), charge.beforeTax('AMOUNT')])
      expect(sentence).toContain('AMOUNT')
    expect(charge.onlyCard('BRAND', 'LAST4')).toMatch(/BRAND.*LAST4/)
  })

  test('the line beside the subject starts with the charge, and is seen in full', () => {
    for (let at = 1; at <= 12; at += 1) {
      const day = `2026-${String(at).padStart(2, '0')}-24T08:00:00Z`
      const renewal = { locale, renewsAt: day, now: '2026-01-01T00:00:00Z' }
      const trial = { locale, trialEndsAt: day, now: '2026-01-01T00:00:00Z' }
      const mails = [
        mailOf('subscription_renewal_reminder', renewal),
        mailOf('subscription_renewal_reminder', renewal, 'nothing-known'),
        mailOf('subscription_trial_conversion_reminder', trial),
        mailOf('subscription_trial_conversion_reminder', trial, 'no-method'),
        mailOf('payment_method_expiration_reminder', {
          locale,
          expires: { month: at, year: 2026 },
        }),
      ]
      for (const { html } of mails) expect(preheaderOf(html)).not.toContain('…')
    }
  })
})

describe('a month', () => {
  test.each([
    ['en-US', 'December 2026'],
    ['fr-FR', 'décembre 2026'],
    ['ja-JP', '2026年12月'],
    ['ar-EG-u-ca-gregory-nu-latn', 'ديسمبر 2026'],
  ])('is written in %s as people write it: %s', (locale, expected) => {
    expect(formatMonth({ month: 12, year: 2026 }, locale)).toBe(expected)
  })

  test.each([0, 13, Number.NaN])('%d is none', (month) => {
    expect(() => formatMonth({ month, year: 2026 }, 'en-US')).toThrow(RangeError)
  })
})
