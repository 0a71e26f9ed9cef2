// The token of a link: its claims, encrypted and authenticated with AES-SIV (RFC 5297). The same
// link always has the same token, and verifying it needs no Redis.
// docs/decisions/0002-tokens-are-aes-siv.md says why and what it costs.

import { hkdfSync } from 'node:crypto'
import { aessiv } from '@noble/ciphers/aes.js'
import { type Claims, publicId, type Target } from './link.ts'

/** Lets secret scanners find a leaked token. */
const PREFIX = 'pstn_'
/** Mail clients drop a final `-` or `_` from a link, so every token ends in this letter. */
const END = 'A'
const MAX_CHARACTERS = 160
const VERSION = 3
const HEADER_BYTES = 3 // the version and a key id of two bytes
const IV_BYTES = 16

type Key = {
  id: Buffer
  /** 64 bytes: AES-256-SIV takes two keys of 256 bits as one. */
  siv: Buffer
}

const derive = (secret: Buffer, purpose: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `postern link ${purpose} v1`, bytes))

const keyFrom = (secret: Buffer): Key => ({
  id: derive(secret, 'key id', 2),
  siv: derive(secret, 'token aes-siv', 64),
})

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Encodes a string as its length plus one and its bytes, and a UUID, such as Polar's ids, as 0 and
 * sixteen bytes.
 */
const pack = (text: string): Buffer => {
  if (UUID.test(text))
    return Buffer.concat([Buffer.of(0), Buffer.from(text.replaceAll('-', ''), 'hex')])
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.of(bytes.length + 1), bytes])
}

const unpack = (bytes: Buffer, at: number): { text: string; next: number } => {
  const length = bytes.readUInt8(at)
  if (length > 0) return { text: bytes.toString('utf8', at + 1, at + length), next: at + length }
  const hex = bytes.toString('hex', at + 1, at + 17)
  const text = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
  return { text, next: at + 17 }
}

const RECORD_ID_BYTES = 16
/** The record's id, the second of the link's creation, and the kind of target. */
const FIXED_BYTES = RECORD_ID_BYTES + 4 + 1

const TARGETS = ['overview', 'payment', 'order', 'subscription'] as const

const encode = ({ recordId, customerId, memberId, target, createdAt }: Claims): Buffer => {
  const [name = '', id = ''] = target.split(/:(.*)/s)
  const fixed = Buffer.alloc(FIXED_BYTES)
  fixed.write(recordId, 0, 'base64url')
  fixed.writeUInt32BE(createdAt, RECORD_ID_BYTES)
  fixed.writeUInt8(TARGETS.indexOf(name as (typeof TARGETS)[number]), FIXED_BYTES - 1)
  return Buffer.concat([fixed, pack(customerId), pack(memberId ?? ''), pack(id)])
}

const decode = (bytes: Buffer): Claims => {
  const customer = unpack(bytes, FIXED_BYTES)
  const member = unpack(bytes, customer.next)
  const id = unpack(bytes, member.next)
  const name = TARGETS[bytes.readUInt8(FIXED_BYTES - 1)] ?? 'overview'
  return {
    recordId: bytes.toString('base64url', 0, RECORD_ID_BYTES),
    createdAt: bytes.readUInt32BE(RECORD_ID_BYTES),
    target: (name === 'order' || name === 'subscription' ? `${name}:${id.text}` : name) as Target,
    customerId: customer.text,
    memberId: member.text || null,
  }
}

/**
 * Makes and verifies tokens.
 * @param secrets the first signs, all verify.
 */
export const createTokens = (secrets: readonly Buffer[]) => {
  const keys = secrets.map(keyFrom)
  const [signing] = keys
  if (!signing) throw new Error('no link secret')

  const spell = (bytes: Buffer) => PREFIX + bytes.toString('base64url') + END

  const open = (key: Key, bytes: Buffer): Buffer | null => {
    try {
      return Buffer.from(
        aessiv(key.siv, bytes.subarray(0, HEADER_BYTES)).decrypt(bytes.subarray(HEADER_BYTES)),
      )
    } catch {
      return null // the tag does not match: forged or damaged
    }
  }

  return {
    /**
     * The token of these claims: at most 160 characters of `A-Z a-z 0-9 _ -`, the last one a
     * letter.
     */
    sign: (claims: Claims): string => {
      const head = Buffer.concat([Buffer.of(VERSION), signing.id])
      const token = spell(Buffer.concat([head, aessiv(signing.siv, head).encrypt(encode(claims))]))
      if (token.length > MAX_CHARACTERS)
        throw new Error(`the ids of link ${publicId(claims)} are too long for a token`)
      return token
    },
    /** The claims of a genuine token; `null` for any other string. */
    verify: (token: string): Claims | null => {
      if (!token.startsWith(PREFIX) || !token.endsWith(END) || token.length > MAX_CHARACTERS)
        return null
      const bytes = Buffer.from(token.slice(PREFIX.length, -END.length), 'base64url')
      // Base64 decoding ignores spare bits and foreign characters. Only the canonical spelling is
      // accepted.
      if (spell(bytes) !== token) return null
      if (bytes.length <= HEADER_BYTES + IV_BYTES || bytes[0] !== VERSION) return null
      for (const key of keys) {
        if (!key.id.equals(bytes.subarray(1, HEADER_BYTES))) continue
        const claims = open(key, bytes)
        if (claims) return decode(claims)
      }
      return null
    },
  }
}

export type Tokens = ReturnType<typeof createTokens>
