// Metrics of the calls to Polar and Resend, and of whether mail goes out.

import type { Budget } from '../polar/budget.ts'
import type { PolarCall, PurposeName } from '../polar/call.ts'
import type { ResendCall } from '../resend/answers.ts'
import type { PauseState } from '../resend/pause.ts'
import { SECOND } from '../runtime/clock.ts'
import type { Kit } from './kit.ts'

/** Seconds. A request to Resend times out after eight, a call to Polar after five. */
const BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8]

const PURPOSES: readonly PurposeName[] = ['backfill', 'messages', 'api', 'clicks']

export const resendMetrics = ({ counter, histogram }: Kit) => {
  const requests = counter({
    name: 'postern_resend_requests_total',
    help: 'Requests to Resend by what they asked for and the answer: ok, its status, or none.',
    labels: ['call', 'answer'],
  })
  const seconds = histogram({
    name: 'postern_resend_request_seconds',
    help: 'Seconds from a request to Resend to its answer.',
    labels: ['call'],
    buckets: BUCKETS,
  })
  return {
    countResend: ({ call, answer, took }: ResendCall) => {
      requests.inc({ call, answer })
      seconds.observe({ call }, took / SECOND)
    },
  }
}

export const polarMetrics = ({ counter, histogram }: Kit) => {
  const calls = counter({
    name: 'postern_polar_calls_total',
    help: 'Calls to Polar by purpose and result: ok, refused, unavailable, or not made.',
    labels: ['purpose', 'result'],
  })
  // Prometheus sees the first of a result only if the series was there before.
  for (const purpose of PURPOSES) calls.inc({ purpose, result: 'not_made' }, 0)
  const seconds = histogram({
    name: 'postern_polar_call_seconds',
    help: 'Seconds from a call to Polar to its answer, by purpose.',
    labels: ['purpose'],
    buckets: BUCKETS,
  })
  return {
    countPolar: ({ purpose, result, took }: PolarCall) => {
      calls.inc({ purpose, result })
      if (result !== 'not_made') seconds.observe({ purpose }, took / SECOND)
    },
  }
}

export const budgetMetrics = (
  { gauge }: Kit,
  { budget, limit }: { budget: Pick<Budget, 'spent' | 'shares'>; limit: number },
) => {
  gauge(
    {
      name: 'postern_polar_calls_spent',
      help: 'Calls to Polar in this minute that are spent or reserved, by all processes.',
    },
    async () => [{ value: await budget.spent() }],
  )
  gauge(
    {
      name: 'postern_polar_calls_per_minute',
      help: 'Calls to Polar in a minute at which a backfill, messages, the API and clicks stop calling, and the limit of the organization.',
      labels: ['up_to'],
    },
    async () =>
      Object.entries({ limit, ...budget.shares }).map(([up_to, value]) => ({
        labels: { up_to },
        value,
      })),
  )
}

const CAUSES = ['command', 'setting', 'gap', 'rate_limit', 'quota', 'configuration'] as const

export const mailMetrics = ({ gauge }: Kit, state: () => Promise<PauseState>) => {
  gauge(
    {
      name: 'postern_mail_stopped',
      help: 'Whether no mail goes out, by cause: a person or a setting holds it, or Postern pauses.',
      labels: ['cause'],
    },
    async () => {
      const stopped = await state()
      const cause = stopped && ('held' in stopped ? stopped.held : stopped.because)
      return CAUSES.map((one) => ({ labels: { cause: one }, value: Number(one === cause) }))
    },
  )
}
