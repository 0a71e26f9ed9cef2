// Webhooks as Polar and Resend send them, to a system under test.

import { visit } from '../../src/sandbox/person.ts'
import { paidOrder } from './events.ts'
import type { TestSystem } from './system.ts'
import { WEBHOOK_ENDPOINTS, type WebhookEndpoint } from './webhook-endpoints.ts'

const [POLAR] = WEBHOOK_ENDPOINTS

/** Signs a body as its sender does and posts it. */
export const postWebhook = (
  system: TestSystem,
  { path, sign }: WebhookEndpoint,
  body: string,
  id?: string,
) => {
  const { headers } = sign({ body, at: system.clock.now(), ...(id && { id }) })
  return visit(`${system.postern}${path}`, { method: 'POST', headers, body })
}

/** A paid order that Polar delivers again and again: each call is one delivery of the same event, and answers its status. */
export const createDelivery = (system: TestSystem, id = 'msg_again') => {
  const body = JSON.stringify(paidOrder())
  return async () => (await postWebhook(system, POLAR, body, id)).status
}

export type Readiness = { status: number; checks: unknown; reasons: Record<string, string> }

export const readiness = async (system: TestSystem): Promise<Readiness> => {
  const { status, body } = await visit(`${system.postern}/readyz`)
  const { checks, reasons = {} } = JSON.parse(body)
  return { status, checks, reasons }
}
