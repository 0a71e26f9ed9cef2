// Lists the attempts to deliver webhook events, as Polar's API does.

import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import type { Clock } from '../../../runtime/clock.ts'
import { microsOf } from '../instants.ts'
import { isArchived, isScrubbed } from './archive.ts'
import type { Attempt, WebhookEvent, Webhooks } from './webhooks.ts'

type Query = {
  endpointIds: string[] | undefined
  types: string[] | undefined
  /** Exclusive, in microseconds. */
  after: number
  before: number
  succeeded: boolean | undefined
  text: string | undefined
  /** The first digit of the status. */
  codeClass: number | undefined
}

type Row = { of: Readonly<WebhookEvent>; attempt: Attempt }

const CLASSES = ['2xx', '3xx', '4xx', '5xx']

const time = (c: Context, field: string, absent: number) => {
  const value = c.req.query(field)
  return value === undefined ? absent : microsOf(value)
}

const queryOf = (c: Context): Query | { field: string; msg: string; input: unknown } => {
  const after = time(c, 'start_timestamp', Number.NEGATIVE_INFINITY)
  const before = time(c, 'end_timestamp', Number.POSITIVE_INFINITY)
  for (const [field, at] of Object.entries({ start_timestamp: after, end_timestamp: before }))
    if (Number.isNaN(at))
      return { field, msg: 'Input should be a valid datetime', input: c.req.query(field) }
  const codes = c.req.query('http_code_class')
  if (codes !== undefined && !CLASSES.includes(codes))
    return { field: 'http_code_class', msg: `Input should be ${CLASSES}`, input: codes }
  const succeeded = c.req.query('succeeded')
  return {
    ...{ after, before, text: c.req.query('query')?.toLowerCase() },
    endpointIds: c.req.queries('endpoint_id'),
    types: c.req.queries('event_type'),
    succeeded: succeeded === undefined ? undefined : succeeded === 'true',
    codeClass: codes === undefined ? undefined : Number(codes[0]),
  }
}

const fits =
  ({ endpointIds, types, after, before, succeeded, text, codeClass }: Query) =>
  ({ of, attempt }: Row) => {
    const at = microsOf(attempt.created_at)
    const code = attempt.http_code
    return (
      at > after &&
      at < before &&
      (endpointIds?.includes(of.endpointId) ?? true) &&
      (types?.includes(of.type) ?? true) &&
      (succeeded ?? attempt.succeeded) === attempt.succeeded &&
      (codeClass === undefined || Math.floor((code ?? 0) / 100) === codeClass) &&
      (text === undefined || [attempt.id, of.id, String(code)].some((one) => one.includes(text)))
    )
  }

export const createAttemptList = (clock: Clock, webhooks: Webhooks) => ({
  queryOf,
  /** Newest first. */
  list: (query: Query): Row[] =>
    webhooks
      .events()
      .flatMap((of) => of.attempts.map((attempt) => ({ of, attempt })))
      .filter(fits(query))
      .sort((a, b) => (a.attempt.created_at < b.attempt.created_at ? 1 : -1)),
  view: ({ of, attempt }: Row): models.WebhookDelivery => {
    const now = clock.now()
    const { id, created_at, modified_at, type, api_version, succeeded, skipped } = of
    const is_archived = isArchived(created_at, now)
    return {
      ...{ ...attempt, modified_at: null },
      response: isScrubbed(attempt.created_at, now) ? null : attempt.response,
      webhook_event: {
        ...{ created_at, modified_at, id, succeeded, skipped, api_version, type, is_archived },
        last_http_code:
          of.attempts.findLast(({ http_code }) => http_code !== null)?.http_code ?? null,
        payload: is_archived ? null : of.payload,
      },
    }
  },
})
