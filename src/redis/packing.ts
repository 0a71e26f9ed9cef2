// Packs records: takes the random parts out of a text (tokens/), and compresses the rest with a dictionary of what such
// records have in common. Small records compress well only this way.
//
//   1 byte   the version of the dictionary; its highest bit is set where nothing was taken out of the text
//   1 to 4   the length of the values, as a number
//   …        the values
//   …        the skeleton, a separator and the repeats, compressed
//
// A record that changes often is kept as plain JSON instead, whose first byte is `{`.

import { isUtf8 } from 'node:buffer'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { PosternError } from '../runtime/errors.ts'
import { decodeTokens } from './tokens/decode.ts'
import { encodeTokens } from './tokens/encode.ts'
import { SEPARATOR } from './tokens/markers.ts'
import { readNumber, writeNumber } from './tokens/numbers.ts'

/** A packed record is damaged, or its dictionary is in a later release of Postern. */
export class UnreadableRecordError extends PosternError {
  override readonly name = 'UnreadableRecordError'
}

type Dictionaries = {
  /** By version, from 1 to 100. Every version that a record may have been packed with stays here for ever. */
  dictionaries: Readonly<Record<number, Buffer>>
  /** The version that new records are packed with. */
  current: number
}

const UNTOUCHED = 0x80

/** The first byte of plain JSON: no dictionary has this version. */
const OBJECT = 0x7b

/** Whether a record is plain JSON. */
export const isPlain = (record: Buffer): boolean => record[0] === OBJECT

/** The best level costs more time and saves no byte. */
const LEVEL = 6

const MAX_HEAD = 8

export const createPacking = ({ dictionaries, current }: Dictionaries) => {
  const dictionaryOf = (version: number): Buffer => {
    const dictionary = dictionaries[version]
    if (!dictionary)
      throw new UnreadableRecordError(`a record needs dictionary ${version}, which is unknown`)
    return dictionary
  }

  const compress = (bytes: Uint8Array) =>
    deflateRawSync(bytes, { level: LEVEL, dictionary: dictionaryOf(current) })

  const packUtf8 = (text: Uint8Array): Buffer => {
    const { skeleton, repeats, values } = encodeTokens(text)
    const head = Buffer.alloc(MAX_HEAD)
    head[0] = current
    const end = writeNumber(head, 1, values.length)
    const rest = compress(Buffer.concat([skeleton, Buffer.of(SEPARATOR), repeats]))
    return Buffer.concat([head.subarray(0, end), values, rest])
  }

  const unpackUtf8 = (packed: Buffer, dictionary: Buffer): string => {
    const { number: length, end } = readNumber(packed, 1)
    const values = packed.subarray(end, end + length)
    const rest = inflateRawSync(packed.subarray(end + length), { dictionary })
    const split = rest.indexOf(SEPARATOR)
    if (split < 0) throw new RangeError('a skeleton has no end')
    return decodeTokens({
      skeleton: rest.subarray(0, split),
      repeats: rest.subarray(split + 1),
      values,
    })
  }

  const textOf = (packed: Buffer): string | Buffer => {
    const [head] = packed
    if (head === undefined) throw new UnreadableRecordError('a packed record is empty')
    if (isPlain(packed)) return packed
    const dictionary = dictionaryOf(head & ~UNTOUCHED)
    return head & UNTOUCHED
      ? inflateRawSync(packed.subarray(1), { dictionary })
      : unpackUtf8(packed, dictionary)
  }

  /** @throws {UnreadableRecordError} */
  const read = <T>(packed: Buffer, as: (text: string | Buffer) => T): T => {
    try {
      return as(textOf(packed))
    } catch (cause) {
      if (cause instanceof UnreadableRecordError) throw cause
      throw new UnreadableRecordError('a packed record is damaged', { cause })
    }
  }

  return {
    /**
     * Packs what JSON can hold; as ever with JSON, a property that is `undefined` is left out.
     * @throws {TypeError} for a value that has no JSON.
     */
    pack: (value: unknown): Buffer => {
      const text = JSON.stringify(value) as string | undefined
      if (text === undefined) throw new TypeError(`cannot pack what has no JSON: ${typeof value}`)
      return packUtf8(Buffer.from(text))
    },
    /** The record as plain JSON: it takes more room and less time. */
    plain: (value: Readonly<Record<string, unknown>>): Buffer => Buffer.from(JSON.stringify(value)),
    /**
     * Reads a packed record or a plain one.
     * @throws {UnreadableRecordError}
     */
    unpack: (packed: Buffer): unknown => read(packed, (text) => JSON.parse(text.toString())),
    /** Packs the bytes of a text, such as the body of a webhook. They come back as they were, even if they are no UTF-8. */
    packText: (text: Uint8Array): Buffer =>
      isUtf8(text)
        ? packUtf8(text)
        : Buffer.concat([Buffer.of(UNTOUCHED | current), compress(text)]),
    /** @throws {UnreadableRecordError} */
    unpackText: (packed: Buffer): Buffer =>
      read(packed, (text) => (typeof text === 'string' ? Buffer.from(text) : text)),
  }
}

export type Packing = ReturnType<typeof createPacking>
