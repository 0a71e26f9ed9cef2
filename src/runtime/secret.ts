// Compares secrets in constant time.

import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** @returns whether a text is this secret. The time that it takes says nothing of either. */
export const isSecret = (secret: string) => {
  const expected = digest(secret)
  return (given: string): boolean => timingSafeEqual(digest(given), expected)
}
