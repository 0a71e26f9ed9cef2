// The domains of the simulated account, as the API shows them: one, which a test may change into any that is wrong.

import { type Context, Hono } from 'hono'
import { answer, NOT_FOUND } from './answers.ts'

type Status =
  | 'pending'
  | 'verified'
  | 'failed'
  | 'not_started'
  | 'partially_verified'
  | 'partially_failed'

export type Domain = {
  id: string
  name: string
  status: Status
  created_at: string
  region: string
  capabilities: { sending: 'enabled' | 'disabled'; receiving: 'enabled' | 'disabled' }
  /** Absent where the answer leaves it out. */
  open_tracking: boolean | undefined
  click_tracking: boolean | undefined
}

const founded = (name: string): Domain => ({
  id: 'd91cd9bd-1176-453e-8fc1-35364d380206',
  name,
  status: 'verified',
  created_at: '2026-01-15T09:00:00.000Z',
  region: 'eu-west-1',
  capabilities: { sending: 'enabled', receiving: 'disabled' },
  open_tracking: false,
  click_tracking: false,
})

const recordsOf = ({ name, status }: Domain) => [
  {
    record: 'SPF',
    name: `send.${name}`,
    type: 'TXT',
    ttl: 'Auto',
    status,
    value: '"v=spf1 include:amazonses.com ~all"',
  },
  {
    record: 'DKIM',
    name: `resend._domainkey.${name}`,
    type: 'TXT',
    ttl: 'Auto',
    status,
    value: 'p=MIGfMA0GCSqGSIb3DQEB',
  },
]

export const createDomains = (name: string) => {
  let domain = founded(name)
  const list = (c: Context) => {
    // Nothing comes before or after the only one.
    const isCursor = c.req.query('after') !== undefined || c.req.query('before') !== undefined
    return c.json({ object: 'list', has_more: false, data: isCursor ? [] : [domain] })
  }
  return {
    routes: new Hono()
      .get('/domains', list)
      .get('/domains/:id', (c) =>
        c.req.param('id') === domain.id
          ? c.json({ object: 'domain', ...domain, records: recordsOf(domain) })
          : answer(c, NOT_FOUND),
      ),
    change: (change: Partial<Domain>) => {
      domain = { ...domain, ...change }
    },
  }
}

export type Domains = ReturnType<typeof createDomains>
