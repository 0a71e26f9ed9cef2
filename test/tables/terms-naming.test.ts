// The terms under which a text is looked up.

import { describe, expect, test } from 'vitest'
import { termsNaming } from '../../src/messages/store.ts'

describe('a text', () => {
  test('that looks like an address is one, or a merchant’s own id', () => {
    expect(termsNaming('Ann@Example.com')).toEqual([
      ...['address:ann@example.com', 'external:Ann@Example.com'],
    ])
  })

  test('without an @ may be any id or an invoice number, and no address', () => {
    expect(termsNaming('ID-1').toSorted()).toEqual([
      ...['customer:ID-1', 'email:ID-1', 'external:ID-1', 'invoice:id-1', 'member:ID-1'],
      ...['order:ID-1', 'subscription:ID-1'],
    ])
  })
})
