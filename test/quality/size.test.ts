import { describe, expect, test } from 'vitest'
import { languages } from '../../emails/words/index.ts'
import {
  type AnyProps,
  emailOf,
  everyBranded,
  everyEmail,
  everyKind,
  everyLanguage,
  write,
} from './emails.ts'
import { renamed } from './hostile.ts'

/** Gmail cuts an email off here, and the footer with it. */
const CUT_OFF = 102 * 1024
const ORDINARY = 60 * 1024
const MANY = 300

const size = (html: string) => Buffer.byteLength(html)

const repeated = <T>(items: T[]): T[] =>
  items.length === 0 ? [] : Array.from({ length: MANY }, (_, at) => items[at % items.length] as T)

/** Three hundred lines on the receipt, and as many things that come with the product. */
const crowded = (props: AnyProps): AnyProps => {
  const own = { ...props }
  if ('benefits' in own) own.benefits = repeated(own.benefits)
  if ('order' in own && own.order && 'items' in own.order)
    Object.assign(own, { order: { ...own.order, items: repeated(own.order.items) } })
  return own
}

test.each(everyEmail)('$kind in $language, $variant, is far from being cut off', (sample) => {
  expect(size(emailOf(sample).html)).toBeLessThanOrEqual(ORDINARY)
})

describe.each([
  ['quotes, each of them six letters of HTML', `'"`.repeat(5000)],
  ['kanji, each of them three bytes', '録音'.repeat(5000)],
  ['faces, each of them eleven letters', '👩‍👩‍👧‍👦'.repeat(1000)],
])('with many things called by %s', (_what, name) => {
  test.each([...everyKind, ...everyBranded])(
    '$kind, $variant, is not cut off',
    ({ kind, props }) => {
      expect(size(write(kind, renamed(crowded(props), name)).html)).toBeLessThan(CUT_OFF)
    },
  )
})

const receipts = everyLanguage.filter(
  ({ props }) => 'order' in props && props.order && 'items' in props.order,
)

test.each(receipts)('$kind of three hundred lines in $language is not cut off', (sample) => {
  const { html, text } = write(sample.kind, crowded(sample.props))
  expect(size(html)).toBeLessThan(CUT_OFF)
  const { common } = languages[sample.language].words
  for (const part of [html, text]) {
    expect(part).toContain(common.moreItems(271, '271'))
    for (const words of [common.total, common.billedTo, common.invoiceAttached, common.overview])
      expect(part).toContain(words)
    expect(part.indexOf(common.invoiceAttached)).toBeGreaterThan(
      part.indexOf(common.moreItems(271, '271')),
    )
  }
})
