// Validates the secrets among the settings: their form, length and variety. No message shows a
// value.

import * as z from 'zod'
import { list } from './values.ts'

/** Characters, or decoded bytes. A provider's key is checked only against typing errors. */
const MIN = {
  providerKey: 6,
  token: 16,
  password: 8,
  webhookSecret: 16,
  webhookKeyBytes: 16,
  linkKeyBytes: 32,
}

/** Fewer different characters make a pattern that can be guessed. */
const MIN_DISTINCT_CHARACTERS = 4

const isVaried = (text: string, min = MIN_DISTINCT_CHARACTERS) => new Set(text).size >= min

/** These secrets are sent in headers, which allow only such characters. */
const isPrintable = (text: string) => /^[\x21-\x7e]+$/.test(text)

const secret = (min: number, what: string) =>
  z
    .string()
    .refine(
      (text) => text.length >= min && isVaried(text),
      `must be ${what} of at least ${min} characters, and not a few repeated ones`,
    )

const inOnePiece = 'must be in one piece, without spaces or special characters'

/** A key made by Polar or Resend. */
export const providerKey = secret(MIN.providerKey, 'the whole key').refine(isPrintable, inOnePiece)

/** A bearer token made by the merchant. */
export const bearerToken = secret(MIN.token, 'a random token (openssl rand -hex 32)').refine(
  isPrintable,
  inOnePiece,
)

export const password = secret(MIN.password, 'a password')

const ENCODED_KEY = /^whsec_([A-Za-z0-9+/]+={0,2})$/

const isEncodedKey = (secret: string) => {
  const [, encoded = ''] = ENCODED_KEY.exec(secret) ?? []
  return Buffer.from(encoded, 'base64').length >= MIN.webhookKeyBytes && isVaried(encoded)
}

const isPlainKey = (secret: string) =>
  !secret.startsWith('whsec_') &&
  secret.length >= MIN.webhookSecret &&
  isVaried(secret) &&
  isPrintable(secret)

const webhookSecrets = (isOne: (secret: string) => boolean, what: string) =>
  list.transform((secrets, context) => {
    // Split at the comma, `v1,whsec_…` would make "v1" a secret, which anybody could sign with.
    if (secrets.some((secret) => /^v\d+[a-z]?$/.test(secret)))
      context.addIssue('has v1, before the secret, which is not a part of it: begin with whsec_')
    else if (secrets.length === 0 || !secrets.every(isOne)) context.addIssue(what)
    return secrets
  })

export const resendWebhookSecrets = webhookSecrets(
  isEncodedKey,
  `must be the signing secret of the webhook as Resend shows it, whole: whsec_… in base64, of at least ${MIN.webhookKeyBytes} bytes; several, comma-separated`,
)

/** Older secrets of Polar have no fixed form. */
export const polarWebhookSecrets = webhookSecrets(
  (secret) => isEncodedKey(secret) || isPlainKey(secret),
  `must be the secret of the endpoint as Polar shows it, whole: whsec_… in base64, of at least ${MIN.webhookKeyBytes} bytes, or an older one of at least ${MIN.webhookSecret} characters; several, comma-separated`,
)

/**
 * Decodes canonical hex, base64 or base64url, with or without padding; `null` for anything else.
 */
const decoded = (text: string): Buffer | null => {
  if (/^(?:[0-9a-f]{2})+$|^(?:[0-9A-F]{2})+$/.test(text)) return Buffer.from(text, 'hex')
  const bare = text.replace(/={1,2}$/, '')
  const bytes = Buffer.from(bare, 'base64')
  const isPadded = bare === text || text.length % 4 === 0
  const forms = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return isPadded && forms.includes(bare) ? bytes : null
}

const share = (text: string, of: RegExp) => (text.match(of) ?? []).join('').length / text.length

/**
 * Rejects keys in one case and keys made of words. About one random key of 32 bytes in 100,000
 * fails this.
 */
const isOfWords = (text: string) =>
  share(text, /[a-z]{3,}/g) > 2 / 3 || share(text, /[A-Z]/g) < 0.1 || share(text, /[a-z]/g) < 0.1

const isHex = (text: string) => /^[0-9a-f]+$/i.test(text)

/** 32 random bytes have about thirty different ones. */
const MIN_DISTINCT_BYTES = 8

const isRandom = (text: string, bytes: Buffer) =>
  bytes.length >= MIN.linkKeyBytes &&
  new Set(bytes).size >= MIN_DISTINCT_BYTES &&
  (isHex(text) || !isOfWords(text))

export const linkSecrets = list.transform((secrets, context) => {
  const keys = secrets.flatMap((secret) => {
    const bytes = decoded(secret)
    return bytes && isRandom(secret, bytes) ? [bytes] : []
  })
  if (keys.length === 0 || keys.length < secrets.length) {
    context.addIssue(
      `must be random keys of at least ${MIN.linkKeyBytes} bytes each, in base64 or hex, not passphrases; make one with: openssl rand -base64 32`,
    )
  }
  return keys
})
