// The webhooks of the simulated account, as the API shows and changes them. Postern's own is there from the start where the
// account is made with it.

import { randomBytes, randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { answer, NOT_FOUND, problem } from './answers.ts'

export type Endpoint = { secret: string; url: string }

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

type Body = Record<string, unknown>

const invalid = (message: string) => problem(422, 'validation_error', message)

const isUrl = (value: unknown) =>
  typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)

const areEvents = (value: unknown) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((type) => /^[a-z]+(?:\.[a-z_]+)+$/.test(String(type)))

const faultOf = ({ endpoint, events, status }: Body) => {
  if (endpoint !== undefined && !isUrl(endpoint)) return invalid('Invalid `endpoint` URL.')
  if (events !== undefined && !areEvents(events)) return invalid('Invalid `events` field.')
  if (status !== undefined && status !== 'enabled' && status !== 'disabled')
    return invalid('Invalid `status` field.')
  return undefined
}

const bodyOf = async (c: Context): Promise<Body> =>
  Object(await c.req.json().catch(() => undefined))

/** @param first its address is known only once Postern listens. */
export const createEndpoints = (first: { url: () => string; secret: string } | undefined) => {
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

  const list = () => [...rows.values()].map(view)

  const create = async (c: Context) => {
    const body = await bodyOf(c)
    const missing = ['endpoint', 'events'].find((name) => body[name] === undefined)
    const fault = missing ? invalid(`Missing \`${missing}\` field.`) : faultOf(body)
    if (fault) return answer(c, fault)
    const { id, signing_secret } = add({
      endpoint: String(body.endpoint),
      events: body.events as string[],
      signing_secret: `whsec_${randomBytes(24).toString('base64')}`,
    })
    return c.json({ object: 'webhook', id, signing_secret }, 201)
  }

  const change = async (c: Context) => {
    const row = rows.get(c.req.param('id') ?? '')
    if (row === undefined) return answer(c, NOT_FOUND)
    const body = await bodyOf(c)
    const fault = faultOf(body)
    if (fault) return answer(c, fault)
    const { endpoint = row.endpoint, events = row.events, status = row.status } = body
    rows.set(row.id, { ...row, ...({ endpoint, events, status } as Partial<WebhookRow>) })
    return c.json({ object: 'webhook', id: row.id })
  }

  return {
    /** Where reports of a type go; without one, all that are enabled. */
    wanting: (type?: string): Endpoint[] =>
      list()
        .filter(
          ({ status, events }) =>
            status === 'enabled' && (type === undefined || !events || events.includes(type)),
        )
        .map(({ endpoint, signing_secret }) => ({ url: endpoint, secret: signing_secret })),
    routes: new Hono()
      .get('/webhooks', (c) =>
        c.json({ object: 'list', has_more: false, data: [...rows.values()].map(listed) }),
      )
      .post('/webhooks', create)
      .patch('/webhooks/:id', change)
      .delete('/webhooks/:id', (c) => {
        const id = c.req.param('id')
        return rows.delete(id)
          ? c.json({ object: 'webhook', id, deleted: true })
          : answer(c, NOT_FOUND)
      })
      .get('/webhooks/:id', (c) => {
        const row = rows.get(c.req.param('id'))
        return row ? c.json({ object: 'webhook', ...view(row) }) : answer(c, NOT_FOUND)
      }),
    list,
    add,
    change: (id: string, change: Partial<WebhookRow>) => {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, ...change })
    },
    remove: (id: string) => rows.delete(id),
  }
}

export type Endpoints = ReturnType<typeof createEndpoints>
