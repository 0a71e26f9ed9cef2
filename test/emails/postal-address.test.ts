// A billing address as its country writes it, with names that the reader understands instead of codes.

import { describe, expect, test } from 'vitest'
import { addressLines } from '../../emails/_kit/postal-address.ts'
import { address } from '../../emails/_kit/samples/parts.ts'
import { languages } from '../../emails/words/index.ts'
import { mailOf, plain, standard } from './mail.ts'

const inUs = address({
  line1: '88 Carver St',
  line2: 'Apt 3',
  postalCode: '14607',
  city: 'Rochester',
  state: 'US-NY',
  country: 'US',
})

describe('the lines of an address', () => {
  test.each([
    ['Sweden', address(), ['Hornsgatan 40', '118 21 Stockholm', 'Sweden']],
    ['the United States', inUs, ['88 Carver St', 'Apt 3', 'Rochester, NY 14607', 'United States']],
    [
      'Japan',
      address({
        line1: '1-2-3 Jingumae',
        postalCode: '150-0001',
        city: 'Shibuya-ku',
        state: 'JP-13',
        country: 'JP',
      }),
      ['1-2-3 Jingumae', 'Shibuya-ku, Tokyo 150-0001', 'Japan'],
    ],
    [
      'the United Kingdom',
      address({ line1: '1 Mill Lane', postalCode: 'SW1A 2AA', city: 'London', country: 'GB' }),
      ['1 Mill Lane', 'London', 'SW1A 2AA', 'United Kingdom'],
    ],
    [
      'Brazil',
      address({
        line1: 'Av. Paulista 1',
        postalCode: '01310-100',
        city: 'São Paulo',
        state: 'BR-SP',
        country: 'BR',
      }),
      ['Av. Paulista 1', 'São Paulo - SP', '01310-100', 'Brazil'],
    ],
    [
      'Canada',
      address({
        line1: '9 King St',
        postalCode: 'L4W 1A1',
        city: 'Mississauga',
        state: 'CA-ON',
        country: 'CA',
      }),
      ['9 King St', 'Mississauga, ON L4W 1A1', 'Canada'],
    ],
    [
      'Puerto Rico',
      address({ line1: '1 Calle Luna', postalCode: '00926', city: 'San Juan', country: 'PR' }),
      ['1 Calle Luna', 'San Juan, PR 00926', 'Puerto Rico'],
    ],
  ])('stand in the order of %s', (_, of, lines) => {
    expect(addressLines(of, 'en-US')).toEqual(lines)
  })

  test.each([
    ['no second line', { line2: null }, ['88 Carver St', 'Rochester, NY 14607', 'United States']],
    ['no state', { state: null }, ['88 Carver St', 'Apt 3', 'Rochester, 14607', 'United States']],
    [
      'a state without its country',
      { state: 'NY' },
      ['88 Carver St', 'Apt 3', 'Rochester, NY 14607', 'United States'],
    ],
    [
      'a state by its name',
      { state: 'New York' },
      ['88 Carver St', 'Apt 3', 'Rochester, New York 14607', 'United States'],
    ],
    [
      'a state that there is not',
      { state: 'US-99' },
      ['88 Carver St', 'Apt 3', 'Rochester, 14607', 'United States'],
    ],
    [
      'an empty postal code',
      { postalCode: '' },
      ['88 Carver St', 'Apt 3', 'Rochester, NY', 'United States'],
    ],
    [
      'a country that there is not',
      { state: null, country: 'QX' },
      ['88 Carver St', 'Apt 3', '14607 Rochester'],
    ],
    ['no country', { state: null, country: null }, ['88 Carver St', 'Apt 3', '14607 Rochester']],
    [
      'a country by its name',
      { state: null, country: 'Utopia' },
      ['88 Carver St', 'Apt 3', '14607 Rochester', 'Utopia'],
    ],
  ])('are right with %s', (_, different, lines) => {
    expect(addressLines({ ...inUs, ...different }, 'en-US')).toEqual(lines)
  })

  test('are a country alone where nothing else is known, and none where nothing is', () => {
    const nothing = { line1: null, line2: null, postalCode: null, city: null, state: null }
    expect(addressLines({ ...nothing, country: 'US' }, 'de-DE')).toEqual(['Vereinigte Staaten'])
    expect(addressLines({ ...nothing, country: null }, 'de-DE')).toEqual([])
    expect(addressLines(null, 'de-DE')).toEqual([])
  })

  test('keep what a formatter would take for repeated, too long or a link', () => {
    const odd = {
      line1: 'Weg 1, Weg 1',
      postalCode: '1'.repeat(30),
      city: '$& {{city}} $1',
      country: 'DE',
    }
    expect(addressLines(address(odd), 'en-US')).toEqual([
      'Weg 1, Weg 1',
      `${'1'.repeat(30)} $& {{city}} $1`,
      'Germany',
    ])
  })

  test('leave out nothing that was typed, in any country, and show no code of any', () => {
    const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
    const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
    const all = letters.flatMap((one) => letters.map((other) => one + other))
    for (const country of all.filter((code) => names.of(code) && code !== 'ZZ')) {
      const lines = addressLines(
        {
          line1: 'Line 1',
          line2: 'Line 2',
          postalCode: '12345',
          city: 'Town',
          state: null,
          country,
        },
        'en',
      )
      for (const part of ['Line 1', 'Line 2', '12345', 'Town'])
        expect(lines.join('\n'), country).toContain(part)
      expect(lines.at(-1)).toBe(names.of(country))
      expect(lines).not.toContain(country)
    }
  })
})

test.each([
  ['en', 'Sweden'],
  ['de', 'Schweden'],
  ['fr', 'Suède'],
  ['es', 'Suecia'],
  ['pt', 'Suécia'],
  ['ja', 'スウェーデン'],
  ['sv', 'Sverige'],
  ['ar', 'السويد'],
])('a receipt in %s names the country %s', (locale, country) => {
  expect(Object.keys(languages)).toContain(locale)
  const { text, html } = mailOf('order_confirmation', { locale })
  const lines = plain(text).split('\n')
  expect(lines[lines.indexOf('118 21 Stockholm') + 1]).toBe(country)
  expect(plain(html)).toContain(country)
})

test('the samples have an address as an order’s event has it, so that a preview shows what is sent', () => {
  expect(standard.order_confirmation.order.billingAddress).toEqual({
    line1: 'Hornsgatan 40',
    line2: null,
    postalCode: '118 21',
    city: 'Stockholm',
    state: null,
    country: 'SE',
  })
})
