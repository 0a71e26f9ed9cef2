import { describe, expect, test } from 'vitest'
import { clip, oneLine } from '../../emails/_kit/printable.ts'
import { type AnyProps, kinds, mailOf, preheaderOf, variantsOf } from './mail.ts'

const names = {
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a closing style and title': '</style></title><h1>Owned</h1>',
  quotes: `"><a href="https://evil.example.com">'click'</a>`,
  'nested links': 'http:http:////evil.example.com \u202ehttps:/\u200b/evil.example.com',
  'line breaks': 'Plan\r\nBcc: everyone@example.com\n\nPay at once\u2028here\u0000\u0007',
  'bidi controls': 'Plan \u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c',
  'an entity': '&lt;script&gt; &amp; &#x3C;b&#x3E;',
  'half a character': 'Plan \ud83d',
  'ten thousand characters': 'Long '.repeat(2000),
  emoji: '👩‍👩‍👧‍👦'.repeat(40),
  'invisible characters only': '\u200b\u202e\u2060',
}

/** The same props with every string that comes from outside replaced, dates and currency apart. */
const renamed = (props: AnyProps, name: string): AnyProps => {
  const from = structuredClone({ ...props, brand: null }) as Record<string, unknown>
  const own = { ...from, customerName: name, brand: props.brand }
  if ('product' in own) own.product = name
  if ('plan' in props) Object.assign(own, { plan: { ...props.plan, name } })
  if ('order' in props) {
    const items = props.order.items.map((item) => ({ ...item, label: name }))
    const discount = { label: name, amount: 100 }
    const billing = { billingName: name, billingAddress: [name, name], number: name }
    Object.assign(own, { order: { ...props.order, items, discount, ...billing } })
  }
  return own as AnyProps
}

const standard = (kind: (typeof kinds)[number]) => {
  const found = variantsOf(kind).find(([name]) => name === 'standard')
  if (!found) throw new Error(`no standard variant of ${kind}`)
  return found[1]
}

const tags = (html: string) => (html.match(/<[a-z!/][^\s>]*/gi) ?? []).join('')

describe.each(kinds)('%s with a name made of', (kind) => {
  test.each(Object.entries(names))(
    '%s keeps its structure, subject and size',
    async (_case, name) => {
      const props = renamed(standard(kind), name)
      const { html, text, subject } = await mailOf(kind, props)
      const harmless = await mailOf(kind, renamed(standard(kind), 'Plain'))

      if (oneLine(name)) expect(tags(html)).toBe(tags(harmless.html))
      for (const part of [html, text, subject]) expect(part).not.toMatch(/\p{Cs}|[\u202a-\u202e]/u)
      expect(subject).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]{10,90}$/u)
      expect(subject).toBe(subject.trim())
      expect(preheaderOf(html).length).toBeLessThanOrEqual(90)
      expect(Buffer.byteLength(html)).toBeLessThan(60_000)
      expect(text.match(/https?:\/\/\S+/)?.[0]).toBe(props.links.action)
    },
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
