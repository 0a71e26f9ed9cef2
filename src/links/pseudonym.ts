// What stands for somebody in Redis: enough to count them, nothing to find them by.

import { createHmac, hkdfSync } from 'node:crypto'

const BYTES = 16

/** Makes pseudonyms of 22 characters, the same for the same text, under a key of their own. */
export const createPseudonyms = (secrets: readonly Buffer[]) => {
  const [secret] = secrets
  if (!secret) throw new Error('no link secret')
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'postern pseudonym v1', 32))
  return (text: string): string =>
    createHmac('sha256', key).update(text).digest().subarray(0, BYTES).toString('base64url')
}

export type Pseudonym = ReturnType<typeof createPseudonyms>
