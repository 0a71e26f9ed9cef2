// Who fetched a link: a person, or something that may be a machine. A verdict with its evidence, from a table.
// No single sign is proof of a person: headless browsers send what a person's browser sends. See the README on what
// `auto` and `strict` mean for that.

import { isbot } from 'isbot'

export type Evidence =
  | 'pressed'
  | 'head'
  | 'prefetch'
  | 'bot_user_agent'
  | 'no_user_agent'
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

type Row = { is: Visitor['is']; evidence: Evidence; when: (visit: Visit) => boolean }

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

/** From the top; the first that applies decides. A known browser never outranks what is known for a machine. */
const visitorRows: readonly Row[] = [
  { is: 'machine', evidence: 'head', when: ({ method }) => method === 'HEAD' },
  { is: 'machine', evidence: 'prefetch', when: isPrefetch },
  { is: 'machine', evidence: 'no_user_agent', when: ({ header }) => !header('user-agent') },
  { is: 'machine', evidence: 'bot_user_agent', when: ({ header }) => isbot(header('user-agent')) },
  { is: 'person', evidence: 'known_browser', when: ({ isKnownBrowser }) => isKnownBrowser },
  { is: 'unsure', evidence: 'no_navigation', when: (visit) => !isNavigation(visit) },
  { is: 'unsure', evidence: 'strict', when: ({ isStrict }) => isStrict },
  { is: 'unsure', evidence: 'too_soon', when: ({ isSettled }) => !isSettled },
  { is: 'unsure', evidence: 'gateway', when: ({ hasGateway }) => hasGateway },
  { is: 'unsure', evidence: 'burst', when: ({ fetchedTogether }) => fetchedTogether > 1 },
  { is: 'unsure', evidence: 'repeated', when: ({ fetches }) => fetches > MOST_FETCHES },
]

/** The verdict on who fetched a link that was mailed. */
export const visitor = (visit: Visit): Visitor => {
  const [first, ...others] = visitorRows.filter(({ when }) => when(visit))
  if (!first) return { is: 'person', evidence: ['navigation'] }
  return { is: first.is, evidence: [first, ...others].map(({ evidence }) => evidence) }
}

/** Whether a request asks for no page, or ahead of anybody's click: nobody is let in by it, whatever the link. */
export const isAhead = (request: Request): boolean =>
  request.method === 'HEAD' || isPrefetch(request)

/** The same of a link that a merchant's own app has handed to a customer it knows. */
export const guest = (request: Request): Visitor =>
  isAhead(request)
    ? { is: 'machine', evidence: [request.method === 'HEAD' ? 'head' : 'prefetch'] }
    : { is: 'person', evidence: ['vouched_for'] }
