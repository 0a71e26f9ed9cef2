// Denies calls for which the access token lacks the scope, as Polar does.

import type { MiddlewareHandler } from 'hono'

/** Where reading takes exactly the scope for it. Elsewhere the scope to write is enough. */
const EXACT = ['orders', 'payments']

const nounOf = (path: string) => {
  const [noun = '', , below] = path.replace(/^\/v1\//, '').split('/')
  return below === 'members' ? 'members' : noun.replaceAll('-', '_')
}

/** Any one of these is enough. */
const accepted = (method: string, path: string) => {
  const noun = nounOf(path)
  if (method !== 'GET') return [`${noun}:write`]
  return EXACT.includes(noun) ? [`${noun}:read`] : [`${noun}:write`, `${noun}:read`]
}

/** @param missing the scopes that the token lacks. */
export const createScopeCheck =
  (missing: () => readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const scopes = accepted(c.req.method, c.req.path)
    if (scopes.some((scope) => !missing().includes(scope))) return next()
    const challenge = `Bearer realm="polar", error="insufficient_scope", scope="${scopes.join(' ')}"`
    c.header('www-authenticate', challenge)
    const error_description =
      'The request requires higher privileges than provided by the access token.'
    return c.json({ error: 'insufficient_scope', error_description }, 403)
  }
