import { describe, expect, test } from 'vitest'
import { type Kind, type PropsOf, polarToggles } from '../../emails/index.ts'
import { type AnyProps, everyKind, mailOf, preheaderOf } from './mail.ts'

const links = (text: string): string[] => text.match(/https?:\/\/\S+/g) ?? []

const nameless = (props: AnyProps): Partial<PropsOf[Kind]> => ({
  ...('product' in props && { product: '' }),
  ...('plan' in props && { plan: { ...props.plan, name: '' } }),
  ...('plans' in props && { plans: [''] }),
  customerName: null,
})

describe.each(everyKind)('$kind', ({ kind, props }) => {
  const { html, text, subject } = mailOf(kind)

  test('leads to its action first and to the overview second, and nowhere else', () => {
    const hrefs = [...html.matchAll(/ href="([^"]+)"/g)].map(([, href]) => href)
    expect(hrefs).toEqual([props.links.action, props.links.overview])
    expect(links(text)).toEqual(hrefs)
    expect(text).toMatch(new RegExp(`^${props.links.action}$`, 'm'))
  })

  test('names the seller', () => {
    for (const part of [html, text])
      expect(part).toContain('Sold by Polar Software, Inc., reseller and merchant of record for')
  })

  test('keeps the preheader out of the text', () => {
    expect(text.startsWith(`${props.brand.name}\n`)).toBe(true)
    expect(text).not.toMatch(/[\u200b-\u200d\ufeff]/)
    expect(preheaderOf(html)).toMatch(/^\S.{10,88}\.$/)
  })

  test('takes the brand’s name where a name is missing, and greets somebody without one', () => {
    const mail = mailOf(kind, nameless(props))
    expect(mail.text).toContain('\nHello,\n')
    for (const part of [mail.text, mail.subject]) expect(part).not.toMatch(/ {2}[a-z]| [.,]|Hi /)
    if ('plans' in props) expect(mail.text).toContain(`for your ${props.brand.name} subscription.`)
    if ('plan' in props) expect(mail.subject).not.toBe(subject)
  })

  test('says in a preview only what it is, and in the scheme that is asked for', () => {
    const note = 'Replaces nothing'
    const shown = mailOf(kind, { preview: { note, scheme: 'dark' } } as Partial<PropsOf[Kind]>)
    expect(shown.html).toContain(`>${note}</div>`)
    expect(shown.html).not.toContain('prefers-color-scheme')
    expect(shown.text).toBe(text)
    expect(html).toContain('prefers-color-scheme: dark')
  })

  test('knows its switch at Polar', () => {
    expect(polarToggles[kind] ?? 'none').toMatch(/^[a-z_]+$/)
  })
})

test('an email that cannot be written throws', () => {
  expect(() => mailOf('subscription_revoked', { endedAt: 'yesterday' })).toThrow(RangeError)
})
