// The sandbox's own routes: read the inbox, post an event, buy something, list the sessions, move the clock.

import { type Context, Hono } from 'hono'
import { mailAddress } from '../runtime/address.ts'
import { DAY, HOUR, MINUTE, type MovableClock, SECOND } from '../runtime/clock.ts'
import type { Advance } from './advance.ts'
import type { SimulatedPolar } from './polar/server.ts'
import type { SimulatedResend } from './resend/server.ts'

const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }

/** `90s`, `15m`, `2h`, `7d`, `1.5d` in milliseconds; `null` for anything else. */
const duration = (text: unknown): number | null => {
  const [, count, unit] =
    (typeof text === 'string' && /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim())) || []
  return count && unit ? Number(count) * (UNITS[unit] ?? 0) : null
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // delivered anyway: the webhook endpoint decides
  }
}

/** The fields of a JSON object; none of anything else. */
const fieldsOf = async (c: Context): Promise<Record<string, unknown>> =>
  Object(await c.req.json().catch(() => ({})))

type SandboxRouteParts = {
  polar: SimulatedPolar
  resend: SimulatedResend
  clock: MovableClock
  /** Moves the clock, with all that falls due on the way. */
  advance: Advance
}

export const sandboxRoutes = ({ polar, resend, clock, advance }: SandboxRouteParts): Hono =>
  new Hono()
    .get('/', (c) => c.redirect(`${resend.url}/`))
    .get('/sandbox/inbox', (c) => c.json(resend.inbox()))
    .get('/sandbox/sessions', (c) => c.json(polar.sessions()))
    .post('/sandbox/events', async (c) => {
      const body = await c.req.text()
      const event = json(body)
      if (typeof event === 'object' && event !== null) polar.applyEvent(event)
      const webhookId = c.req.header('webhook-id')
      const delivery = await polar.deliver(body, webhookId ? { webhookId } : {})
      return new Response(delivery.body, {
        status: delivery.status || 502, // 502 without an answer; the body is then the reason
        headers: { 'Content-Type': 'application/json', 'Webhook-Id': delivery.webhookId },
      })
    })
    .post('/sandbox/purchases', async (c) => {
      const { email } = await fieldsOf(c)
      if (typeof email !== 'string' || mailAddress(email) === null)
        return c.json({ error: 'send { "email": "bounced@example.com" }: an address' }, 400)
      const { customerId, orderId } = await polar.scenario.purchase({ customer: { email } })
      return c.json({ customer: customerId, order: orderId }, 201)
    })
    .post('/sandbox/clock', async (c) => {
      const body = await fieldsOf(c)
      const by = duration(body.advance)
      if (by === null) {
        return c.json({ error: 'send { "advance": "7d" }: a number and s, m, h or d' }, 400)
      }
      const polarDid = await advance(by)
      const now = new Date(clock.now()).toISOString()
      return c.json({ now, advanced: by / SECOND, polar: polarDid })
    })
