import { describe, expect, test } from 'vitest'
import { clip, oneLine } from '../../emails/_kit/printable.ts'
import { type Kind, kinds, type Rendered } from '../../emails/index.ts'
import { emailOf, everyLanguage, everyVariant, type Sample, write } from './emails.ts'
import { names, namesIn, renamed } from './hostile.ts'
import { elementsOf, linksIn, preheaderOf } from './markup.ts'

const SHOWN = 90

/** A merchant's note keeps its lines; nothing else may change. */
const structure = (html: string) =>
  elementsOf(html)
    .map(({ name }) => name)
    .filter((name) => name !== 'br')
const hrefs = (html: string) => elementsOf(html).flatMap(({ attributes }) => attributes.href ?? [])

const harmless: Sample[] = everyVariant.map((sample) => ({
  ...sample,
  props: renamed(sample.props, 'Plain'),
}))

type Called = Rendered & { plain: Rendered }
const written = new Map<string, Called[]>()

/** Every variant of a kind in which everything is called `name`, each beside the same of a harmless name. */
const called = (kind: Kind, name: string): Called[] => {
  const key = `${kind} ${name}`
  const emails =
    written.get(key) ??
    harmless
      .filter((sample) => sample.kind === kind)
      .map((sample) => ({
        ...write(kind, renamed(sample.props, name)),
        plain: emailOf(sample),
      }))
  written.set(key, emails)
  return emails
}

describe.each(Object.entries(names))('a name made of %s', (_case, name) => {
  test.each(kinds)('changes nothing but words in %s', (kind) => {
    for (const { html, text, subject, plain } of called(kind, name)) {
      if (oneLine(name)) expect(structure(html)).toEqual(structure(plain.html))
      expect(hrefs(html)).toEqual(hrefs(plain.html))
      expect(linksIn(text)).toEqual(linksIn(plain.text))
      expect(linksIn(subject + preheaderOf(html))).toEqual([])
      for (const part of [html, text, subject]) expect(part).not.toMatch(/\p{Cs}|[\u202a-\u202e]/u)
    }
  })

  test.each(kinds)('leaves %s a subject of one line', (kind) => {
    for (const { subject, html } of called(kind, name)) {
      expect(subject).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]{10,90}$/u)
      expect(subject).toBe(subject.trim())
      expect(preheaderOf(html).length).toBeLessThanOrEqual(SHOWN)
    }
  })
})

test.each(everyLanguage)(
  'names that are too long leave $kind in $language its subject',
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
  expect([...places].sort()).toEqual(
    [
      ...['customerName', 'product', 'plan.name', 'before.name', 'nextPlan'],
      ...['order.number', 'order.items.label', 'order.discount.label'],
      ...['order.billingName', 'order.billingAddress'],
      ...['benefits.name', 'benefits.note', 'card.brand', 'card.last4'],
    ].sort(),
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
