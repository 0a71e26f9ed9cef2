// Names that somebody may have chosen with bad intent, and props in which everything is called that.

import type { AnyProps } from './emails.ts'

export const names = {
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a closing style, title and comment': '</style></title>--><!--<![endif]--><h1>Owned</h1>',
  quotes: `"><a href="https://evil.example.com">'click'</a>`,
  'nested links': 'http:http:////evil.example.com \u202ehttps:/\u200b/evil.example.com',
  'line breaks': 'Plan\r\nBcc: everyone@example.com\n\nPay at once\u2028here\u0000\u0007',
  'bidi controls': 'Plan \u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c',
  'letters that run the other way': 'باقة الاستوديو '.repeat(20),
  'an entity': '&lt;script&gt; &amp; &#x3C;b&#x3E;',
  placeholders: "{{name}} {name} %s $& $1 $'",
  'half a character': 'Plan \ud83d',
  'ten thousand characters': 'Long '.repeat(2000),
  emoji: '👩‍👩‍👧‍👦'.repeat(40),
  'invisible characters only': '\u200b\u202e\u2060',
  'a domain': 'evil-pay.com/claim',
  'a domain with other dots': 'evil\uff0ecom evil\u3002net evil\uff61org evil\u2024io',
  'a domain with something invisible in it': 'ev\u{e0041}il.c\u200do\u00adm',
  'an address of mail': 'Write to win@evil.com or mailto:win@evil',
  'an address of a machine': '203.0.113.7/claim or 2001:db8::7',
  'telephone numbers': 'Call +1 888 555 0199, (888) 555-0199 or 1-800-EVIL-PAY',
  'a megabyte of letters': 'a'.repeat(1_000_000),
}

/** Texts that no customer and no product name can change: ours, or the merchant's configuration. */
const OURS = new Set(['brand', 'links', 'locale', 'preview'])

/** Strings that are one of a few words, an id or a currency; Postern refuses any other before it writes. */
const FIXED = new Set(
  'currency interval of decline invoice change because state id nextProductId access card course'.split(
    ' ',
  ),
)

/** The state of an address is typed by a customer. */
const isFixed = (path: string) =>
  path !== 'order.billingAddress.state' && FIXED.has(path.split('.').at(-1) ?? '')

const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}T/.test(text)

type Change = (text: string, path: string) => string

const changed = (value: unknown, path: string, change: Change): unknown => {
  if (typeof value === 'string') return isInstant(value) ? value : change(value, path)
  if (Array.isArray(value)) return value.map((inner) => changed(inner, path, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const own = `${path}.${key}`
      return [key, typeof inner === 'string' && isFixed(own) ? inner : changed(inner, own, change)]
    }),
  )
}

const withNames = (props: AnyProps, change: Change): AnyProps =>
  Object.fromEntries(
    Object.entries(props).map(([key, value]) => [
      key,
      OURS.has(key) || (typeof value === 'string' && isFixed(key))
        ? value
        : changed(value, key, change),
    ]),
  ) as AnyProps

/** The same props with everything that has a name called `name`. */
export const renamed = (props: AnyProps, name: string): AnyProps => withNames(props, () => name)

/** Where the props hold a name: `plan.name`, `order.items.label`. */
export const namesIn = (props: AnyProps): string[] => {
  const paths = new Set<string>()
  withNames(props, (text, path) => {
    paths.add(path)
    return text
  })
  return [...paths]
}
