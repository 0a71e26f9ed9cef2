// Packed records: they come back as they were, whatever they look like, and anything else is refused.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPacking, UnreadableRecordError } from '../../src/redis/packing.ts'
import { decodeTokens } from '../../src/redis/tokens/decode.ts'
import { encodeTokens } from '../../src/redis/tokens/encode.ts'

const dictionary = Buffer.from('{"id":"","at":null,"name":"Studio Plan"}')
const packing = createPacking({ dictionaries: { 1: dictionary }, current: 1 })

const UUID = '9dfb369b-ab13-4fae-a276-55daa05f1119'

const encode = (text: string) => encodeTokens(Buffer.from(text))
const lengthOf = (text: string) => encode(text).values.length

describe('a value', () => {
  test.each([
    ['a UUID', `"${UUID}"`, 16],
    ['a UUID in a longer text', `order/${UUID}/purchase`, 16],
    ['a UUID alone', UUID, 16],
    ['an instant', '"2026-11-26T04:57:37.341Z"', 6],
    ['an instant with microseconds', '"2026-11-26T04:57:37.341123Z"', 8],
    ['an instant in whole seconds', '"2026-11-26T04:57:37Z"', 6],
    ['a time in milliseconds', '1795669057341', 6],
  ])('takes few bytes: %s', (_, text, expected) => {
    expect(encode(text).skeleton.length).toBeLessThan(text.length - 2)
    expect(lengthOf(text)).toBe(expected)
    expect(decodeTokens(encode(text))).toBe(text)
  })

  test('of an instant near the first one takes two bytes', () => {
    expect(lengthOf('[1795669057341,1795669057999,1795669056999]')).toBe(6 + 2 + 2)
  })

  test('takes none where it repeats an earlier one', () => {
    expect(lengthOf(`["${UUID}",1795669057341,"${UUID}",1795669057341]`)).toBe(16 + 6)
  })

  test.each([
    ['a UUID in upper case', UUID.toUpperCase()],
    ['a day that no month has', '2026-02-30T04:57:37.341Z'],
    ['a minute that no hour has', '2026-11-26T04:60:00Z'],
    ['an hour that no day has', '2026-11-26T25:57:37Z'],
    ['midnight as an hour of its own', '2026-11-26T24:00:00.000Z'],
    ['an instant that is too far for microseconds', '9999-12-31T23:59:59.999999Z'],
    ['a number with a nought before it', '0123456789012'],
  ])('is not taken out where it is %s', (_, text) => {
    expect(encode(`"${text}"`).skeleton.toString('latin1')).toBe(`"${text}"`)
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

/** Texts that tokens are made of, and texts that only look like it. */
const likeToken = fc.oneof(
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
  instant,
  instant.map((text) => text.replace('Z', '123Z')),
  instant.map((text) => text.replace(/\.\d+/, '')),
  fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,7})?Z$/),
  fc.constantFrom(3, 4, 12, 13, 14, 15, 16).chain(digits),
  fc.constantFrom(16, 21, 22, 23, 43, 44).chain(base64),
  fc.constantFrom(32, 64).chain((count) => fc.stringMatching(new RegExp(`^[\\da-f]{${count}}$`))),
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
      { numRuns: 300 },
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
      { numRuns: 300 },
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
    ['nothing', undefined, 'undefined'],
    ['a function', () => null, 'function'],
    ['a number without JSON', 1n, 'BigInt'],
    ['a circle', circle, 'circular'],
  ])('when it is %s', (_, it, why) => {
    expect(() => packing.pack(it)).toThrow(TypeError)
    expect(() => packing.pack(it)).toThrow(why)
  })

  const packed = packing.pack({
    id: UUID,
    at: '2026-11-26T04:57:37.341Z',
    of: ['Studio Plan', UUID],
  })
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
      { numRuns: 200 },
    )
  })

  const NEW = 0
  test.each([
    ['a UUID', 0xf5, [NEW], [1, 2]],
    ['an instant', 0xf6, [NEW], [0x80]],
    ['an instant in no calendar', 0xf7, [NEW], [...Buffer.alloc(7, 0xff), 0x7f]],
    ['a time', 0xf9, [NEW], []],
    ['a time without an end', 0xf9, [NEW], [...Buffer.alloc(9, 0xff)]],
    ['a repeat of nothing', 0xf5, [1], []],
    ['a marker without a repeat', 0xf5, [], []],
  ])('when a value is cut off: %s', (_, marker, repeats, values) => {
    const tokens = {
      skeleton: Buffer.of(marker),
      repeats: Buffer.from(repeats),
      values: Buffer.from(values),
    }
    expect(() => decodeTokens(tokens)).toThrow(RangeError)
  })
})
