// Reads the account at Resend: its domains, its webhooks, and how much of its quotas is used. Each request lasts until its
// signal ends it.

import { type Answer, field, type Refused, texts } from './answers.ts'

/** A domain of the account; `null` where an answer leaves a field out. */
export type SendingDomain = {
  id: string
  name: string
  /** `verified`, or how far it has got. */
  status: string
  maySend: boolean | null
  clickTracking: boolean | null
  openTracking: boolean | null
}

export type ReportWebhook = {
  id: string
  url: string
  isEnabled: boolean
  /** `null` where the answer leaves them out. */
  eventTypes: readonly string[] | null
}

type Quota = { used: number; limit: number }

/** `null` where there is no such limit. */
export type Usage = { daily: Quota | null; monthly: Quota | null }

type Page = { limit: number; after?: string }
type During = { signal: AbortSignal }

/** The calls of the SDK, and how their answers are read. */
type AccountParts = {
  calls: {
    domains: (page: Page, during: During) => Promise<unknown>
    domain: (id: string, during: During) => Promise<unknown>
    webhooks: (page: Page, during: During) => Promise<unknown>
    webhook: (id: string, during: During) => Promise<unknown>
    usage: (during: During) => Promise<unknown>
  }
  asked: (answering: Promise<unknown>) => Promise<Answer>
  refusal: (answer: Answer) => Refused
}

const MAX_LISTED = 100

const claim = (of: unknown): boolean | null => (typeof of === 'boolean' ? of : null)

const domainOf = (of: unknown): SendingDomain => {
  const sending = field(field(of, 'capabilities'), 'sending')
  return {
    id: String(field(of, 'id')),
    name: String(field(of, 'name')),
    status: String(field(of, 'status')),
    maySend: typeof sending === 'string' ? sending === 'enabled' : null,
    clickTracking: claim(field(of, 'click_tracking')),
    openTracking: claim(field(of, 'open_tracking')),
  }
}

const webhookOf = (of: unknown): ReportWebhook => {
  const events = field(of, 'events')
  return {
    id: String(field(of, 'id')),
    url: String(field(of, 'endpoint')),
    isEnabled: field(of, 'status') !== 'disabled',
    eventTypes: Array.isArray(events) ? texts(events) : null,
  }
}

const quotaOf = (of: unknown): Quota | null => {
  const [used, limit] = [field(of, 'used'), field(of, 'limit')]
  return typeof used === 'number' && typeof limit === 'number' ? { used, limit } : null
}

export const createAccountReads = ({ calls, asked, refusal }: AccountParts) => ({
  /** A page of the account's domains: up to a hundred after the one named. */
  domains: async (
    after: string | null,
    signal: AbortSignal,
  ): Promise<{ domains: SendingDomain[]; hasMore: boolean } | Refused> => {
    const page = after ? { limit: MAX_LISTED, after } : { limit: MAX_LISTED }
    const answer = await asked(calls.domains(page, { signal }))
    const found = field(answer.data, 'data')
    if (!Array.isArray(found)) return refusal(answer)
    return { domains: found.map(domainOf), hasMore: field(answer.data, 'has_more') === true }
  },
  /** One domain by its id: an answer of its own may say what a list leaves out. */
  domain: async (id: string, signal: AbortSignal): Promise<SendingDomain | Refused> => {
    const answer = await asked(calls.domain(id, { signal }))
    return field(answer.data, 'name') === undefined ? refusal(answer) : domainOf(answer.data)
  },
  /** The account's webhooks, a hundred at most. */
  webhooks: async (signal: AbortSignal): Promise<{ webhooks: ReportWebhook[] } | Refused> => {
    const answer = await asked(calls.webhooks({ limit: MAX_LISTED }, { signal }))
    const found = field(answer.data, 'data')
    return Array.isArray(found) ? { webhooks: found.map(webhookOf) } : refusal(answer)
  },
  /** The signing secret of a webhook; `null` where Resend does not show it. */
  webhookSecret: async (
    id: string,
    signal: AbortSignal,
  ): Promise<{ secret: string | null } | Refused> => {
    const answer = await asked(calls.webhook(id, { signal }))
    if (!answer.data) return refusal(answer)
    const secret = field(answer.data, 'signing_secret')
    return { secret: typeof secret === 'string' && secret !== '' ? secret : null }
  },
  usage: async (signal: AbortSignal): Promise<Usage | Refused> => {
    const answer = await asked(calls.usage({ signal }))
    const emails = field(answer.data, 'emails')
    if (emails === undefined) return refusal(answer)
    return { daily: quotaOf(field(emails, 'daily')), monthly: quotaOf(field(emails, 'monthly')) }
  },
})
