// The terms under which a text is looked up.

import { describe, expect, test } from 'vitest'
import { termsNaming } from '../../src/messages/store.ts'

describe('a text', () => {
  test('that looks like an address is one, or a merchant’s own id', () => {
    expect(termsNaming('Ann@Example.com')).toEqual([
      ...['address:ann@example.com', 'external:Ann@Example.com'],
    ])
  })

  test('without an @ may be any id, and no address', () => {
    expect(termsNaming('id-1').toSorted()).toEqual([
      ...['customer:id-1', 'email:id-1', 'event:id-1', 'external:id-1', 'member:id-1'],
      ...['order:id-1', 'subscription:id-1'],
    ])
  })
})
