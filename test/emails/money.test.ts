import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../emails/index.ts'

const plain = (amount: number, currency: string, locale = 'en-US') =>
  formatMoney(amount, currency, locale).replace(/[\u00a0\u202f]/g, ' ')

describe('an amount', () => {
  test.each([
    ['bif', 'BIF 1,234'],
    ['clp', 'CLP 1,234'],
    ['djf', 'DJF 1,234'],
    ['gnf', 'GNF 1,234'],
    ['jpy', '¥1,234'],
    ['kmf', 'KMF 1,234'],
    ['krw', '₩1,234'],
    ['mga', 'MGA 1,234'],
    ['pyg', 'PYG 1,234'],
    ['rwf', 'RWF 1,234'],
    ['vnd', '₫1,234'],
    ['vuv', 'VUV 1,234'],
    ['xaf', 'FCFA 1,234'],
    ['xof', 'F CFA 1,234'],
    ['xpf', 'CFPF 1,234'],
  ])('in %s is counted in whole units: %s', (currency, expected) => {
    expect(plain(1234, currency)).toBe(expected)
  })

  test.each([
    ['usd', '$12.34'],
    ['eur', '€12.34'],
    ['gbp', '£12.34'],
    ['ugx', 'UGX 12.34'],
    ['isk', 'ISK 12.34'],
    ['huf', 'HUF 12.34'],
    ['idr', 'IDR 12.34'],
    ['cop', 'COP 12.34'],
    ['all', 'ALL 12.34'],
    ['lak', 'LAK 12.34'],
    ['pkr', 'PKR 12.34'],
    ['sos', 'SOS 12.34'],
    ['yer', 'YER 12.34'],
    ['bhd', 'BHD 12.34'],
    ['kwd', 'KWD 12.34'],
    ['twd', 'NT$12.34'],
  ])('in %s is counted in hundredths, whatever Intl thinks of it: %s', (currency, expected) => {
    expect(plain(1234, currency)).toBe(expected)
  })

  test.each([
    [-1000, 'usd', 'en-US', '-$10.00'],
    [-500, 'jpy', 'en-US', '-¥500'],
    [0, 'usd', 'en-US', '$0.00'],
    [-0, 'usd', 'en-US', '$0.00'],
    [5, 'usd', 'en-US', '$0.05'],
    [123456789, 'usd', 'en-US', '$1,234,567.89'],
    [2900, 'USD', 'en-US', '$29.00'],
    [2900, 'usd', 'en-GB', 'US$29.00'],
    [123456, 'eur', 'de-DE', '1.234,56 €'],
    [7800, 'jpy', 'de-DE', '7.800 ¥'],
  ])('of %d %s in %s reads %s', (amount, currency, locale, expected) => {
    expect(plain(amount, currency, locale)).toBe(expected)
  })

  test.each([
    ['zzz', 'ZZZ 29.00'],
    ['us', '29.00 US'],
    ['usdollar', '29.00 USDOLLAR'],
    ['', '29.00'],
    ['€', '29.00 €'],
  ])(
    'in a currency that is none (%j) is a number and the code, not an error',
    (currency, expected) => {
      expect(plain(2900, currency)).toBe(expected)
    },
  )
})
