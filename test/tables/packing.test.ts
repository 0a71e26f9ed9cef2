// Packed records: they come back as they were, whatever they look like, and anything else is refused.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPacking, UnreadableRecordError } from '../../src/redis/packing.ts'
import { decodeTokens } from '../../src/redis/tokens/decode.ts'
import { encodeTokens } from '../../src/redis/tokens/encode.ts'

const dictionary = Buffer.from('{"id":"","at":null,"name":"Studio Plan"}')
const packing = createPacking({ dictionaries: { 1: dictionary }, current: 1 })

const UUID = '9dfb369b-ab13-4fae-a276-55daa05f1119'
const DIGEST = Buffer.alloc(16, 200).toString('base64url')
const LONG_DIGEST = Buffer.alloc(32, 200).toString('base64url')

describe('a token', () => {
  const bytes = (text: string) => encodeTokens(Buffer.from(JSON.stringify(text))).length - 2
  test.each([
    ['a UUID', UUID, 17],
    ['a UUID in a longer text', `order/${UUID}/purchase`, 32],
    ['an instant', '2026-11-26T04:57:37.341Z', 7],
    ['an instant with microseconds', '2026-11-26T04:57:37.341123Z', 9],
    ['an instant in whole seconds', '2026-11-26T04:57:37Z', 7],
    ['a time in milliseconds', '1795669057341', 7],
    ['a digest of 16 bytes', DIGEST, 17],
    ['a digest of 32 bytes', LONG_DIGEST, 33],
    ['an id of two digests', `msg_${DIGEST}${DIGEST}`, 38],
  ])('takes few bytes: %s', (_, text, expected) => {
    expect(bytes(text)).toBe(expected)
    expect(decodeTokens(encodeTokens(Buffer.from(text)))).toBe(text)
  })

  test('of an instant near the first one takes three bytes', () => {
    expect(bytes('1795669057341 1795669057999') - bytes('1795669057341')).toBe(1 + 3)
  })

  test.each([
    ['a UUID in upper case', UUID.toUpperCase()],
    ['a day that no month has', '2026-02-30T04:57:37.341Z'],
    ['an hour that no day has', '2026-11-26T25:57:37Z'],
    ['midnight as an hour of its own', '2026-11-26T24:00:00.000Z'],
    ['an instant that is too far for microseconds', '9999-12-31T23:59:59.999999Z'],
    ['a digest whose last character has bits too many', `${DIGEST.slice(0, -1)}B`],
    ['a word as long as a digest', 'the_record_which_is_ag'],
  ])('is not made of %s, which stays as it is', (_, text) => {
    expect(encodeTokens(Buffer.from(`"${text}"`)).toString('latin1')).toBe(`"${text}"`)
    expect(packing.unpack(packing.pack(text))).toBe(text)
  })
})

const instant = fc
  .date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString())
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const base64 = (count: number) => fc.stringMatching(new RegExp(`^[\\w-]{${count}}$`))

/** What tokens are made of, and what only looks like it. */
const likeToken = fc.oneof(
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
  instant,
  instant.map((text) => text.replace('Z', '123Z')),
  instant.map((text) => text.replace(/\.\d+/, '')),
  fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,7})?Z$/),
  digits(13),
  digits(14),
  fc.constantFrom(16, 21, 22, 23, 43, 44).chain(base64),
  base64(44).map((text) => `msg_${text}`),
  fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((it) => Buffer.from(it).toString('base64url')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('õ', 'ö', 'ú', 'û', '\u00ff', '\ud800', '\udfff', '"', '\\') }),
)

const text = fc.array(likeToken, { maxLength: 4 }).map((parts) => parts.join(''))
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1e12, max: 3e12 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(text, tie('value')),
  ),
}))

const asJson = (it: unknown): unknown => JSON.parse(JSON.stringify(it))

describe('any record', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (it) => {
        expect(packing.unpack(packing.pack(it))).toEqual(asJson(it))
      }),
      { numRuns: 3_000 },
    )
  })

  test('of any bytes comes back byte for byte', () => {
    const bytes = fc.oneof(
      text.map((it) => Buffer.from(it)),
      text.map((it) => Buffer.from(it, 'latin1')),
      fc.uint8Array({ maxLength: 300 }).map((it) => Buffer.from(it)),
    )
    fc.assert(
      fc.property(bytes, (it) => {
        expect(packing.unpackText(packing.packText(it)).equals(it)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})

test('a record that is kept plain is read like a packed one', () => {
  const record = { id: UUID, text: 'Zoë', at: 1_794_000_000_000 }
  const bytes = packing.plain(record)
  expect(bytes.toString()).toBe(JSON.stringify(record))
  expect(packing.unpack(bytes)).toEqual(record)
})

describe('a newer dictionary', () => {
  const newer = createPacking({
    dictionaries: { 1: dictionary, 2: Buffer.from('{"other":true}') },
    current: 2,
  })
  const record = { id: UUID, name: 'Studio Plan' }

  test('packs new records, and the old ones stay readable', () => {
    expect(newer.pack(record)[0]).toBe(2)
    expect(newer.unpack(newer.pack(record))).toEqual(record)
    expect(newer.unpack(packing.pack(record))).toEqual(record)
    expect(newer.unpackText(packing.packText(Buffer.of(0xff)))).toEqual(Buffer.of(0xff))
  })

  test('is named where it is not known', () => {
    expect(() => packing.unpack(newer.pack(record))).toThrow(UnreadableRecordError)
    expect(() => packing.unpack(newer.pack(record))).toThrow('dictionary 2')
  })
})

describe('a record is refused', () => {
  const circle: unknown[] = []
  circle.push(circle)

  test.each([
    ['nothing', undefined],
    ['a function', () => null],
    ['a number without JSON', 1n],
    ['a circle', circle],
  ])('when it is %s', (_, it) => {
    expect(() => packing.pack(it)).toThrow(TypeError)
  })

  const packed = packing.pack({ id: UUID, at: '2026-11-26T04:57:37.341Z', of: [DIGEST] })
  const again = (bytes: Buffer) => () => packing.unpack(bytes)

  test('when it is empty', () => {
    expect(again(Buffer.alloc(0))).toThrow(UnreadableRecordError)
  })

  test('when it is cut off anywhere', () => {
    for (let length = 0; length < packed.length; length++)
      expect(again(packed.subarray(0, length))).toThrow(UnreadableRecordError)
  })

  test('when its bytes are no record', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        try {
          packing.unpack(Buffer.from([1, ...noise]))
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableRecordError)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a UUID', Buffer.of(0xf5, 1, 2)],
    ['a digest', Buffer.of(0xfa, 1)],
    ['a number', Buffer.of(0xf9, 0x80)],
    ['a number without an end', Buffer.of(0xf9, ...Buffer.alloc(9, 0xff))],
    ['a marker that is not given away', Buffer.of(0xfc, 1)],
    ['an instant in no calendar', Buffer.of(0xf7, ...Buffer.alloc(7, 0xff), 0x7f)],
  ])('when a token is cut off: %s', (_, bytes) => {
    expect(() => decodeTokens(bytes)).toThrow(RangeError)
  })
})
