import { createElement } from 'react'
import { describe, expect, test } from 'vitest'
import { buttonColours, contrast, isHexColour } from '../../emails/_kit/colour.ts'
import { dark, light } from '../../emails/_kit/palette.ts'
import type { TemplateOf } from '../../emails/_kit/props.ts'
import { exampleBrand } from '../../emails/brand.example.ts'
import { createBrand, isOff, kinds } from '../../emails/index.ts'
import { languages } from '../../emails/words/index.ts'
import { filesIn, graphOf } from '../structure/modules.ts'
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

  test('dresses the button inline and, for the dark, in the style sheet', () => {
    const { html } = mailOf('order_confirmation', { brand: createBrand({ accent: '#ffdd00' }) })
    expect(html).toMatch(/<a[^>]*background-color:#ffdd00;color:#111111/)
    expect(html).toContain('.button { background-color: #ffdd00 !important;')
  })

  test.each([
    ['colours.light.quiet #cccccc on card #ffffff has a contrast of 1.61', { quiet: '#cccccc' }],
    ['colours.light.ink #18181b on page #222222 has a contrast of', { page: '#222222' }],
    ['colours.light.line is not a colour like #1a2b3c: grey', { line: 'grey' }],
  ])('refuses text that could not be read: %s', (message, light) => {
    expect(() => createBrand({ colours: { light } })).toThrow(message)
  })

  test.each([[['Georgia', '}</style>']], [['']], [[]]])('refuses the fonts %j', (font) => {
    expect(() => createBrand({ font })).toThrow(RangeError)
  })

  test.each([-1, 99, Number.NaN])('refuses corners of %d pixels', (radius) => {
    expect(() => createBrand({ radius })).toThrow(RangeError)
  })

  test('says of itself what it is told to, in both parts', () => {
    const { html, text } = mailOf('order_confirmation', { brand: exampleBrand })
    for (const part of [html, text])
      for (const sentences of [
        'Larkspur Audio',
        'Hornsgatan 12',
        'hello@',
        'Terms',
        'Company number',
      ])
        expect(part).toContain(sentences)
    expect(text).toContain('Privacy\nhttps://larkspur.example.com/privacy')
    expect(html).toContain('font-family:&#x27;Iowan Old Style&#x27;')
    expect(html).toMatch(/<td class="card inset" style="[^"]*background-color:#fffaf2/)
    expect(html).toContain('.page, .backdrop { background-color: #17110d !important; }')
  })

  test('shows a logo by its words, or a small picture beside its name', () => {
    const logo = { url: 'https://cdn.example.com/l.png', alt: '', width: 120, height: 32 }
    const own = (more: object) =>
      mailOf('order_confirmation', {
        brand: createBrand({ name: 'Lark', logo: { ...logo, ...more } }),
      })
    expect(own({}).html).toMatch(/<img[^>]* alt="Lark"[^>]* height="32"/)
    expect(own({}).text).toMatch(/^Lark\n/)
    expect(own({ withName: true }).html).toMatch(/<img[^>]* alt=""[^>]* height="40"/)
    expect(own({ withName: true }).text).toMatch(/^Lark\n/)
    expect(own({}).text).not.toContain('l.png')
  })
})

describe('of one kind, a brand', () => {
  test('may say it in its own words, and leaves the other words alone', () => {
    const own = (locale: string) => mailOf('order_confirmation', { brand: exampleBrand, locale })
    expect(own('en').text).toContain('It’s yours. Enjoy the listening.\n\nDear Mara Lindqvist,')
    expect(own('en').text).toContain('Thank you for buying Field Recordings Vol. 2. Your payment')
    expect(own('en').subject).toBe('Your order: Field Recordings Vol. 2')
    expect(own('sv').text).toContain('Den är din. Trevlig lyssning!')
    expect(own('sv').text).toContain(languages.sv.words.order_confirmation.action)
    expect(own('de').text).toContain(languages.de.words.order_confirmation.title)
  })

  test('may send none', () => {
    expect(kinds.filter((kind) => isOff(exampleBrand, kind))).toEqual(['subscription_resumed'])
    expect(kinds.filter((kind) => isOff(createBrand(), kind))).toEqual([])
  })

  test('may have a template of its own', () => {
    const template: TemplateOf<'order_refunded'> = {
      Template: ({ refund }) => createElement('p', null, `Back: ${refund.value}`),
      subject: ({ product }) => `Money back for ${product}`,
    }
    const brand = createBrand({ kinds: { order_refunded: { template } } })
    const { html, text, subject } = mailOf('order_refunded', { brand })
    expect(html).toMatch(/<p>Back: 1500<\/p>$/)
    expect([text, subject]).toEqual(['Back: 1500', 'Money back for Field Recordings Vol. 2'])
    expect(mailOf('order_confirmation', { brand }).text).toContain('Thank you for your order')
  })

  test('may start it from a copy of ours, since none of ours leads back to the brand’s file', () => {
    const graph = graphOf(filesIn('emails'))
    const reached = new Set(kinds.map((kind) => `emails/${kind}.tsx`))
    for (const path of reached) for (const next of graph.get(path) ?? []) reached.add(next)
    expect(reached).toContain('emails/_kit/samples/standard.ts')
    expect(reached).not.toContain('emails/brand.ts')
  })
})
