import { expect, test } from 'vitest'
import { languages } from '../../emails/words/index.ts'
import {
  type AnyProps,
  checkEach,
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

/** Lines of a receipt, and things that come with a product. An email shows thirty of each at most, and the number of the others. */
const MANY = 300
const MORE_THAN_SHOWN = 40

const size = (html: string) => Buffer.byteLength(html)

const repeated = <T>(items: T[], times: number): T[] =>
  items.length === 0 ? [] : Array.from({ length: times }, (_, at) => items[at % items.length] as T)

/** So many lines on the receipt, and as many things that come with the product. */
const crowded = (props: AnyProps, times: number): AnyProps => {
  const own = { ...props }
  if ('benefits' in own) own.benefits = repeated(own.benefits, times)
  if ('order' in own && own.order && 'items' in own.order)
    Object.assign(own, { order: { ...own.order, items: repeated(own.order.items, times) } })
  return own
}

test('every email is far from being cut off', () => {
  checkEach(everyEmail, (sample) => {
    expect(size(emailOf(sample).html)).toBeLessThanOrEqual(ORDINARY)
  })
})

test.each([
  ['quotes, each of them six letters of HTML', `'"`.repeat(5000)],
  ['kanji, each of them three bytes', '録音'.repeat(5000)],
  ['faces, each of them eleven letters', '👩‍👩‍👧‍👦'.repeat(1000)],
])('no email with many things called by %s is cut off', (_what, name) => {
  checkEach([...everyKind, ...everyBranded], ({ kind, props }) => {
    const crowdedProps = crowded(props, MORE_THAN_SHOWN)
    expect(size(write(kind, renamed(crowdedProps, name)).html)).toBeLessThan(CUT_OFF)
  })
})

const receipts = everyLanguage.filter(
  ({ props }) => 'order' in props && props.order && 'items' in props.order,
)

test('no receipt of three hundred lines is cut off', () => {
  checkEach(receipts, (sample) => {
    const { html, text } = write(sample.kind, crowded(sample.props, MANY))
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
})
