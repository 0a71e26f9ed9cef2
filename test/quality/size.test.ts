import { describe, expect, test } from 'vitest'
import { type AnyProps, emailOf, everyBranded, everyEmail, everyKind, write } from './emails.ts'
import { renamed } from './hostile.ts'

/** Gmail cuts an email off here, and the footer with it. */
const CUT_OFF = 102 * 1024
const ORDINARY = 60 * 1024
const MANY = 30

const size = (html: string) => Buffer.byteLength(html)

const repeated = <T>(items: T[]): T[] =>
  items.length === 0 ? [] : Array.from({ length: MANY }, (_, at) => items[at % items.length] as T)

/** Thirty lines on the receipt, and thirty things that come with the product. */
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
