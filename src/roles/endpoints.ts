// The doors: what comes in at each, by whose signature, and where it is kept. A report's door is there if its secret is.

import type { Config } from '../config.ts'
import type { EventStore } from '../events/store.ts'
import type { Lanes, NudgedLane } from '../redis/stage.ts'
import type { ReportStore } from '../resend/report-store.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { createMonitor, type WebhookAlert } from '../webhooks/monitor.ts'
import type { Endpoint } from '../webhooks/routes.ts'
import { createVerifier } from '../webhooks/signature.ts'

type EndpointsParts = {
  config: Pick<Config, 'polar' | 'resend'>
  events: EventStore
  eventLanes: Lanes
  reports: ReportStore
  reportLane: NudgedLane
  /** Fails while Redis is known not to be durable, so that nothing is answered for. */
  assertDurable: () => Promise<void>
  /** Counts work as in hand, for which other work steps aside. */
  during: <T>(work: () => Promise<T>) => Promise<T>
  alert: (alert: WebhookAlert) => void
  clock: Clock
  log: Log
}

export const createEndpoints = (parts: EndpointsParts): Endpoint[] => {
  const { config, events, eventLanes, reports, reportLane, during, alert, clock, log } = parts
  const { assertDurable } = parts
  const { webhookSecrets } = config.polar
  const polar: Endpoint = {
    path: '/webhooks/polar',
    takes: 'event',
    headers: ['webhook'],
    verifier: createVerifier(webhookSecrets, clock),
    watch: createMonitor({
      endpoint: 'polar',
      origin: { sender: 'Polar', setting: 'POLAR_WEBHOOK_SECRET' },
      ...{ secrets: webhookSecrets.length, alert, clock, log },
    }),
    add: async (id, body) => {
      await assertDurable()
      const lane = await during(() => events.add(id, body))
      // It is on disk. A crash before the nudge is made up for by its due entry, which was stored with it.
      if (lane) eventLanes[lane].queue.nudge(id)
      return lane !== null
    },
  }
  const resendSecrets = config.resend.webhookSecrets
  if (!resendSecrets) return [polar]
  const resend: Endpoint = {
    path: '/webhooks/resend',
    takes: 'report',
    headers: ['svix', 'webhook'],
    verifier: createVerifier(resendSecrets, clock),
    watch: createMonitor({
      endpoint: 'resend',
      origin: { sender: 'Resend', setting: 'RESEND_WEBHOOK_SECRET' },
      ...{ secrets: resendSecrets.length, alert, clock, log },
    }),
    add: async (id, body) => {
      await assertDurable()
      const isNew = await reports.add(id, body)
      if (isNew) reportLane.queue.nudge(id)
      return isNew
    },
  }
  return [polar, resend]
}
