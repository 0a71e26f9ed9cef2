// Metrics of visits to links, and of the sessions that are minted for them.

import type { Ending } from '../clicks/store.ts'
import type { Evidence, Verdict } from '../clicks/verdict.ts'
import type { RefusalReason, SignInResult } from '../portal/sign-in.ts'
import { SECOND } from '../runtime/clock.ts'
import type { Kit } from './kit.ts'

/** `took` in milliseconds. */
type Visit = {
  visitor: Verdict['visitor']
  evidence: readonly Evidence[]
  ending: Ending
  took: number
}

/** Seconds. A visit is answered within four. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

/** Prometheus sees the first of an outcome only if the series was there before. */
const OUTCOMES: Record<RefusalReason | 'minted', 0> = {
  ...{ minted: 0, address_changed: 0, customer_gone: 0, no_member: 0 },
  ...{ polar_unavailable: 0, polar_refused: 0 },
}

export const linkMetrics = ({ counter, histogram }: Kit) => {
  const visits = counter({
    name: 'postern_link_visits_total',
    help: 'Visits to genuine links, by verdict, deciding evidence and ending.',
    labels: ['visitor', 'evidence', 'ending'],
  })
  const visitSeconds = histogram({
    name: 'postern_link_visit_seconds',
    help: 'Seconds from the request of a link to the answer, by ending.',
    labels: ['ending'],
    buckets: BUCKETS,
  })
  const forged = counter({
    name: 'postern_forged_links_total',
    help: 'Requests with a forged or damaged token.',
  })
  const sessions = counter({
    name: 'postern_sessions_total',
    help: 'Sessions that were minted, and the reasons for which one was not.',
    labels: ['outcome'],
  })
  for (const [outcome, none] of Object.entries(OUTCOMES)) sessions.inc({ outcome }, none)
  const sessionSeconds = histogram({
    name: 'postern_session_seconds',
    help: 'Seconds that it took to sign a person in at Polar, or to find that it cannot be done.',
    buckets: BUCKETS,
  })
  return {
    countVisit: (visit: Visit) => {
      const [evidence = ''] = visit.evidence
      visits.inc({ visitor: visit.visitor, evidence, ending: visit.ending })
      visitSeconds.observe({ ending: visit.ending }, visit.took / SECOND)
    },
    countForged: () => forged.inc(),
    /** @param took milliseconds. */
    countSession: (result: SignInResult, took: number) => {
      sessions.inc({ outcome: 'url' in result ? 'minted' : result.refused })
      sessionSeconds.observe(took / SECOND)
    },
  }
}
