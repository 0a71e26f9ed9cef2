// Puts the webhook endpoints together: whose signature each takes, and where it stores what came. Resend's endpoint exists
// only with its secret.

import { failure } from '../runtime/log.ts'
import { createReceivedCount } from '../watch/received.ts'
import { createMonitor } from '../webhooks/monitor.ts'
import type { Endpoint } from '../webhooks/routes.ts'
import { createVerifier } from '../webhooks/signature.ts'
import { backfillSoon } from './backfill.ts'
import type { Shared } from './shared.ts'

export const createEndpoints = (shared: Shared): Endpoint[] => {
  const { config, redis, events, reports, stages, assertDurable, backpressure } = shared
  const { traces, notify, clock, log } = shared
  const countReceived = createReceivedCount({
    ...{ redis, clock },
    onError: (error) => log.debug(failure(error), 'webhooks not counted'),
  })
  const { webhookSecrets } = config.polar
  const polar: Endpoint = {
    path: '/webhooks/polar',
    takes: 'event',
    headers: ['webhook'],
    verifier: createVerifier(webhookSecrets, clock),
    monitor: createMonitor({
      endpoint: 'polar',
      origin: { sender: 'Polar', setting: 'POLAR_WEBHOOK_SECRET' },
      secrets: webhookSecrets.length,
      onOver: () => void backfillSoon(shared),
      notify,
      clock,
      log,
    }),
    add: async (id, body) => {
      const began = performance.now()
      await assertDurable()
      const priority = await backpressure.during(() => events.add(id, body))
      traces?.received(id, priority !== null, performance.now() - began)
      if (priority === null) return false
      // It is on disk. Its due entry was stored with it, and makes up for a crash before the nudge.
      stages.events.nudge(id, priority)
      countReceived()
      return true
    },
  }
  const resendSecrets = config.resend.webhookSecrets
  if (!resendSecrets) return [polar]
  const resend: Endpoint = {
    path: '/webhooks/resend',
    takes: 'report',
    headers: ['svix', 'webhook'],
    verifier: createVerifier(resendSecrets, clock),
    monitor: createMonitor({
      endpoint: 'resend',
      origin: { sender: 'Resend', setting: 'RESEND_WEBHOOK_SECRET' },
      secrets: resendSecrets.length,
      notify,
      clock,
      log,
    }),
    add: async (id, body) => {
      await assertDurable()
      const isNew = await reports.add(id, body)
      if (isNew) stages.reports.nudge(id)
      return isNew
    },
  }
  return [polar, resend]
}
