import { hkdfSync, randomBytes } from 'node:crypto'
import { aessiv } from '@noble/ciphers/aes.js'
import { describe, expect, test } from 'vitest'
import type { Claims, Target } from '../../src/links/link.ts'
import { createTokens } from '../../src/links/token.ts'

const CUSTOMER = '9dfb369b-ab13-4fae-a276-55daa05f1119'
const MEMBER = '9efd9ce2-054a-408a-bc22-ca48e8f8746d'
const ORDER = 'f08db22f-d293-456a-b170-fab23d90fbac'

const generation = (change: Partial<Claims> = {}): Claims => ({
  recordId: 'abcdefghijklmn-_12345Q',
  customerId: CUSTOMER,
  memberId: MEMBER,
  target: `order:${ORDER}`,
  createdAt: 1_794_000_000,
  ...change,
})

const [first, second, stranger] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [
  Buffer,
  Buffer,
  Buffer,
]
const tokens = createTokens([first])
const token = tokens.sign(generation())

const bytesOf = (text: string) => Buffer.from(text.slice('pstn_'.length, -1), 'base64url')
const tokenOf = (bytes: Buffer) => `pstn_${bytes.toString('base64url')}A`

describe('a token', () => {
  test('is the same for the same link, in every process that has the secret', () => {
    expect(tokens.sign(generation())).toBe(token)
    expect(createTokens([Buffer.from(first)]).sign({ ...generation() })).toBe(token)
  })

  test.each([
    ['another link', { recordId: 'abcdefghijklmn-_1234AQ' }],
    ['another customer', { customerId: '9dfb369b-ab13-4fae-a276-55daa05f1118' }],
    ['another member', { memberId: null }],
    ['another target', { target: 'payment' as const }],
    ['another time', { createdAt: 1_794_000_001 }],
  ])('differs for %s, from its tenth character on', (_, change) => {
    const other = tokens.sign(generation(change))
    expect(other.slice(9, 30)).not.toBe(token.slice(9, 30))
  })

  test('fits into 160 characters of a URL for a customer, a member and an order', () => {
    expect(token).toMatch(/^pstn_[\w-]+[A-Za-z0-9]$/)
    expect(token.length).toBeLessThanOrEqual(160)
  })

  test.each<[string, Partial<Claims>]>([
    ['all ids', {}],
    ['no member', { memberId: null }],
    ['the overview', { target: 'overview' }],
    ['a payment', { target: 'payment' }],
    ['a subscription', { target: `subscription:${ORDER}` }],
    ['ids that are no UUIDs', { customerId: 'cus_42', memberId: 'm', target: 'order:A-7/ü:8' }],
    ['a UUID in capitals', { customerId: CUSTOMER.toUpperCase() }],
    ['a UUID without hyphens', { customerId: CUSTOMER.replaceAll('-', ''), memberId: null }],
    ['the last second that fits', { createdAt: 0xffffffff }],
  ])('returns the signed claims: %s', (_, change) => {
    expect(tokens.verify(tokens.sign(generation(change)))).toEqual(generation(change))
  })

  test('ends in a letter, which mail clients keep as a part of the link', () => {
    for (let createdAt = 0; createdAt < 300; createdAt++)
      expect(tokens.sign(generation({ createdAt }))).toMatch(/A$/)
  })

  test('is AES-SIV as in RFC 5297, so other software with the keys can open it', () => {
    const [head, sealed] = [bytesOf(token).subarray(0, 3), bytesOf(token).subarray(3)]
    const purpose = 'postern link token aes-siv v1'
    const key = Buffer.from(hkdfSync('sha256', first, Buffer.alloc(0), purpose, 64))
    const opened = Buffer.from(aessiv(key, head).decrypt(sealed))
    expect(opened.subarray(0, 16).toString('base64url')).toBe(generation().recordId)
    // Version and key id are authenticated with it.
    expect(() => aessiv(key, Buffer.from([9, 9, 9])).decrypt(sealed)).toThrow()
  })

  test('shows no id, in any spelling', () => {
    const inside = bytesOf(token)
    for (const id of [CUSTOMER, MEMBER, ORDER]) {
      const raw = Buffer.from(id.replaceAll('-', ''), 'hex')
      // Any four bytes of an id in sight would tell whose link it is.
      for (let at = 0; at + 4 <= raw.length; at++)
        expect(inside.includes(raw.subarray(at, at + 4))).toBe(false)
      const spellings = [
        id,
        raw.toString('hex'),
        raw.toString('base64url'),
        Buffer.from(id).toString('base64url'),
      ]
      for (const text of [token, inside.toString('latin1'), inside.toString('hex')])
        for (const spelling of spellings) expect(text).not.toContain(spelling.slice(0, 8))
    }
    expect(inside.includes(Buffer.from(generation().recordId, 'base64url'))).toBe(false)
    expect(inside.includes('order')).toBe(false)
  })

  test.each([
    ['a customer', { customerId: 'c'.repeat(90) }],
    ['a member', { memberId: 'm'.repeat(90) }],
    ['an order', { target: `order:${'o'.repeat(90)}` as Target }],
    [
      'all of them',
      {
        customerId: 'c'.repeat(40),
        memberId: 'm'.repeat(40),
        target: `order:${'o'.repeat(40)}` as Target,
      },
    ],
    ['one whose length looks like that of a UUID', { customerId: 'c'.repeat(255), memberId: null }],
  ])('is not made with an id that is too long: of %s', (_, change) => {
    expect(() => tokens.sign(generation(change))).toThrow('too long')
  })
})

describe('a token that was tampered with', () => {
  test('is refused with any single bit changed', () => {
    const bytes = bytesOf(token)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(tokens.verify(tokenOf(changed))).toBeNull()
    }
  })

  test('is refused with any single character changed', () => {
    for (let at = 0; at < token.length; at++)
      for (const other of 'Aa0_-.~ /')
        if (other !== token[at])
          expect(tokens.verify(token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
  })

  test('is refused when it is cut off at any place', () => {
    for (let length = 0; length < token.length; length++)
      expect(tokens.verify(token.slice(0, length))).toBeNull()
    for (let from = 1; from < token.length; from++)
      expect(tokens.verify(token.slice(from))).toBeNull()
  })

  test.each(['A', '=', '==', ' ', '\n', '.', '/', 'AAAA', '%00', '\u0000'])(
    'is refused with %j at either end',
    (more) => {
      expect(tokens.verify(token + more)).toBeNull()
      expect(tokens.verify(more + token)).toBeNull()
      expect(tokens.verify(`pstn_${more}${token.slice(5)}`)).toBeNull()
    },
  )

  test('is refused in every other spelling of the same bytes', () => {
    // One length in three fills its last character; the others have spare bits that decoders
    // ignore.
    const spare = ['c', 'cu', 'cus'].map((customerId) => tokens.sign(generation({ customerId })))
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twins = spare.flatMap((text) =>
      [...alphabet]
        .map((last) => `${text.slice(0, -2)}${last}A`)
        .filter((twin) => twin !== text && bytesOf(twin).equals(bytesOf(text))),
    )
    expect(twins).toHaveLength(15 + 3)
    const base64 = spare.map((text) => `pstn_${bytesOf(text).toString('base64')}A`)
    const standard = base64.filter((text) => !spare.includes(text))
    for (const twin of [...twins, ...standard]) expect(tokens.verify(twin)).toBeNull()
  })

  test.each(['', 'pstn_', 'pstn', 'PSTN_', 'undefined', '../../etc/passwd', 'x'.repeat(100_000)])(
    'is refused when it is another string: %.20s',
    (text) => {
      expect(tokens.verify(text)).toBeNull()
    },
  )

  test('is refused when it is noise of the right length', () => {
    for (let i = 0; i < 1_000; i++)
      expect(tokens.verify(tokenOf(randomBytes(bytesOf(token).length)))).toBeNull()
  })
})

describe('a change of keys', () => {
  test('signs with the first key and verifies with all', () => {
    const before = createTokens([first]).sign(generation())
    const rotated = createTokens([second, first])
    expect(rotated.verify(before)).toEqual(generation())
    const after = rotated.sign(generation())
    expect(after).toBe(createTokens([second]).sign(generation()))
    expect(rotated.verify(after)).toEqual(generation())
  })

  test('refuses tokens of a removed key', () => {
    expect(createTokens([second]).verify(token)).toBeNull()
    expect(createTokens([second, stranger]).verify(token)).toBeNull()
  })

  test('verifies with a key at any place in the list', () => {
    for (const secrets of [
      [first, second, stranger],
      [second, stranger, first],
    ])
      expect(createTokens(secrets).verify(token)).toEqual(generation())
  })

  test('distinguishes keys with the same short id', () => {
    const idOf = (secret: Buffer) =>
      bytesOf(createTokens([secret]).sign(generation())).subarray(1, 3)
    const seen = new Map<string, Buffer>()
    let twins: [Buffer, Buffer] | undefined
    for (let i = 0; !twins; i++) {
      const secret = Buffer.alloc(32, `secret ${i}`)
      const id = idOf(secret).toString('hex')
      const other = seen.get(id)
      if (other) twins = [other, secret]
      seen.set(id, secret)
    }
    const [one, other] = twins
    const signed = createTokens([other]).sign(generation())
    expect(createTokens([one, other]).verify(signed)).toEqual(generation())
    expect(createTokens([one]).verify(signed)).toBeNull()
  })

  test('must leave at least one key', () => {
    expect(() => createTokens([])).toThrow('no link secret')
  })
})
