import { describe, expect, test } from 'vitest'
import { emailOf, everyEmail } from './emails.ts'
import { type Element, elementsOf, hiddenAmong, isWithin } from './markup.ts'

const directions: Record<string, string> = { ar: 'rtl' }

const within = (elements: Element[], table: Element, name: string) =>
  elements.filter(
    (element) =>
      element.name === name && element.ancestors.findLast(({ name }) => name === 'table') === table,
  )

describe.each(everyEmail)('$kind in $language, $variant', (sample) => {
  let parsed: Element[] | undefined
  const elements = () => {
    parsed ??= elementsOf(emailOf(sample).html)
    return parsed
  }
  const named = (name: string) => elements().filter((element) => element.name === name)

  test('says its language and direction, also to a client that keeps no html element', () => {
    const first = elements().find(({ ancestors }) => ancestors.at(-1)?.name === 'body')
    for (const element of [named('html')[0], first]) {
      expect(element?.attributes.lang).toMatch(new RegExp(`^${sample.language}(-[A-Z]{2})?$`))
      expect(element?.attributes.dir).toBe(directions[sample.language] ?? 'ltr')
    }
  })

  test('says how it wants to be shown, and by what name', () => {
    const metas = named('meta').map(({ attributes }) => attributes.name)
    expect(metas).toEqual(
      expect.arrayContaining([
        ...['viewport', 'color-scheme', 'supported-color-schemes', 'format-detection'],
      ]),
    )
    expect(named('title').map(({ text }) => text)).toEqual([emailOf(sample).subject])
  })

  test('has one headline, and every smaller one stands below it', () => {
    const headings = elements().filter(({ name }) => /^h[1-6]$/.test(name))
    expect(headings.map(({ name }) => name)).toEqual(['h1', ...headings.slice(1).map(() => 'h2')])
  })

  test('names every image, and every link has words', () => {
    for (const { attributes, ancestors } of named('img')) {
      expect(attributes).toHaveProperty('alt')
      const isLogo = /\blogo\b/.test(attributes.class ?? '')
      if (isLogo || ancestors.some(({ name }) => name === 'a')) expect(attributes.alt).not.toBe('')
    }
  })

  test('tells tables that are for the eye from tables that say something', () => {
    const all = elements()
    for (const table of all.filter(({ name }) => name === 'table')) {
      const headings = within(all, table, 'th')
      if (table.attributes.role === 'presentation') expect(headings).toEqual([])
      else expect(headings.length).toBeGreaterThan(0)
      for (const { attributes } of headings) expect(attributes.scope).toMatch(/^(row|col)$/)
    }
  })

  test('hides nothing but its preheader', () => {
    const hidden = hiddenAmong(elements())
    expect(hidden).toHaveLength(1)
    expect(
      elements().filter((element) => isWithin(element, 'body') && element.text.trim())[0],
    ).toEqual(hidden[0])
  })
})
