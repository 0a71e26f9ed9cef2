import { expect, test } from 'vitest'
import { checkEach, emailOf, everyEmail } from './emails.ts'
import { amountsIn, linksIn, preheaderOf, unresolved, visibleIn } from './markup.ts'

/** As much as an inbox shows of a subject or of what stands beside it. */
const SHOWN = 90

const squeezed = (text: string) => text.replace(/[\s\u200b-\u200d\ufeff]+/g, '')

test('every email has a subject and a preheader that are seen in full and say different things', () => {
  checkEach(everyEmail, (sample) => {
    const { subject, html } = emailOf(sample)
    const preheader = preheaderOf(html)
    for (const line of [subject, preheader]) {
      expect(line).toMatch(/^\S.{4,}\S$/u)
      expect(line).not.toMatch(/\p{Cc}| {2}/u)
      expect(line.length).toBeLessThanOrEqual(SHOWN)
      expect(line).not.toMatch(unresolved)
    }
    expect(preheader).not.toContain(subject)
    expect(subject).not.toContain(preheader)
  })
})

test('every email says the same in the text part, amounts and words', () => {
  checkEach(everyEmail, (sample) => {
    const { html, text } = emailOf(sample)
    expect(amountsIn(text).sort()).toEqual(amountsIn(visibleIn(html)).sort())
    const words = linksIn(text)
      .reduce((rest, link) => rest.replace(link, ''), text)
      .replace(/^- /gm, '') // before each thing of a list
    expect(squeezed(words)).toBe(squeezed(visibleIn(html)))
  })
})

test('every email leads to its action in the text part as well, before anything else', () => {
  checkEach(everyEmail, (sample) => {
    const { text } = emailOf(sample)
    expect(linksIn(text)[0]).toBe(sample.props.links.action)
    expect(linksIn(text)).toContain(sample.props.links.overview)
  })
})

test('every email leaves nothing unresolved, and no markup in the text part', () => {
  checkEach(everyEmail, (sample) => {
    const { html, text } = emailOf(sample)
    for (const part of [visibleIn(html), text]) expect(part).not.toMatch(unresolved)
    expect(text).not.toMatch(/<\/?[a-z!]|&#?\w+;|[\u200b\ufeff]/i)
  })
})
