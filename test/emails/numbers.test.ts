import { describe, expect, test } from 'vitest'
import { formatDate } from '../../emails/_kit/dates.ts'
import { mailOf, plain, standard } from './mail.ts'

const { plan } = standard.subscription_cycled

describe('the first day of a month', () => {
  test.each([
    ['fr-FR', '1er décembre 2026'],
    ['fr-CA', '1er décembre 2026'],
    ['pt-BR', '1º de dezembro de 2026'],
    ['pt-PT', '1 de dezembro de 2026'],
    ['es-ES', '1 de diciembre de 2026'],
    ['de-DE', '1. Dezember 2026'],
    ['en-US', 'December 1, 2026'],
    ['en-GB', '1 December 2026'],
    ['sv-SE', '1 december 2026'],
    ['ja-JP', '2026年12月1日'],
  ])('is written in %s as people write it: %s', (locale, expected) => {
    expect(formatDate('2026-12-01T10:00:00Z', locale)).toBe(expected)
  })

  test.each([
    ['fr-FR', '11 décembre 2026', '2026-12-11T10:00:00Z'],
    ['fr-FR', '21 décembre 2026', '2026-12-21T10:00:00Z'],
    ['pt-BR', '31 de dezembro de 2026', '2026-12-31T10:00:00Z'],
  ])('no other day of %s is: %s', (locale, expected, iso) => {
    expect(formatDate(iso, locale)).toBe(expected)
  })

  test.each([
    ['fr', 'Prochain renouvellement le 1er décembre 2026.'],
    ['pt', 'A próxima renovação será em 1º de dezembro de 2026.'],
  ])('reads so in the emails of %s', (locale, expected) => {
    const renewed = { locale, plan: { ...plan, renewsAt: '2026-12-01T10:00:00Z' } }
    expect(plain(mailOf('subscription_cycled', renewed).text)).toContain(expected)
  })
})

describe('what is counted', () => {
  test.each([
    ['en-US', '1,000,000 seats', '25,000 units'],
    ['en-IN', '10,00,000 seats', '25,000 units'],
    ['de-DE', '1.000.000 Plätze', '25.000 Einheiten'],
    ['fr-FR', '1 000 000 sièges', '25 000 unités'],
    ['es-ES', '1.000.000 usuarios', '25.000 unidades'],
    ['pt-BR', '1.000.000 usuários', '25.000 unidades'],
    ['ja-JP', '1,000,000シート', '25,000ユニット'],
    ['sv-SE', '1 000 000 platser', '25 000 enheter'],
    ['ar-EG', '1,000,000 مقعد', '25,000 وحدة'],
  ])('is grouped in %s: %s, %s', (locale, seats, units) => {
    const text = (count: number, of: 'seat' | 'unit') =>
      plain(
        mailOf('subscription_cycled', { locale, plan: { ...plan, quantity: { count, of } } }).text,
      )
    expect(text(1_000_000, 'seat')).toContain(`· ${seats}`)
    expect(text(25_000, 'unit')).toContain(`· ${units}`)
  })

  test.each([
    ['en-US', 'Every 1,000 days'],
    ['de-DE', 'Alle 1.000 Tage'],
    ['fr-FR', 'Tous les 1 000 jours'],
    ['es-MX', 'Cada 1,000 días'],
    ['pt-BR', 'A cada 1.000 dias'],
    ['ja-JP', '1,000日ごと'],
    ['sv-SE', 'Var 1 000:e dag'],
    ['ar-EG', 'كل 1,000 يوم'],
  ])('is grouped in how often it is billed, in %s: %s', (locale, expected) => {
    const own = { ...plan, interval: 'day' as const, intervalCount: 1000 }
    expect(plain(mailOf('subscription_cycled', { locale, plan: own }).text)).toContain(expected)
  })

  test('is grouped in a sentence as well', () => {
    const quantity = { count: 12_000, of: 'seat' as const }
    const now = { change: 'quantity' as const, plan: { ...plan, quantity } }
    expect(mailOf('subscription_updated', now).text).toContain('subscription now has 12,000 seats.')
  })
})

describe('a price and how often it is charged', () => {
  test.each([
    ['en', 'at $29.00 (monthly), unless'],
    ['de', 'für 29,00 $ (monatlich) weiter'],
    ['fr', 'au prix de 29,00 $US (facturation mensuelle), sauf'],
    ['es', 'por 29,00 US$ (mensual), a menos'],
    ['pt', 'por US$ 29,00 (mensal), a menos'],
    ['ja', 'その後は$29.00（毎月）でサブスクリプションが継続します'],
    ['sv', 'fortsätter prenumerationen för 29,00 US$ (varje månad), om'],
    ['ar', 'بسعر 29.00 US$ شهريًا ما لم'],
  ])('are one phrase in %s: %s', (locale, expected) => {
    expect(plain(mailOf('trial_started', { locale }).text)).toContain(expected)
  })
})
