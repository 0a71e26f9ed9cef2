// Checks the bearer token of a request.

import { isSecret } from './secret.ts'

/** @returns whether an `Authorization` header carries this token, in constant time. */
export const bearer = (token: string) => {
  const isToken = isSecret(token)
  return (header: string | undefined): boolean => {
    const [, given] = /^Bearer +(\S+)\s*$/i.exec(header ?? '') ?? []
    return given !== undefined && isToken(given)
  }
}
