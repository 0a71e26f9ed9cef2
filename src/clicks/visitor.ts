// Who fetched a link: a person, or something that may be a machine. A verdict with its evidence, from a table.
// No single sign is proof of a person: headless browsers send what a person's browser sends. See the README on what
// `auto` and `strict` mean for that.

import { isbot } from 'isbot'

type Evidence =
  | 'head'
  | 'prefetch'
  | 'bot_user_agent'
  | 'no_user_agent'
  | 'known_browser'
  | 'no_navigation'
  | 'strict'
  | 'too_soon'
  | 'burst'
  | 'navigation'

/** `person` may pass; `machine` is known for one; `unsure` may be either and gets the button. */
export type Visitor = { is: 'person' | 'machine' | 'unsure'; evidence: Evidence }

export type Visit = {
  method: string
  header: (name: string) => string | undefined
  /** Somebody has pressed the button in this browser, for this customer. */
  isKnownBrowser: boolean
  isStrict: boolean
  /** The email was accepted long enough ago that its scanners have been. */
  isSettled: boolean
  /** Links of the same message fetched within the last seconds, this one included. */
  fetchedTogether: number
}

type Row = Visitor & { when: (visit: Visit) => boolean }

const isPrefetch = ({ header }: Visit) =>
  [header('sec-purpose'), header('purpose'), header('x-purpose'), header('x-moz')].some((purpose) =>
    /prefetch|prerender|preview/i.test(purpose ?? ''),
  )

const isNavigation = ({ header }: Visit) =>
  header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document'

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
  { is: 'unsure', evidence: 'burst', when: ({ fetchedTogether }) => fetchedTogether > 1 },
  { is: 'person', evidence: 'navigation', when: () => true },
]

export const visitor = (visit: Visit): Visitor => {
  const row = visitorRows.find(({ when }) => when(visit))
  return row ? { is: row.is, evidence: row.evidence } : { is: 'unsure', evidence: 'no_navigation' }
}
