import { expect, test } from 'vitest'
import { scrub } from '../../src/runtime/scrub.ts'

test.each([
  [
    'to your own email address (owner@larkspur.example.com). To send',
    'to your own email address (…). To send',
  ],
  ['to <ann.lee+x@example.com>, Bob <bob@example.com>', 'to <…>, Bob <…>'],
  ['to="mara@example.com" and `ben@example.com`', 'to="…" and `…`'],
  ['the address "mara lee"@example.com is wrong', 'the address … is wrong'],
  ['änne@bücher.example, 愛子@例え.jp', '…, …'],
  ['to:mara@localhost;ben@example.com', 'to:…;…'],
  ['the key re_AbCdEfGh_0123456789 is invalid', 'the key … is invalid'],
  ['polar_oat_0123456789abc and whsec_MfKQ9r8GKYqrTwjU/+=', '… and …'],
  ['two\nlines  and\ttabs ', 'two lines and tabs'],
  [
    'The larkspur.example.com domain is not verified.',
    'The larkspur.example.com domain is not verified.',
  ],
])('words of others lose every address and key: %j', (words, expected) => {
  expect(scrub(words)).toBe(expected)
})

test('words of others are cut where they are too long', () => {
  expect(scrub('a'.repeat(500))).toHaveLength(200)
  expect(scrub('a'.repeat(500), 120)).toHaveLength(120)
})
