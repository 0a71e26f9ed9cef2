// Simulates the events of accepted emails and reports them to the webhook endpoint.

import { type Clock, SECOND } from '../../runtime/clock.ts'
import { type Answer, createWebhookClient } from '../http/webhook-client.ts'
import type { Email } from './email.ts'
import type { Endpoint } from './endpoints.ts'
import { createOutcomes } from './outcomes.ts'
import { createRedelivery, isAccepted } from './redeliver.ts'
import { newSvixId, signWebhook } from './sign.ts'
import type { SuppressionList } from './suppressions.ts'
import {
  type Details,
  isHardBounce,
  lastEvent,
  type Report,
  type ReportType,
  type Webhook,
  webhookOf,
} from './webhook.ts'

/** Svix's own timeout. */
const TIMEOUT = 15 * SECOND

export type ReportExtra = Details & {
  /** The id of an earlier report makes this a redelivery. Default: a new id. */
  svixId?: string
  /** When it happened, in milliseconds since the epoch. Default: now, and later than all earlier events. */
  createdAt?: number
  /** The time of the signature. Default: now. */
  at?: number
  /** Default: the endpoint's secret. */
  secret?: string
  /** `false` omits the tags. */
  tags?: boolean
}

/** `status` and `body` are the endpoint's answer. Status 0 is no answer; `body` is then the reason. */
export type Reported = Answer & { svixId: string; event: Webhook }

type ReportsOptions = {
  clock: Clock
  /** The endpoints that want reports of a type, or all. Without one, events happen and are not reported. */
  wanting: (type?: ReportType) => readonly Endpoint[]
  /** Whether each event is reported by itself. */
  automatic: boolean
  find: (id: string) => Email | undefined
  suppressions: SuppressionList
}

export const createReports = (options: ReportsOptions) => {
  const { clock, wanting, automatic, find } = options
  const outcomes = createOutcomes(options.suppressions)
  const client = createWebhookClient(TIMEOUT)
  let acceptedReports = 0

  const record = (email: Email, type: ReportType, at: number, details: Details = {}): Report => {
    const report = { email, type, at, details }
    if (at >= email.last_event_at) {
      email.last_event = lastEvent(type)
      email.last_event_at = at
    }
    if (isHardBounce(report)) outcomes.suppress(email, 'bounce')
    if (type === 'email.complained') outcomes.suppress(email, 'complaint')
    return report
  }

  const deliver = async (
    report: Report,
    endpoint: Endpoint,
    extra: ReportExtra & { svixId: string },
  ) => {
    const { svixId, at = clock.now(), secret = endpoint.secret, tags } = extra
    const event = webhookOf(report, tags)
    const body = JSON.stringify(event)
    const answer = await client.post(endpoint.url, signWebhook({ secret, svixId, at, body }), body)
    if (isAccepted(answer)) acceptedReports += 1
    return { svixId, event, ...answer }
  }

  type Outgoing = { svixId: string; report: Report; endpoint: Endpoint }
  const redelivery = createRedelivery(({ svixId, report, endpoint }: Outgoing) =>
    deliver(report, endpoint, { svixId }),
  )
  const outgoing = (report: Report): Outgoing[] =>
    wanting(report.type).map((endpoint) => ({ svixId: newSvixId(), report, endpoint }))

  return {
    /** Records all events of the emails at once, and reports them as fast as the endpoint accepts them. */
    accepted: (emails: Email[]) => {
      const reports = emails.map((email) =>
        // A millisecond apart, so that their times show the order.
        outcomes
          .of(email)
          .map((type, index) => record(email, type, email.last_event_at + Math.min(index, 1))),
      )
      if (automatic) redelivery.add(reports.map((all) => all.flatMap(outgoing)))
    },
    report: async (id: string, type: ReportType, extra: ReportExtra = {}): Promise<Reported> => {
      const email = find(id)
      if (email === undefined) throw new Error(`No accepted email has the id ${id}`)
      const at = extra.createdAt ?? Math.max(clock.now(), email.last_event_at + 1)
      const report = record(email, type, at, extra)
      const [endpoint] = wanting()
      if (endpoint === undefined) throw new Error('A report needs a webhook that is enabled')
      return deliver(report, endpoint, { svixId: newSvixId(), ...extra })
    },
    reported: redelivery.settled,
    acceptedReports: () => acceptedReports,
    close: async () => {
      redelivery.close()
      client.close()
      await redelivery.settled()
    },
  }
}
