// Calls that Polar denies: the access token is not valid (401) or lacks a scope (403). Only the operator can mend that, so each
// call is reported once, and again after it has worked in between.

export type Denial = {
  /** The method and path, with `{id}` for every id. */
  call: string
  status: 401 | 403
  /** The scopes of which any one suffices, as the answer names them; none where it names none. */
  scopes: readonly string[]
}

/** Segments of Polar's paths are words; anything else in one is an id, and an external id may be any text. */
const isWord = (segment: string) => /^[a-z][a-z-]*$/.test(segment) || segment === 'v1'

/** `GET /v1/orders/{id}` for the request of an order. */
export const callOf = (method: string, url: string): string => {
  const segments = new URL(url).pathname.split('/')
  const path = segments.map((segment, at) =>
    segment === '' || (isWord(segment) && segments[at - 1] !== 'external') ? segment : '{id}',
  )
  return `${method} ${path.join('/')}`
}

/**
 * What a 401 or 403 denies; `null` for any other status.
 * @param challenge the header `WWW-Authenticate`, in which Polar names the scopes that it asks for.
 */
export const denialOf = (call: string, status: number, challenge: string | null): Denial | null => {
  if (status !== 401 && status !== 403) return null
  const [, scopes = ''] = /\bscope="([^"]*)"/.exec(challenge ?? '') ?? []
  return { call, status, scopes: scopes.split(' ').filter(Boolean).toSorted() }
}

/** Why a call is denied, and what would change that. */
export const reasonOf = ({ status, scopes }: Denial): string => {
  if (status === 401) return 'the access token is not valid'
  return scopes.length > 0
    ? `the access token lacks the scope ${scopes.join(' or ')}`
    : 'it is not permitted'
}

export const createDenials = (report: (denial: Denial) => void) => {
  const reported = new Map<string, number>()
  return {
    denied: (denial: Denial) => {
      if (reported.get(denial.call) === denial.status) return
      reported.set(denial.call, denial.status)
      report(denial)
    },
    /** The call has worked: the next denial is reported again. */
    worked: (call: string) => {
      reported.delete(call)
    },
  }
}

export type Denials = ReturnType<typeof createDenials>
