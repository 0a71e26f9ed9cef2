// Checks the bearer token of a request.

import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** @returns whether an `Authorization` header carries this token, in constant time. */
export const bearer = (token: string) => {
  const expected = digest(token)
  return (header: string | undefined): boolean => {
    const [, given] = /^Bearer +(\S+)\s*$/i.exec(header ?? '') ?? []
    return given !== undefined && timingSafeEqual(digest(given), expected)
  }
}
