import { describe, expect, test } from 'vitest'
import { buttonColours, contrast, isHexColour } from '../../emails/_kit/colour.ts'
import { dark, light } from '../../emails/_kit/palette.ts'
import { samples } from '../../emails/_kit/samples.ts'
import { createBrand, defaultBrand } from '../../emails/index.ts'
import { mailOf } from './mail.ts'

const accents = [
  ...['#000', '#fff', '#ff0000', '#00ff00', '#0000ff', '#ffdd00', '#1e1b4b', '#4f46e5', '#767676'],
  ...['#777777', '#808080', '#e11d48', '#f97316', '#fde68a', '#d1fae5', '#0ea5e9', '#18181b'],
]

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s on %s is %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2)
    expect(contrast(other, one)).toBeCloseTo(expected, 2)
  })

  test.each([
    ['light', light],
    ['dark', dark],
  ])('text of every rank is readable on every surface of the %s scheme', (_name, scheme) => {
    for (const text of [scheme.ink, scheme.quiet])
      for (const surface of [scheme.card, scheme.page])
        expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5)
  })
})

describe.each(accents)('the accent %s', (accent) => {
  test.each([
    ['light', light],
    ['dark', dark],
  ] as const)(
    'gives a readable button with a visible edge in the %s scheme',
    (scheme, { card }) => {
      const { fill, text, edge } = createBrand({ accent }).accent[scheme]
      expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(edge, card)).toBeGreaterThanOrEqual(3)
    },
  )
})

describe('a brand', () => {
  test('keeps its hue where it would be faint, and a black one turns white in the dark', () => {
    expect(buttonColours('#ffdd00', light.card, light.ink).fill).toBe('#ffdd00')
    expect(buttonColours('#000', dark.card, dark.ink).fill).toBe(dark.ink)
    expect(buttonColours('#000', light.card, light.ink).fill).toBe('#000000')
  })

  test('may choose its own accent for the dark', () => {
    const { accent } = createBrand({ accent: '#123456', accentDark: '#abcdef' })
    expect([accent.light.fill, accent.dark.fill]).toEqual(['#123456', '#abcdef'])
  })

  test.each(['red', '#12345', '#ggg', '', '#fff;}body{display:none', 'url(x)'])(
    'refuses the accent %j, which would end up in a style sheet',
    (accent) => {
      expect(isHexColour(accent)).toBe(false)
      expect(() => createBrand({ accent })).toThrow(RangeError)
    },
  )

  test('dresses the button inline and, for the dark, in the style sheet', async () => {
    const brand = createBrand({ accent: '#ffdd00' })
    const { html } = await mailOf('order_confirmation', {
      ...samples.order_confirmation.standard,
      brand,
    })
    expect(html).toMatch(/<a[^>]*background-color:#ffdd00;color:#111111/)
    expect(html).toContain('.button { background-color: #ffdd00 !important;')
  })

  test('is in the previews the very one that the service sends with', () => {
    for (const [name, { brand }] of Object.values(samples).flatMap((of) => Object.entries(of)))
      if (name !== 'branded') expect(brand).toBe(defaultBrand)
  })
})
