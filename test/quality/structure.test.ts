import { expect, test } from 'vitest'
import { checkEach, emailOf, everyEmail, type Sample } from './emails.ts'
import { type Element, elementsOf, hiddenAmong, isWithin } from './markup.ts'

const directions: Record<string, string> = { ar: 'rtl' }

const within = (elements: Element[], table: Element, name: string) =>
  elements.filter(
    (element) =>
      element.name === name && element.ancestors.findLast(({ name }) => name === 'table') === table,
  )

const parsed = new WeakMap<Sample, Element[]>()

const elementsIn = (sample: Sample): Element[] => {
  const elements = parsed.get(sample) ?? elementsOf(emailOf(sample).html)
  parsed.set(sample, elements)
  return elements
}

const named = (sample: Sample, name: string) =>
  elementsIn(sample).filter((element) => element.name === name)

test('every email says its language and direction, also to a client that keeps no html element', () => {
  checkEach(everyEmail, (sample) => {
    const first = elementsIn(sample).find(({ ancestors }) => ancestors.at(-1)?.name === 'body')
    for (const element of [named(sample, 'html')[0], first]) {
      expect(element?.attributes.lang).toMatch(new RegExp(`^${sample.language}(-[A-Z]{2})?$`))
      expect(element?.attributes.dir).toBe(directions[sample.language] ?? 'ltr')
    }
  })
})

test('every email says how it wants to be shown, and by what name', () => {
  checkEach(everyEmail, (sample) => {
    const metas = named(sample, 'meta').map(({ attributes }) => attributes.name)
    expect(metas).toEqual(
      expect.arrayContaining([
        ...['viewport', 'color-scheme', 'supported-color-schemes', 'format-detection'],
      ]),
    )
    expect(named(sample, 'title').map(({ text }) => text)).toEqual([emailOf(sample).subject])
  })
})

test('every email has one headline, and every smaller one stands below it', () => {
  checkEach(everyEmail, (sample) => {
    const headings = elementsIn(sample).filter(({ name }) => /^h[1-6]$/.test(name))
    expect(headings.map(({ name }) => name)).toEqual(['h1', ...headings.slice(1).map(() => 'h2')])
  })
})

test('every email names every image, and every link has words', () => {
  checkEach(everyEmail, (sample) => {
    for (const { attributes, ancestors } of named(sample, 'img')) {
      expect(attributes).toHaveProperty('alt')
      const isLogo = /\blogo\b/.test(attributes.class ?? '')
      if (isLogo || ancestors.some(({ name }) => name === 'a')) expect(attributes.alt).not.toBe('')
    }
  })
})

test('every email tells tables that are for the eye from tables that say something', () => {
  checkEach(everyEmail, (sample) => {
    const all = elementsIn(sample)
    for (const table of all.filter(({ name }) => name === 'table')) {
      const headings = within(all, table, 'th')
      if (table.attributes.role === 'presentation') expect(headings).toEqual([])
      else expect(headings.length).toBeGreaterThan(0)
      for (const { attributes } of headings) expect(attributes.scope).toMatch(/^(row|col)$/)
    }
  })
})

test('every email hides nothing but its preheader', () => {
  checkEach(everyEmail, (sample) => {
    const hidden = hiddenAmong(elementsIn(sample))
    expect(hidden).toHaveLength(1)
    expect(
      elementsIn(sample).filter((element) => isWithin(element, 'body') && element.text.trim())[0],
    ).toEqual(hidden[0])
  })
})
