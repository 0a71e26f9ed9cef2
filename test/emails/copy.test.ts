// Wordings that were once wrong, each as a customer reads it now.

import { describe, expect, test } from 'vitest'
import type { Kind } from '../../emails/index.ts'
import { mailOf, plain, preheaderOf } from './mail.ts'

type Case = [locale: string, kind: Kind, sample: string, expected: string]

const check = (cases: Case[]) =>
  test.each(cases)('%s, %s (%s): %s', (locale, kind, sample, expected) => {
    const { subject, html, text } = mailOf(kind, { locale }, sample)
    const read = [subject, preheaderOf(html), text].map(plain).join('\n')
    expect(read.replace(/ {2,}/g, ' ')).toContain(expected)
  })

describe('credit that paid a part is no debt', () => {
  check([
    ['en', 'order_confirmation', 'account-credit', 'Account credit used'],
    ['de', 'order_confirmation', 'account-credit', 'Angerechnetes Guthaben'],
    ['fr', 'order_confirmation', 'account-credit', 'Crédit utilisé'],
    ['es', 'order_confirmation', 'account-credit', 'Saldo a favor aplicado'],
    ['pt', 'order_confirmation', 'account-credit', 'Crédito utilizado'],
    ['ja', 'order_confirmation', 'account-credit', 'アカウント残高の利用'],
    ['sv', 'order_confirmation', 'account-credit', 'Använt tillgodohavande'],
    ['ar', 'order_confirmation', 'account-credit', 'من رصيد الحساب'],
  ])
})

describe('a subscription that goes on after a pause', () => {
  check([
    ['de', 'subscription_paused', 'standard', 'Fortsetzung am 4. März 2027'],
    [
      'ar',
      'subscription_paused',
      'standard',
      'في 4 مارس 2027، وتُحتسب الرسوم من جديد اعتبارًا من ذلك التاريخ.',
    ],
    [
      'ja',
      'subscription_paused',
      'standard',
      '一時停止中は料金が請求されません。2027年3月4日に自動的に再開し、料金の請求も再開されます。',
    ],
  ])
})

describe('what was used is billed beside the subscription', () => {
  check([
    ['ja', 'subscription_usage_invoice', 'standard', '「Studio Plan」の従量料金のお知らせ'],
    [
      'ja',
      'subscription_usage_invoice',
      'standard',
      '従量料金として、$16.00のお支払いが完了しました。',
    ],
    [
      'ja',
      'subscription_usage_invoice',
      'standard',
      '従量料金は、サブスクリプションの基本料金とは別に請求されます。',
    ],
    [
      'de',
      'subscription_usage_invoice',
      'account-credit',
      'Nutzung von „Studio Plan“ abgerechnet.',
    ],
    ['ar', 'subscription_usage_invoice', 'standard', 'تُحتسب رسوم الاستخدام إضافةً إلى'],
  ])
})

describe('the last invoice is not the latest one', () => {
  check([
    ['ar', 'subscription_final_invoice', 'standard', 'الفاتورة النهائية لاشتراكك في «Studio Plan»'],
    ['ar', 'subscription_final_invoice', 'standard', 'وتمت الدفعة النهائية بمبلغ'],
    ['ja', 'subscription_revoked', 'unpaid', '直近のお支払いを処理できませんでした。'],
  ])
})

describe('a renewal', () => {
  check([
    [
      'ja',
      'subscription_cycled',
      'account-credit',
      '「Studio Plan」のサブスクリプションを更新しました。',
    ],
  ])
})

describe('a refund of all that was paid', () => {
  check([
    ['ar', 'order_refunded', 'full', 'وهو كامل المبلغ المدفوع مقابل «Field Recordings Vol. 2».'],
    ['ja', 'order_refunded', 'full', 'お支払い額の全額（$49.00）の返金手続きを行いました。'],
    [
      'en',
      'order_refunded',
      'full',
      'refunded your payment for Field Recordings Vol. 2 in full: $49.00.',
    ],
    [
      'de',
      'order_refunded',
      'full',
      'Ihre Zahlung für „Field Recordings Vol. 2“ haben wir vollständig erstattet',
    ],
    ['fr', 'order_refunded', 'full', 'remboursé intégralement votre paiement pour « Field'],
    ['es', 'order_refunded', 'full', 'reembolsado por completo tu pago por «Field'],
    ['pt', 'order_refunded', 'full', 'integralmente o seu pagamento referente a “Field'],
    ['sv', 'order_refunded', 'full', 'återbetalat hela din betalning för ”Field'],
    ['sv', 'order_refunded', 'standard', 'Vi har återbetalat en del av beloppet för'],
    ['ja', 'order_refunded', 'standard', '反映まで通常5〜10営業日かかります。'],
  ])
})

describe('the seller in law', () => {
  check([
    [
      'ja',
      'order_confirmation',
      'standard',
      '再販業者および販売業者（Merchant of Record）であるPolar Software, Inc.が販売しています。',
    ],
    [
      'ar',
      'order_confirmation',
      'standard',
      'الجهة البائعة هي شركة Polar Software, Inc.، بصفتها معيد البيع والتاجر المسجَّل (Merchant of Record) لصالح',
    ],
  ])
})

describe('a trial is a period, not an exam', () => {
  check([
    ['es', 'trial_started', 'standard', 'Tu periodo de prueba de «Studio Plan» ha comenzado'],
    ['es', 'subscription_cycled_after_trial', 'standard', 'Tu periodo de prueba ha terminado.'],
    [
      'es',
      'subscription_cancellation',
      'trial',
      'Tu periodo de prueba de «Studio Plan» está cancelado.',
    ],
    ['pt', 'trial_started', 'standard', 'Seu período de teste de “Studio Plan” começou'],
    ['pt', 'subscription_cycled_after_trial', 'standard', 'Seu período de teste terminou.'],
    [
      'pt',
      'subscription_cancellation',
      'trial',
      'Seu período de teste de “Studio Plan” foi cancelado.',
    ],
    ['fr', 'subscription_cancellation', 'trial', 'Votre essai « Studio Plan » est résilié et ne'],
    ['ar', 'subscription_cancellation', 'trial', 'فترتك التجريبية في «Studio Plan»'],
  ])
})

describe('a cancellation, in English, is spelled alike on both sides of the Atlantic', () => {
  test.each(['standard', 'trial', 'no-date'])('%s', (sample) => {
    const { subject, html } = mailOf('subscription_cancellation', {}, sample)
    expect(subject).toBe('Cancellation confirmed: Studio Plan')
    expect(subject + html).not.toMatch(/cancell?ed/i)
  })
})

test('a subject in Japanese says first that a payment failed, since a phone shows only its beginning', () => {
  const { subject } = mailOf('subscription_past_due', { locale: 'ja' })
  expect(subject).toBe('お支払いを処理できませんでした：「Studio Plan」')
})
