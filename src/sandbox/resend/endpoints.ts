// The webhooks of the simulated account, as the API shows them. Postern's own is there from the start where reports have an
// endpoint.

import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { answer, NOT_FOUND } from './answers.ts'
import type { Endpoint as ReportEndpoint } from './deliver.ts'

export type WebhookRow = {
  id: string
  endpoint: string
  status: 'enabled' | 'disabled'
  events: readonly string[] | null
  created_at: string
  signing_secret: string
}

const EVENTS = [
  ...['email.sent', 'email.delivered', 'email.delivery_delayed', 'email.bounced'],
  ...['email.complained', 'email.failed', 'email.suppressed'],
]

/** @param first the endpoint for reports; its address is known only once Postern listens. */
export const createEndpoints = (first: ReportEndpoint | undefined) => {
  const rows = new Map<string, WebhookRow>()

  const add = (row: Partial<WebhookRow> & Pick<WebhookRow, 'endpoint' | 'signing_secret'>) => {
    const whole: WebhookRow = {
      id: randomUUID(),
      status: 'enabled',
      events: EVENTS,
      created_at: '2026-01-15T09:00:00.000Z',
      ...row,
    }
    rows.set(whole.id, whole)
    return whole
  }
  if (first) add({ endpoint: '', signing_secret: first.secret })

  const view = (row: WebhookRow): WebhookRow => ({
    ...row,
    endpoint: row.endpoint || (first?.url() ?? ''),
  })
  const listed = (row: WebhookRow) => {
    const { signing_secret: _, ...shown } = view(row)
    return shown
  }

  return {
    routes: new Hono()
      .get('/webhooks', (c) =>
        c.json({ object: 'list', has_more: false, data: [...rows.values()].map(listed) }),
      )
      .get('/webhooks/:id', (c) => {
        const row = rows.get(c.req.param('id'))
        return row ? c.json({ object: 'webhook', ...view(row) }) : answer(c, NOT_FOUND)
      }),
    list: () => [...rows.values()].map(view),
    add,
    change: (id: string, change: Partial<WebhookRow>) => {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, ...change })
    },
    remove: (id: string) => rows.delete(id),
  }
}

export type Endpoints = ReturnType<typeof createEndpoints>
