// The kinds of secrets among the settings: how long and how varied each must be. No message shows a value.

import { z } from 'zod'
import { list } from './values.ts'

/** Characters, and of a key the bytes that it decodes to. A provider's own key only has to be no typing error. */
const LEAST = {
  providerKey: 6,
  token: 16,
  password: 8,
  webhookSecret: 16,
  webhookKeyBytes: 16,
  linkKeyBytes: 32,
}

/** Different characters; fewer are a pattern that can be guessed. */
const LEAST_VARIETY = 4

const isVaried = (text: string, least = LEAST_VARIETY) => new Set(text).size >= least

/** What goes into a header can hold nothing else. */
const isPrintable = (text: string) => /^[\x21-\x7e]+$/.test(text)

const kind = (least: number, what: string) =>
  z
    .string()
    .refine(
      (text) => text.length >= least && isVaried(text),
      `must be ${what} of at least ${least} characters, not a few that repeat`,
    )

const inOnePiece = 'must be in one piece, without a blank or a special character'

/** A key that a provider has made. */
export const providerKey = kind(LEAST.providerKey, 'the whole key').refine(isPrintable, inOnePiece)

/** A bearer token that the merchant has made. */
export const bearerToken = kind(LEAST.token, 'a random token (openssl rand -hex 32)').refine(
  isPrintable,
  inOnePiece,
)

export const password = kind(LEAST.password, 'a password')

const ENCODED_KEY = /^whsec_([A-Za-z0-9+/]+={0,2})$/

const isEncodedKey = (secret: string) => {
  const [, encoded = ''] = ENCODED_KEY.exec(secret) ?? []
  return Buffer.from(encoded, 'base64').length >= LEAST.webhookKeyBytes && isVaried(encoded)
}

const isPlainKey = (secret: string) =>
  !secret.startsWith('whsec_') &&
  secret.length >= LEAST.webhookSecret &&
  isVaried(secret) &&
  isPrintable(secret)

const webhookSecrets = (isOne: (secret: string) => boolean, what: string) =>
  list.transform((secrets, context) => {
    // The comma would make a secret of "v1" that anybody can sign with.
    if (secrets.some((secret) => /^v\d+[a-z]?$/.test(secret)))
      context.addIssue('has v1, before the secret, which is no part of it: begin with whsec_')
    else if (secrets.length === 0 || !secrets.every(isOne)) context.addIssue(what)
    return secrets
  })

export const resendWebhookSecrets = webhookSecrets(
  isEncodedKey,
  `must be the signing secret of the webhook as Resend shows it, whole: whsec_… in base64, of at least ${LEAST.webhookKeyBytes} bytes; several, comma-separated`,
)

/** The same, or an older one, which may be anything. */
export const polarWebhookSecrets = webhookSecrets(
  (secret) => isEncodedKey(secret) || isPlainKey(secret),
  `must be the secret of the endpoint as Polar shows it, whole: whsec_… in base64, of at least ${LEAST.webhookKeyBytes} bytes, or an older one of at least ${LEAST.webhookSecret} characters; several, comma-separated`,
)

/** Canonical hex or base64, of URLs too, with padding or without; `null` for anything else. */
const decoded = (text: string): Buffer | null => {
  if (/^(?:[0-9a-f]{2})+$|^(?:[0-9A-F]{2})+$/.test(text)) return Buffer.from(text, 'hex')
  const bare = text.replace(/={1,2}$/, '')
  const bytes = Buffer.from(bare, 'base64')
  const isPadded = bare === text || text.length % 4 === 0
  const forms = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return isPadded && forms.includes(bare) ? bytes : null
}

const share = (text: string, of: RegExp) => (text.match(of) ?? []).join('').length / text.length

/** 32 random bytes fail one of these about once in 100,000: no key is all letters of one case, or made of words. */
const isOfWords = (text: string) =>
  share(text, /[a-z]{3,}/g) > 2 / 3 || share(text, /[A-Z]/g) < 0.1 || share(text, /[a-z]/g) < 0.1

const isHex = (text: string) => /^[0-9a-f]+$/i.test(text)

/** Fewer are a pattern; 32 random bytes have about thirty. */
const LEAST_DIFFERENT_BYTES = 8

const isRandom = (text: string, bytes: Buffer) =>
  bytes.length >= LEAST.linkKeyBytes &&
  new Set(bytes).size >= LEAST_DIFFERENT_BYTES &&
  (isHex(text) || !isOfWords(text))

export const linkSecrets = list.transform((secrets, context) => {
  const keys = secrets.flatMap((secret) => {
    const bytes = decoded(secret)
    return bytes && isRandom(secret, bytes) ? [bytes] : []
  })
  if (keys.length === 0 || keys.length < secrets.length) {
    context.addIssue(
      `needs at least ${LEAST.linkKeyBytes} bytes each, random ones in base64 or hex and no passphrase; make one with: openssl rand -base64 32`,
    )
  }
  return keys
})
