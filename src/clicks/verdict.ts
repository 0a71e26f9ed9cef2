// Judges who visits a link: a person, a machine, or unsure. The tables below give the verdict and
// its evidence. A headless browser can send exactly the requests of a person's browser, so no
// verdict is proof. docs/security.md explains `auto` and `strict`.

import { isbot } from 'isbot'
import { hintsShowMachine } from './hints.ts'

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
 * A `person` may sign in; a `machine` or `unsure` visitor gets the button. The first evidence
 * decided; the rest also applied.
 */
export type Verdict = { visitor: 'person' | 'machine' | 'unsure'; evidence: readonly Evidence[] }

type Request = {
  method: string
  header: (name: string) => string | undefined
}

export type MailedLinkVisit = Request & {
  /** Somebody has pressed the button in this browser before, for this customer. */
  isKnownBrowser: boolean
  isStrict: boolean
  /**
   * LINK_SETTLE_SECONDS have passed since the email arrived, so its scanners have come and gone.
   */
  isSettled: boolean
  /** The recipient's domain uses a mail gateway that opens links. */
  hasGateway: boolean
  /** Links of this message fetched within the last ten seconds, this one included. */
  fetchedTogether: number
  /** Fetches of this link since a person last signed in by it, this one included. */
  fetches: number
}

/** A visit to a link of `POST /api/links`. */
type AppLinkVisit = Request & Pick<MailedLinkVisit, 'isKnownBrowser'>

type Row<V = MailedLinkVisit> = {
  visitor: Verdict['visitor']
  evidence: Evidence
  when: (visit: V) => boolean
}

/** A person presses the button, or comes back once or twice. */
const MAX_FETCHES = 3

const isPrefetch = ({ header }: Pick<Request, 'header'>) =>
  [header('sec-purpose'), header('purpose'), header('x-purpose'), header('x-moz')].some((purpose) =>
    /prefetch|prerender|preview/i.test(purpose ?? ''),
  )

/**
 * Whether the browser opens a page in a tab. One of the two headers may be missing, but neither may
 * say otherwise.
 */
const isNavigation = ({ header }: Pick<Request, 'header'>) => {
  const mode = header('sec-fetch-mode') || undefined
  const dest = header('sec-fetch-dest') || undefined
  if (mode === undefined && dest === undefined) return false
  return (mode ?? 'navigate') === 'navigate' && (dest ?? 'document') === 'document'
}

/** Safari before 16.4, older web views and some apps send no Sec-Fetch headers. */
const sendsNoFetchMetadata = ({ header }: Pick<Request, 'header'>) =>
  ['site', 'mode', 'dest', 'user'].every((name) => !header(`sec-fetch-${name}`))

/**
 * Clients that identify themselves as machines. A few phones are named like bots; their owners
 * press the button once.
 */
const MACHINES = [
  {
    visitor: 'machine',
    evidence: 'bot_user_agent',
    when: ({ header }) => isbot(header('user-agent')),
  },
  { visitor: 'machine', evidence: 'client_hints', when: ({ header }) => hintsShowMachine(header) },
] as const satisfies readonly Row<Request>[]

/** These requests never sign in, even in a known browser. */
const CANNOT_SIGN_IN = [
  { visitor: 'machine', evidence: 'head', when: ({ method }) => method === 'HEAD' },
  { visitor: 'machine', evidence: 'prefetch', when: isPrefetch },
] as const satisfies readonly Row<Request>[]

const KNOWN_BROWSER = {
  visitor: 'person',
  evidence: 'known_browser',
  when: ({ isKnownBrowser }) => isKnownBrowser,
} as const satisfies Row<AppLinkVisit>

/** The first row that applies decides. */
const mailedLinkRows: readonly Row[] = [
  ...CANNOT_SIGN_IN,
  KNOWN_BROWSER,
  { visitor: 'machine', evidence: 'no_user_agent', when: ({ header }) => !header('user-agent') },
  ...MACHINES,
  { visitor: 'unsure', evidence: 'no_navigation', when: (visit) => !isNavigation(visit) },
  { visitor: 'unsure', evidence: 'strict', when: ({ isStrict }) => isStrict },
  { visitor: 'unsure', evidence: 'too_soon', when: ({ isSettled }) => !isSettled },
  { visitor: 'unsure', evidence: 'gateway', when: ({ hasGateway }) => hasGateway },
  { visitor: 'unsure', evidence: 'burst', when: ({ fetchedTogether }) => fetchedTogether > 1 },
  { visitor: 'unsure', evidence: 'repeated', when: ({ fetches }) => fetches > MAX_FETCHES },
]

/** Fewer rows, because the merchant's app has identified the customer. */
const appLinkRows: readonly Row<AppLinkVisit>[] = [
  ...CANNOT_SIGN_IN,
  {
    visitor: 'unsure',
    evidence: 'no_navigation',
    when: (visit) => !sendsNoFetchMetadata(visit) && !isNavigation(visit),
  },
  KNOWN_BROWSER,
  ...MACHINES,
]

const judge = <V>(rows: readonly Row<V>[], visit: V, fallback: Evidence): Verdict => {
  const [first, ...others] = rows.filter(({ when }) => when(visit))
  if (!first) return { visitor: 'person', evidence: [fallback] }
  return { visitor: first.visitor, evidence: [first, ...others].map(({ evidence }) => evidence) }
}

export const judgeMailedLink = (visit: MailedLinkVisit): Verdict =>
  judge(mailedLinkRows, visit, 'navigation')

export const judgeAppLink = (visit: AppLinkVisit): Verdict =>
  judge(appLinkRows, visit, 'vouched_for')

/** Whether a request never signs in. A POST may: the prefetch headers of a form are ignored. */
export const cannotSignIn = (request: Request): boolean =>
  request.method !== 'POST' && CANNOT_SIGN_IN.some(({ when }) => when(request))
