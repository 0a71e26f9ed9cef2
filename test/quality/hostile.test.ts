import { beforeAll, describe, expect, test } from 'vitest'
import { clip, oneLine } from '../../emails/_kit/plain-text.ts'
import { kinds, type Rendered } from '../../emails/index.ts'
import { languages } from '../../emails/words/index.ts'
import { checkEach, everyLanguage, everyVariant, write } from './emails.ts'
import { names, namesIn, renamed } from './hostile.ts'
import { elementsOf, linksIn, preheaderAmong, preheaderOf } from './markup.ts'

const SHOWN = 90

/** A name that runs the other way has a mark of its own direction on either side, so that nothing around it moves. */
const withoutMarks = (text: string) => text.replace(/([\u200e\u200f])(\P{Bidi_Control}*)\1/u, '$2')

const read = ({ subject, html, text }: Rendered) => {
  const elements = elementsOf(html)
  return {
    parts: [subject, html, text],
    subject,
    preheader: preheaderAmong(elements),
    links: [...elements.flatMap(({ attributes }) => attributes.href ?? []), ...linksIn(text)],
    // A merchant's note keeps its lines; nothing else may change.
    structure: elements.map(({ name }) => name).filter((name) => name !== 'br'),
  }
}

const harmless = everyVariant.map((sample) => {
  const props = renamed(sample.props, 'Plain')
  return { ...sample, props, plain: read(write(sample.kind, props)) }
})

/** The variants of a kind share its sentences, so each variant but the standard one has every fourth name. */
const TURNS = 4

/** The standard email of each kind and some of its variants, in which everything is called `name`. */
const called = (name: string, turn: number) =>
  harmless
    .filter(({ variant }, at) => variant === 'standard' || at % TURNS === turn % TURNS)
    .map((sample) => ({ ...sample, email: read(write(sample.kind, renamed(sample.props, name))) }))

describe.each(Object.entries(names).map(([what, name], turn) => ({ what, name, turn })))(
  'a name made of $what',
  ({ name, turn }) => {
    let emails: ReturnType<typeof called>
    beforeAll(() => {
      emails = called(name, turn)
    })

    test('changes nothing but words', () => {
      checkEach(emails, ({ email, plain }) => {
        if (oneLine(name)) expect(email.structure).toEqual(plain.structure)
        expect(email.links).toEqual(plain.links)
        expect(linksIn(email.subject + email.preheader)).toEqual([])
        for (const part of email.parts) expect(part).not.toMatch(/\p{Cs}|[\u202a-\u202e]/u)
      })
    })

    test('leaves a subject of one line', () => {
      checkEach(emails, ({ email: { subject, preheader } }) => {
        expect(withoutMarks(subject)).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]{10,}$/u)
        expect(subject).toBe(subject.trim())
        for (const line of [subject, preheader]) expect(line.length).toBeLessThanOrEqual(SHOWN)
      })
    })
  },
)

/** One of the two for each kind and language, the other one in the next language and for the next kind. */
const tooLong = everyLanguage.map((sample) => {
  const at = kinds.indexOf(sample.kind) + Object.keys(languages).indexOf(sample.language)
  return { ...sample, name: at % 2 ? names.emoji : names['ten thousand characters'] }
})

test('a name that is too long leaves every kind its subject in every language', () => {
  checkEach(tooLong, ({ kind, props, name }) => {
    const { subject, html } = write(kind, renamed(props, name))
    for (const line of [subject, preheaderOf(html)]) {
      expect(line).toMatch(/^\S.{4,}\S$/u)
      expect(line.length).toBeLessThanOrEqual(SHOWN)
    }
  })
})

test('the samples have a name in every place that takes one', () => {
  const places = new Set(everyVariant.flatMap(({ props }) => namesIn(props)))
  expect([...places].sort()).toEqual(
    [
      ...['customerName', 'product', 'plan.name', 'before.name', 'nextPlan', 'plans'],
      ...['order.number', 'owed.number', 'order.items.label', 'order.discount.label'],
      'order.billingName',
      ...['line1', 'line2', 'postalCode', 'city', 'state', 'country'].map(
        (part) => `order.billingAddress.${part}`,
      ),
      ...['benefits.name', 'benefits.note', 'card.brand', 'card.last4', 'country'],
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
