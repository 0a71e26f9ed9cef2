// Packs records: JSON or any other text becomes tokens (tokens/), and these are compressed with a dictionary of what such
// records have in common. Small records compress well only this way.
//
// The first byte of a packed record is the version of its dictionary; its highest bit is set where the text has no tokens. A
// record that changes often is kept as plain JSON instead, whose first byte is `{`.

import { isUtf8 } from 'node:buffer'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { PosternError } from '../runtime/errors.ts'
import { decodeTokens } from './tokens/decode.ts'
import { encodeTokens } from './tokens/encode.ts'

/** A packed record is damaged, or its dictionary is in a later release of Postern. */
export class UnreadableRecordError extends PosternError {
  override readonly name = 'UnreadableRecordError'
}

type Parts = {
  /** By version, from 1 to 100. Every version that a record may have been packed with stays here for ever. */
  dictionaries: Readonly<Record<number, Buffer>>
  /** The version that new records are packed with. */
  current: number
}

const WITHOUT_TOKENS = 0x80

/** The first byte of plain JSON: no dictionary has this version. */
const OBJECT = 0x7b

/** Whether a record is plain JSON. */
export const isPlain = (record: Buffer): boolean => record[0] === OBJECT

const LEVEL = 6

/** Of zlib, so that no offset in a dictionary and a record is too far. */
const WINDOW_BITS = 15

export const createPacking = ({ dictionaries, current }: Parts) => {
  const ofVersion = (version: number): Buffer => {
    const dictionary = dictionaries[version]
    if (!dictionary)
      throw new UnreadableRecordError(
        `a record is packed with dictionary ${version}, which is unknown`,
      )
    return dictionary
  }

  const compress = (head: number, bytes: Uint8Array): Buffer => {
    const dictionary = ofVersion(current)
    const options = { level: LEVEL, windowBits: WINDOW_BITS, dictionary }
    return Buffer.concat([Buffer.of(head | current), deflateRawSync(bytes, options)])
  }

  /** The text of a record, or its bytes where they have no tokens. */
  const expand = (packed: Buffer): string | Buffer => {
    const head = packed[0]
    if (head === undefined) throw new UnreadableRecordError('a packed record is empty')
    const dictionary = ofVersion(head & ~WITHOUT_TOKENS)
    try {
      const bytes = inflateRawSync(packed.subarray(1), { dictionary, windowBits: WINDOW_BITS })
      return head & WITHOUT_TOKENS ? bytes : decodeTokens(bytes)
    } catch (cause) {
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
      if (text === undefined) throw new TypeError(`a ${typeof value} has no JSON to be packed`)
      return compress(0, encodeTokens(Buffer.from(text)))
    },
    /** The record as plain JSON: it takes more room and less time. */
    plain: (value: Readonly<Record<string, unknown>>): Buffer => Buffer.from(JSON.stringify(value)),
    /**
     * Reads a packed record or a plain one.
     * @throws {UnreadableRecordError}
     */
    unpack: (packed: Buffer): unknown => {
      const text = isPlain(packed) ? packed : expand(packed)
      try {
        return JSON.parse(text.toString())
      } catch (cause) {
        throw new UnreadableRecordError('a packed record is damaged', { cause })
      }
    },
    /** Packs the bytes of a text, such as the body of a webhook. They come back as they were, even if they are no UTF-8. */
    packText: (text: Uint8Array): Buffer =>
      isUtf8(text) ? compress(0, encodeTokens(text)) : compress(WITHOUT_TOKENS, text),
    /** @throws {UnreadableRecordError} */
    unpackText: (packed: Buffer): Buffer => {
      const text = expand(packed)
      return typeof text === 'string' ? Buffer.from(text) : text
    },
  }
}

export type Packing = ReturnType<typeof createPacking>
