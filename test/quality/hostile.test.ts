import { describe, expect, test } from 'vitest'
import { clip, oneLine } from '../../emails/_kit/printable.ts'
import { everyLanguage, everyVariant, write } from './emails.ts'
import { names, namesIn, renamed } from './hostile.ts'
import { elementsOf, linksIn, preheaderOf } from './markup.ts'

const SHOWN = 90

const structure = (html: string) => elementsOf(html).map(({ name }) => name)
const hrefs = (html: string) => elementsOf(html).map(({ attributes }) => attributes.href)

describe.each(Object.entries(names))('a name made of %s', (_case, name) => {
  test.each(everyVariant)('changes nothing but words in $kind, $variant', ({ kind, props }) => {
    const { html, text, subject } = write(kind, renamed(props, name))
    const harmless = write(kind, renamed(props, 'Plain'))

    if (oneLine(name)) expect(structure(html)).toEqual(structure(harmless.html))
    expect(hrefs(html).filter(Boolean)).toEqual(hrefs(harmless.html).filter(Boolean))
    expect(linksIn(text)).toEqual(linksIn(harmless.text))
    expect(linksIn(subject + preheaderOf(html))).toEqual([])
    for (const part of [html, text, subject]) expect(part).not.toMatch(/\p{Cs}|[\u202a-\u202e]/u)
  })

  test.each(everyVariant)('leaves $kind, $variant, a subject of one line', ({ kind, props }) => {
    const { html, subject } = write(kind, renamed(props, name))
    expect(subject).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]{10,90}$/u)
    expect(subject).toBe(subject.trim())
    expect(preheaderOf(html).length).toBeLessThanOrEqual(SHOWN)
  })
})

test.each(everyKind.flatMap((sample) => languages.map((language) => inLanguage(sample, language))))(
  'a name that is too long leaves $kind its subject and preheader in $language',
  (sample) => {
    for (const name of [names['ten thousand characters'], names.emoji]) {
      const { subject, html } = write(sample.kind, renamed(sample.props, name))
      for (const line of [subject, preheaderOf(html)]) {
        expect(line).toMatch(/^\S.{4,}\S$/u)
        expect(line.length).toBeLessThanOrEqual(SHOWN)
      }
    }
  },
)

test('the samples have a name in every place that takes one', () => {
  const places = new Set(everyVariant.flatMap(({ props }) => namesIn(props)))
  expect([...places]).toEqual(
    expect.arrayContaining([
      ...['customerName', 'product', 'plan.name', 'before.name', 'nextPlan'],
      ...['order.number', 'order.items.label', 'order.discount.label'],
      ...['order.billingName', 'order.billingAddress'],
      ...['benefits.name', 'benefits.note', 'card.brand', 'card.last4'],
    ]),
  )
})

describe('a name that is too long', () => {
  test.each([
    ['Studio Plan', 20, 'Studio Plan'],
    ['Professional Field Recordings, Volume 2', 32, 'Professional Field Recordings…'],
    ['Donaudampfschifffahrtsgesellschaft', 12, 'Donaudampfs…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15, '👩‍👩‍👧‍👦…'],
  ])('%j in %d characters is %j', (name, limit, expected) => {
    expect(clip(name, limit)).toBe(expected)
  })
})
