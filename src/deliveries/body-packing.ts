// Packs emails that were sent. Emails of one kind in one language differ little, so each is compressed with the sample email
// of its kind and language as its dictionary. The dictionary lies in Redis under its digest, which each packed email names.
//
//   with a dictionary:  0x71, digest of the dictionary (16 bytes), deflated JSON
//   without one:        0x70, deflated JSON
//
// Every other first byte is left to the packing of records: plain JSON, as a claim stores it.

import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { Kind, Language } from '../../emails/index.ts'
import { recordPacking } from '../records/packing.ts'
import type { RedisClient } from '../redis/connection.ts'
import { dictionaryKey } from '../redis/keys.ts'
import { UnreadableRecordError } from '../redis/packing.ts'
import { type Email, withoutAttachment } from '../resend/email.ts'
import { type Clock, DAY, MINUTE } from '../runtime/clock.ts'

/** First bytes that no record has. */
const DEFLATED = 0x70
const WITH_DICTIONARY = 0x71

/** They make the 22 characters in the name of the key. */
const DIGEST_BYTES = 16

const LEVEL = 9

/** A match of zlib may lie 32 KiB back, so a sample of up to that size serves as a whole. */
const WINDOW_BITS = 15

/** Dictionaries in memory, of some 13 kB each; all kinds in all languages are fewer. */
const MOST = 200

/** A dictionary is rendered and stored again after so long: its expiry is pushed out, and a new brand is followed. */
const RENEWED_AFTER = DAY

/** A dictionary that could not be had is tried again after so long. */
const TRIED_AGAIN_AFTER = MINUTE

export type Samples = {
  /** Renders the sample email of a kind; `null` stands for the brand's own language. */
  render: (kind: Kind, language: Language | null) => Email
  /** How long an email is kept, in milliseconds. Its dictionary is kept for twice as long. */
  kept: number
  /** Called where a dictionary cannot be had. The emails are packed without one. */
  onError: (error: unknown) => void
  /** Called once for each dictionary, by its digest, that an email needs which is still to be kept. */
  onMissing: (digest: string) => void
}

type BodyPackingParts = {
  redis: Pick<RedisClient, 'set' | 'getBuffer'>
  clock: Clock
  /** A process without samples reads every packed email, and packs without a dictionary. */
  samples?: Samples
}

type Dictionary = { digest: Buffer; bytes: Buffer }

const bytesOf = (email: Email): Buffer => Buffer.from(JSON.stringify(email))

const digestOf = (bytes: Buffer): Buffer =>
  createHash('sha256').update(bytes).digest().subarray(0, DIGEST_BYTES)

const deflate = (bytes: Buffer, dictionary?: Buffer): Buffer =>
  deflateRawSync(bytes, {
    level: LEVEL,
    windowBits: WINDOW_BITS,
    ...(dictionary && { dictionary }),
  })

const inflate = (bytes: Buffer, dictionary?: Buffer): Buffer =>
  inflateRawSync(bytes, { windowBits: WINDOW_BITS, ...(dictionary && { dictionary }) })

const emailIn = (bytes: Buffer, dictionary?: Buffer): Email => {
  try {
    return JSON.parse(inflate(bytes, dictionary).toString()) as Email
  } catch (cause) {
    throw new UnreadableRecordError('a packed email is damaged', { cause })
  }
}

/** @throws {UnreadableRecordError} where the bytes are not those of the digest. */
const dictionaryIn = (stored: Buffer, digest: Buffer): Buffer => {
  try {
    const bytes = inflate(stored)
    if (digestOf(bytes).equals(digest)) return bytes
  } catch (cause) {
    throw new UnreadableRecordError('a dictionary is damaged', { cause })
  }
  throw new UnreadableRecordError('a dictionary is not the one of its digest')
}

export const createBodyPacking = ({ redis, clock, samples }: BodyPackingParts) => {
  const stored = new LRUCache<string, Promise<Dictionary | null>>({
    ...{ max: MOST, ttl: RENEWED_AFTER, ttlResolution: 0, perf: clock },
  })
  const read = new LRUCache<string, Buffer>({ max: MOST })
  const missing = new LRUCache<string, true>({ max: MOST })

  /** Once this has resolved, an email may name the dictionary. */
  const store = async (kind: Kind, language: Language | null, { render, kept }: Samples) => {
    const bytes = bytesOf(render(kind, language))
    const digest = digestOf(bytes)
    const key = dictionaryKey(digest.toString('base64url'))
    await redis.set(key, deflate(bytes), 'PX', 2 * kept)
    return { digest, bytes }
  }

  const dictionaryFor = (kind: Kind, language: Language | null): Promise<Dictionary | null> => {
    if (!samples) return Promise.resolve(null)
    const name = `${kind} ${language}`
    const known = stored.get(name)
    if (known) return known
    const storing = store(kind, language, samples).catch((error: unknown) => {
      // A template that fails, or a Redis that does: the email itself matters more than its size.
      stored.set(name, Promise.resolve(null), { ttl: TRIED_AGAIN_AFTER })
      samples.onError(error)
      return null
    })
    stored.set(name, storing)
    return storing
  }

  const report = (name: string, sentAt: number | null) => {
    if (!samples || sentAt === null || clock.now() >= sentAt + samples.kept) return
    if (missing.has(name)) return
    missing.set(name, true)
    // The next email of each kind stores its dictionary again: this one may be among them.
    stored.clear()
    samples.onMissing(name)
  }

  const load = async (name: string, digest: Buffer): Promise<Buffer | null> => {
    const known = read.get(name)
    if (known) return known
    const found = await redis.getBuffer(dictionaryKey(name))
    if (!found) return null
    const bytes = dictionaryIn(found, digest)
    read.set(name, bytes)
    return bytes
  }

  return {
    /** Packs an email that was sent, without its attachment. */
    pack: async (email: Email, kind: Kind, language: Language | null): Promise<Buffer> => {
      const bytes = bytesOf(withoutAttachment(email))
      const dictionary = await dictionaryFor(kind, language)
      return dictionary
        ? Buffer.concat([
            ...[Buffer.of(WITH_DICTIONARY), dictionary.digest],
            deflate(bytes, dictionary.bytes),
          ])
        : Buffer.concat([Buffer.of(DEFLATED), deflate(bytes)])
    },
    /**
     * Reads an email, plain or packed.
     * @param sentAt is asked where the dictionary is missing: when the email was sent (ms), or `null`.
     * @returns `null` where its dictionary has expired: the email is long past the age at which it goes. A dictionary that
     * is missing sooner is reported.
     * @throws {UnreadableRecordError}
     */
    unpack: async (
      packed: Buffer,
      sentAt: () => Promise<number | null> = async () => null,
    ): Promise<Email | null> => {
      if (packed[0] === DEFLATED) return emailIn(packed.subarray(1))
      if (packed[0] !== WITH_DICTIONARY) return recordPacking.unpack(packed) as Email
      const digest = packed.subarray(1, 1 + DIGEST_BYTES)
      const name = digest.toString('base64url')
      const dictionary = await load(name, digest)
      if (dictionary) return emailIn(packed.subarray(1 + DIGEST_BYTES), dictionary)
      report(name, await sentAt())
      return null
    },
  }
}

export type BodyPacking = ReturnType<typeof createBodyPacking>
