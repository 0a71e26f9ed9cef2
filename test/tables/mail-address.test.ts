// Addresses: the form in which they are mailed, those that cannot be mailed, and those that are
// equal.

import { describe, expect, test } from 'vitest'
import { addressHash, comparableAddress, mailAddress } from '../../src/runtime/address.ts'

describe('an address', () => {
  test.each([
    ['mara@example.com', 'mara@example.com'],
    [' mara@example.com ', 'mara@example.com'],
    ['Mara.Lind+postern@Example.COM', 'Mara.Lind+postern@example.com'],
    ["o'brien_{x}!#$%&*/=?^`|~-@example.com", "o'brien_{x}!#$%&*/=?^`|~-@example.com"],
    ['mara@bücher.example', 'mara@xn--bcher-kva.example'],
    ['mara@BÜCHER.example', 'mara@xn--bcher-kva.example'],
    ['mara@xn--bcher-kva.example', 'mara@xn--bcher-kva.example'],
    ['mara@例え.jp', 'mara@xn--r8jz45g.jp'],
    ['mara@例え。jp', 'mara@xn--r8jz45g.jp'],
    ['mara@straße.de', 'mara@xn--strae-oqa.de'],
    ['mara@موقع.شبكة', 'mara@xn--4gbrim.xn--ngbc5azd'],
    ['mara@mail.co.uk', 'mara@mail.co.uk'],
    ['1@1.fm', '1@1.fm'],
  ])('%j is mailed as %j', (address, mailed) => {
    expect(mailAddress(address)).toBe(mailed)
    expect(mailAddress(mailed)).toBe(mailed)
  })

  test.each([
    '',
    ' ',
    '@',
    'mara',
    'mara@',
    '@example.com',
    'mära@example.com',
    '山田@example.com',
    '"mara"@example.com',
    '"mara lind"@example.com',
    'mara lind@example.com',
    '.mara@example.com',
    'mara.@example.com',
    'ma..ra@example.com',
    'mara@example.com.',
    'mara@.example.com',
    'mara@example..com',
    'mara@example',
    'mara@localhost',
    'a@example.com,b@example.com',
    'a@example.com;b@example.com',
    'a@b@example.com',
    'Mara <mara@example.com>',
    'mara@example.com\n',
    'mara@example.com\r\nBcc: all@example.com',
    'ma\nra@example.com',
    'mara\u0000@example.com',
    'mara@exa\u00admple.com',
    'mara@exa\u200bmple.com',
    'mara@ex%61mple.com',
    'mara@exa_mple.com',
    'mara@-example.com',
    'mara@example-.com',
    'mara@[203.0.113.7]',
    'mara@203.0.113.7',
    'mara@0x7f.1',
    'mara@example.com/x',
    'mara@example.com?x',
    'mara@example.com#x',
    'mara@example.com\\x',
    'mara@example.com:25',
    'mara@xn--a.com',
    'mara@xn--a-ecp.ru',
    'mara@xn--.com',
    'mara@example.c',
    `${'a'.repeat(65)}@example.com`,
    `mara@${'a'.repeat(64)}.com`,
    `mara@${'a.'.repeat(130)}com`,
  ])('that no mail server accepts cannot be mailed: %j', (address) => {
    expect(mailAddress(address)).toBeNull()
  })

  test.each(['a', '@', '.', ' ', 'a.', '%'])(
    'of a megabyte cannot be mailed, and is compared all the same: of %j',
    (piece) => {
      const address = `${piece.repeat(1_000_000 / piece.length)}@example.com`
      expect(mailAddress(address)).toBeNull()
      expect(addressHash(address)).toMatch(/^[\w-]{43}$/)
    },
  )

  test.each([
    ['MARA@EXAMPLE.COM', ' mara@example.com '],
    ['mara@bücher.example', 'Mara@xn--bcher-kva.example'],
    ['mara@bücher.example', 'mara@BÜCHER.EXAMPLE'],
    ['Mära@example.com', 'mära@EXAMPLE.com'],
  ])('%j is the same as %j', (one, other) => {
    expect(comparableAddress(one)).toBe(comparableAddress(other))
    expect(addressHash(one)).toBe(addressHash(other))
  })

  test.each([
    ['mara+1@example.com', 'mara@example.com'],
    ['mara@bucher.example', 'mara@bücher.example'],
    ['', 'mara@example.com'],
  ])('%j is not the same as %j', (one, other) => {
    expect(addressHash(one)).not.toBe(addressHash(other))
  })
})
