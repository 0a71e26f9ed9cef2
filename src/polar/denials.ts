// Reports calls that Polar denies, because the access token is not valid (401) or lacks a scope
// (403). The operator must fix that. Each call is reported once, and again if it has worked in
// between.

export type Denial = {
  /** The method and path, with `{id}` in place of ids. */
  call: string
  status: 401 | 403
  /** Any one of these scopes is enough. Empty if the answer names none. */
  scopes: readonly string[]
}

/**
 * The fixed segments of Polar's paths are lower-case words. Other segments are ids; an external id
 * may be any text.
 */
const isWord = (segment: string) => /^[a-z][a-z-]*$/.test(segment) || segment === 'v1'

/** For example `GET /v1/orders/{id}`. */
export const callOf = (method: string, url: string): string => {
  const segments = new URL(url).pathname.split('/')
  const path = segments.map((segment, at) =>
    segment === '' || (isWord(segment) && segments[at - 1] !== 'external') ? segment : '{id}',
  )
  return `${method} ${path.join('/')}`
}

/**
 * The denial in an answer; `null` unless its status is 401 or 403.
 * @param challenge the `WWW-Authenticate` header, in which Polar names the scopes that it accepts.
 */
export const denialOf = (call: string, status: number, challenge: string | null): Denial | null => {
  if (status !== 401 && status !== 403) return null
  const [, scopes = ''] = /\bscope="([^"]*)"/.exec(challenge ?? '') ?? []
  return { call, status, scopes: scopes.split(' ').filter(Boolean).toSorted() }
}

/** The reason for a denial, with the scope that would lift it. */
export const reasonOf = ({ status, scopes }: Denial): string => {
  if (status === 401) return 'the access token is not valid'
  return scopes.length > 0
    ? `the access token lacks the scope ${scopes.join(' or ')}`
    : 'the call is not permitted'
}

export const createDenials = (report: (denial: Denial) => void) => {
  const reported = new Map<string, number>()
  return {
    denied: (denial: Denial) => {
      if (reported.get(denial.call) === denial.status) return
      reported.set(denial.call, denial.status)
      report(denial)
    },
    /** Notes that a call has worked, so that its next denial is reported. */
    worked: (call: string) => {
      reported.delete(call)
    },
  }
}

export type Denials = ReturnType<typeof createDenials>
