// Keyed hashes that stand for a person or an address in Redis. They can be counted, but not traced
// back.

import { createHmac, hkdfSync } from 'node:crypto'

const BYTES = 16

/**
 * Makes pseudonyms of 22 characters, the same for the same text. The key is derived from the first
 * secret.
 */
export const createPseudonyms = (secrets: readonly Buffer[]) => {
  const [secret] = secrets
  if (!secret) throw new Error('no link secret')
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'postern pseudonym v1', 32))
  return (text: string): string =>
    createHmac('sha256', key).update(text).digest().subarray(0, BYTES).toString('base64url')
}

export type Pseudonym = ReturnType<typeof createPseudonyms>
