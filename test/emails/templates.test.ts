import { describe, expect, test } from 'vitest'
import { amountsIn, everyVariant, mailOf, preheaderOf, visible } from './mail.ts'

const links = (text: string): string[] => text.match(/https?:\/\/\S+/g) ?? []
const count = (html: string, pattern: RegExp) => html.match(pattern)?.length ?? 0

describe.each(everyVariant)('$kind, $name', ({ kind, props }) => {
  const mail = mailOf(kind, props)

  test('has a subject of one line that an inbox shows in full', async () => {
    const { subject } = await mail
    expect(subject).toMatch(/^\S.{8,}\S$/u)
    expect(subject).not.toMatch(/\p{Cc}|\p{Bidi_Control}| {2}/u)
    expect(subject.length).toBeLessThanOrEqual(90)
  })

  test('has a preheader that adds to the subject and fits beside it', async () => {
    const { html, subject } = await mail
    const preheader = preheaderOf(html)
    expect(preheader.length).toBeGreaterThan(20)
    expect(preheader.length).toBeLessThanOrEqual(90)
    expect(preheader).toMatch(/\.$/) // nothing cut off
    expect(preheader).not.toContain(subject)
    expect(subject).not.toContain(preheader)
  })

  test('says its language, direction and colour schemes to every client', async () => {
    const { html } = await mail
    expect(html).toMatch(/<html[^>]* dir="ltr" lang="en-US"/)
    expect(html).toMatch(/<body[^>]* dir="ltr" lang="en-US"/)
    for (const meta of ['viewport', 'color-scheme', 'supported-color-schemes', 'format-detection'])
      expect(html).toContain(`name="${meta}"`)
    expect(html).toContain('.page > table') // the style sheet arrives unescaped
  })

  test('has one headline, row headings, and names every image', async () => {
    const { html } = await mail
    expect(count(html, /<h1/g)).toBe(1)
    expect(count(html, /<th[^>]* scope="(row|col)"/g)).toBe(count(html, /<th[ >]/g))
    expect(count(html, /<table[^>]* role="presentation"/g)).toBe(
      count(html, /<table/g) - count(html, /<table[^>]*data-text-format/g),
    )
    expect(html).not.toMatch(/<img(?![^>]* alt="[^"]+")/)
  })

  test('leads to its action first and to the overview second', async () => {
    const { html, text } = await mail
    const hrefs = [...html.matchAll(/<a[^>]* href="([^"]+)"/g)].map(([, href]) => href)
    expect(hrefs.slice(0, 2)).toEqual([props.links.action, props.links.overview])
    expect(links(text).slice(0, 2)).toEqual([props.links.action, props.links.overview])
    expect(new Set(links(text)).size).toBe(links(text).length)
    expect(text).toMatch(new RegExp(`^${props.links.action}$`, 'm'))
  })

  test('shows no address of a link on the page', async () => {
    expect(visible((await mail).html)).not.toMatch(/https?:/)
  })

  test('says the same amounts in both parts', async () => {
    const { html, text } = await mail
    expect(amountsIn(text).sort()).toEqual(amountsIn(visible(html)).sort())
  })

  test('leaves nothing unresolved', async () => {
    const { html, text, subject } = await mail
    const unresolved = /undefined|NaN|Invalid Date|\[object|\bnull\b/
    for (const part of [visible(html), text, subject]) expect(part).not.toMatch(unresolved)
  })

  test('keeps the preheader and its padding out of the text', async () => {
    const { text } = await mail
    expect(text.startsWith(`${props.brand.name}\n`)).toBe(true)
    expect(text).not.toMatch(/[\u200b-\u200d\ufeff]/)
  })

  test('names the seller', async () => {
    const { html, text } = await mail
    for (const part of [html, text])
      expect(part).toContain(`Sold by Polar Software, Inc., reseller and merchant of record for`)
  })

  test('is far below the size at which Gmail cuts an email off', async () => {
    expect(Buffer.byteLength((await mail).html)).toBeLessThan(60_000)
  })
})
