// Whether a request carries the token it must.

import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Tells the `Authorization` header with this token from any other; how alike they are does not show in the time it takes. */
export const bearer = (token: string) => {
  const expected = digest(token)
  return (header: string | undefined): boolean => {
    const [, given] = /^Bearer +(\S+)\s*$/i.exec(header ?? '') ?? []
    return given !== undefined && timingSafeEqual(digest(given), expected)
  }
}
