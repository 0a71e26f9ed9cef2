// Who fetched a link: a person, or something that may be a machine. A verdict with its evidence, from a table.
// No single sign is proof of a person: headless browsers send what a person's browser sends. docs/security.md
// says what `auto` and `strict` mean for that.

import { isbot } from 'isbot'
import { areOfMachine } from './hints.ts'

export type Evidence =
  | 'pressed'
  | 'pressed_once'
  | 'head'
  | 'prefetch'
  | 'bot_user_agent'
  | 'no_user_agent'
  | 'client_hints'
  | 'known_browser'
  | 'no_navigation'
  | 'strict'
  | 'too_soon'
  | 'gateway'
  | 'burst'
  | 'repeated'
  | 'navigation'
  | 'vouched_for'

/**
 * `person` may pass; `machine` is known for one; `unsure` may be either and gets the button. Of the evidence the first
 * decided; the rest is what else was seen.
 */
export type Visitor = { is: 'person' | 'machine' | 'unsure'; evidence: readonly Evidence[] }

/** What a request says of whoever makes it. */
type Request = {
  method: string
  header: (name: string) => string | undefined
}

export type Visit = Request & {
  /** Somebody has pressed the button in this browser, for this customer. */
  isKnownBrowser: boolean
  isStrict: boolean
  /** The email was accepted long enough ago that its scanners have been. */
  isSettled: boolean
  /** The recipient's mail passes a gateway that follows links. */
  hasGateway: boolean
  /** Links of the same message fetched within the last seconds, this one included. */
  fetchedTogether: number
  /** Fetches of this link since a person came by it, this one included. */
  fetches: number
}

/** What counts for a link of `/api/links`. */
export type Guest = Request & Pick<Visit, 'isKnownBrowser'>

type Row<V = Visit> = { is: Visitor['is']; evidence: Evidence; when: (visit: V) => boolean }

/** A person who sees the button presses it, or comes back once or twice. */
const MOST_FETCHES = 3

const isPrefetch = ({ header }: Pick<Request, 'header'>) =>
  [header('sec-purpose'), header('purpose'), header('x-purpose'), header('x-moz')].some((purpose) =>
    /prefetch|prerender|preview/i.test(purpose ?? ''),
  )

/** What a browser says of a page that is opened at the top: it may leave out either, and contradicts neither. */
const isNavigation = ({ header }: Pick<Request, 'header'>) => {
  const mode = header('sec-fetch-mode') || undefined
  const dest = header('sec-fetch-dest') || undefined
  if (mode === undefined && dest === undefined) return false
  return (mode ?? 'navigate') === 'navigate' && (dest ?? 'document') === 'document'
}

/** Safari before 16.4, older web views and some apps send none of these. */
const isSilent = ({ header }: Pick<Request, 'header'>) =>
  ['site', 'mode', 'dest', 'user'].every((name) => !header(`sec-fetch-${name}`))

/** Machines by their own account. People whose phone is named like a bot are found here too, and press once. */
const MACHINES = [
  { is: 'machine', evidence: 'bot_user_agent', when: ({ header }) => isbot(header('user-agent')) },
  { is: 'machine', evidence: 'client_hints', when: ({ header }) => areOfMachine(header) },
] as const satisfies readonly Row<Request>[]

/** Requests that nobody is let in by, whatever else is known. */
const AHEAD = [
  { is: 'machine', evidence: 'head', when: ({ method }) => method === 'HEAD' },
  { is: 'machine', evidence: 'prefetch', when: isPrefetch },
] as const satisfies readonly Row<Request>[]

const KNOWN = {
  is: 'person',
  evidence: 'known_browser',
  when: ({ isKnownBrowser }) => isKnownBrowser,
} as const satisfies Row<Guest>

/** From the top; the first that applies decides. */
const visitorRows: readonly Row[] = [
  ...AHEAD,
  KNOWN,
  { is: 'machine', evidence: 'no_user_agent', when: ({ header }) => !header('user-agent') },
  ...MACHINES,
  { is: 'unsure', evidence: 'no_navigation', when: (visit) => !isNavigation(visit) },
  { is: 'unsure', evidence: 'strict', when: ({ isStrict }) => isStrict },
  { is: 'unsure', evidence: 'too_soon', when: ({ isSettled }) => !isSettled },
  { is: 'unsure', evidence: 'gateway', when: ({ hasGateway }) => hasGateway },
  { is: 'unsure', evidence: 'burst', when: ({ fetchedTogether }) => fetchedTogether > 1 },
  { is: 'unsure', evidence: 'repeated', when: ({ fetches }) => fetches > MOST_FETCHES },
]

/** The same for a link that a merchant's own app has handed to a customer whom it knows. */
const guestRows: readonly Row<Guest>[] = [
  ...AHEAD,
  {
    is: 'unsure',
    evidence: 'no_navigation',
    when: (visit) => !isSilent(visit) && !isNavigation(visit),
  },
  KNOWN,
  ...MACHINES,
]

const judge = <V>(rows: readonly Row<V>[], visit: V, otherwise: Evidence): Visitor => {
  const [first, ...others] = rows.filter(({ when }) => when(visit))
  if (!first) return { is: 'person', evidence: [otherwise] }
  return { is: first.is, evidence: [first, ...others].map(({ evidence }) => evidence) }
}

/** The verdict on who fetched a link that was mailed. */
export const visitor = (visit: Visit): Visitor => judge(visitorRows, visit, 'navigation')

/** The verdict on who fetched a link of `/api/links`. */
export const guest = (visit: Guest): Visitor => judge(guestRows, visit, 'vouched_for')

/** Whether a request is one that nobody is let in by. A form that is sent is somebody's, whatever it says of itself. */
export const isAhead = (request: Request): boolean =>
  request.method !== 'POST' && AHEAD.some(({ when }) => when(request))
