import { describe, expect, test } from 'vitest'
import type { OrderItem } from '../../emails/index.ts'
import { emailOf, everyEmail, everyVariant, type Sample, write } from './emails.ts'
import { renamed } from './hostile.ts'

/** Gmail cuts an email off here, and the footer with it. */
const CUT_OFF = 102 * 1024
const ORDINARY = 60 * 1024

const size = (html: string) => Buffer.byteLength(html)

test.each(everyEmail)('$kind in $language, $variant, is far from being cut off', (sample) => {
  expect(size(emailOf(sample).html)).toBeLessThanOrEqual(ORDINARY)
})

const manyItems = ({ props }: Sample): OrderItem[] => {
  const items = 'order' in props && props.order && 'items' in props.order ? props.order.items : []
  return Array.from({ length: 30 }, (_, at) => items[at % items.length] as OrderItem)
}

/** Thirty lines on the receipt, and as many things that come with the product. */
const crowded = (sample: Sample): Sample => {
  const { props } = sample
  const own: Record<string, unknown> = { ...props }
  if ('order' in props && props.order && 'items' in props.order)
    own.order = { ...props.order, items: manyItems(sample) }
  if ('benefits' in props)
    own.benefits = Array.from({ length: 30 }, () => ({ name: 'Files', note: 'All of them' }))
  return { ...sample, props: own as Sample['props'] }
}

describe.each([
  ['letters', 'Long '.repeat(2000)],
  ['quotes, which HTML spells out', `'"&`.repeat(3400)],
  ['kanji, of three bytes each', '録音'.repeat(5000)],
])('names of ten thousand %s', (_what, name) => {
  test.each(everyVariant)('do not get $kind, $variant, cut off', (sample) => {
    const { kind, props } = crowded(sample)
    expect(size(write(kind, renamed(props, name)).html)).toBeLessThan(CUT_OFF)
  })
})
