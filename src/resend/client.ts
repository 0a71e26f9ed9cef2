// The client of Resend's API, and the only place that calls it: sends one email or many in a request, looks up accepted emails
// and the account, and takes an address off Resend's list of suppressions. Every failure, of the network too, is a returned
// error; nothing here throws.

import { Resend } from 'resend'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { scrub } from '../runtime/scrub.ts'
import { createAccountReads } from './account.ts'
import { createAccountChanges } from './account-changes.ts'
import {
  type Answer,
  answerIn,
  field,
  list,
  type Refused,
  type ResendCall,
  texts,
  waitIn,
} from './answers.ts'
import type { Email } from './email.ts'

/** The SDK has no time-out of its own. */
const REQUEST_TIMEOUT = 8 * SECOND

type MailerOptions = {
  apiKey: string
  baseUrl: string | undefined
  clock: Clock
  /** Receives the limit that an answer names, in requests a second. */
  onLimit: (perSecond: number) => void
  /** Receives each request once it is answered, or was not. */
  onAnswer?: (call: ResendCall) => void
}

/** Resend's answer to one email of a batch. */
export type BatchAnswer = { providerId: string } | { refused: string }

/** An email that Resend has accepted; `at` in milliseconds. */
export type Listed = { providerId: string; from: string; to: readonly string[]; at: number }

/** The message id that an accepted email is tagged with, and its text part; `null` where it has none, or is gone. */
export type Tagged = { messageId: string | null; text: string | null }

/**
 * Emails of a conversation answer one that was never sent, so that mail programs group them. The header of all others,
 * `X-Entity-Ref-ID`, keeps Gmail from folding receipts of like subject.
 */
const inThread = (thread: string, from: string) => {
  const [, domain = 'localhost'] = /@([^\s@>]+)>?\s*$/.exec(from) ?? []
  const id = `<${thread}@${domain}>`
  return { References: id, 'In-Reply-To': id }
}

/** Equal arguments make an equal request, as the idempotency key requires. */
const payload = (messageId: string, email: Email) => ({
  from: email.from,
  to: [email.to],
  subject: email.subject,
  html: email.html,
  text: email.text,
  ...(email.replyTo ? { replyTo: email.replyTo } : {}),
  ...(email.attachment ? { attachments: [email.attachment] } : {}),
  headers: {
    'Auto-Submitted': 'auto-generated', // no vacation replies (RFC 3834)
    ...(email.thread ? inThread(email.thread, email.from) : { 'X-Entity-Ref-ID': messageId }),
  },
  tags: [
    { name: 'kind', value: email.about.kind },
    email.isTest ? { name: 'test', value: 'true' } : { name: 'message', value: messageId },
  ],
})

/**
 * Matches the answer of a permissive batch to its emails: `data` has only the accepted ones, in their order, and `errors` the
 * indexes of the others. `null` where the two don't add up.
 */
const matched = (data: unknown, count: number): BatchAnswer[] | null => {
  const accepted = list(field(data, 'data')).map((one) => field(one, 'id'))
  const refused = new Map(
    list(field(data, 'errors')).map((one) => [field(one, 'index'), field(one, 'message')]),
  )
  if (accepted.length + refused.size !== count) return null
  const answers = Array.from({ length: count }, (_, index): BatchAnswer | null => {
    if (refused.has(index)) return { refused: scrub(String(refused.get(index) ?? 'refused')) }
    const id = accepted.shift()
    return typeof id === 'string' ? { providerId: id } : null
  })
  return answers.every((answer) => answer !== null) ? answers : null
}

export const createResendClient = (options: MailerOptions) => {
  const { apiKey, baseUrl, clock, onLimit, onAnswer } = options
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {})

  const asked = async (call: ResendCall['call'], answering: Promise<unknown>): Promise<Answer> => {
    const began = performance.now()
    const answer = (await answering.catch(() => ({ headers: null }))) as Answer
    onAnswer?.({ call, answer: answerIn(answer), took: performance.now() - began })
    const limit = Number(answer.headers?.['ratelimit-limit'])
    if (limit > 0) onLimit(limit)
    return answer
  }

  const askedOfAccount = (answering: Promise<unknown>) => asked('account', answering)

  const refusal = ({ error, headers }: Answer): Refused => {
    const [name, status] = [field(error, 'name'), field(error, 'statusCode')]
    const message = field(error, 'message')
    return {
      error: {
        name: typeof name === 'string' ? name : 'unknown',
        status: typeof status === 'number' ? status : null,
        message: typeof message === 'string' ? message : '',
        retryAfter: waitIn(headers, clock.now()),
      },
    }
  }

  const calls = {
    domains: resend.domains.list.bind(resend.domains),
    domain: resend.domains.get.bind(resend.domains),
    webhooks: resend.webhooks.list.bind(resend.webhooks),
    webhook: resend.webhooks.get.bind(resend.webhooks),
    usage: resend.usage.get.bind(resend.usage),
  }

  /** The SDK's types know the events of today; other names are handed on as they are. */
  const changes = {
    create: resend.webhooks.create.bind(resend.webhooks),
    update: resend.webhooks.update.bind(resend.webhooks),
    remove: resend.webhooks.remove.bind(resend.webhooks),
  } as Parameters<typeof createAccountChanges>[0]['calls']

  return {
    ...createAccountReads({ calls, asked: askedOfAccount, refusal }),
    ...createAccountChanges({ calls: changes, asked: askedOfAccount, refusal }),
    /** Sends one email, and returns Resend's id of it. */
    send: async (
      messageId: string,
      email: Email,
      idempotencyKey: string,
    ): Promise<{ providerId: string } | Refused> => {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT)
      const answer = await asked(
        'send',
        resend.emails.send(payload(messageId, email), { idempotencyKey, signal }),
      )
      const id = field(answer.data, 'id')
      return typeof id === 'string' ? { providerId: id } : refusal(answer)
    },
    /** Sends up to a hundred emails; one that is refused does not harm the others. The answers are in the order of `emails`. */
    sendBatch: async (
      emails: readonly { id: string; email: Email }[],
      idempotencyKey: string,
    ): Promise<{ answers: readonly BatchAnswer[] } | Refused> => {
      const answer = await asked(
        'batch',
        resend.batch.send(
          emails.map(({ id, email }) => payload(id, email)),
          {
            idempotencyKey,
            batchValidation: 'permissive',
            signal: AbortSignal.timeout(REQUEST_TIMEOUT),
          },
        ),
      )
      const answers = answer.data ? matched(answer.data, emails.length) : null
      return answers ? { answers } : refusal(answer)
    },
    /** A page of accepted emails, newest first: a hundred after `after`, without their tags. */
    list: async (
      after: string | null,
    ): Promise<{ emails: Listed[]; hasMore: boolean } | Refused> => {
      const page = after ? { limit: 100, after } : { limit: 100 }
      const answer = await asked(
        'look_up',
        resend.emails.list(page, { signal: AbortSignal.timeout(REQUEST_TIMEOUT) }),
      )
      const found = field(answer.data, 'data')
      if (!Array.isArray(found)) return refusal(answer)
      const emails = found.map((one) => ({
        providerId: String(field(one, 'id')),
        from: String(field(one, 'from')),
        to: texts(field(one, 'to')),
        at: Date.parse(String(field(one, 'created_at'))),
      }))
      return { emails, hasMore: field(answer.data, 'has_more') === true }
    },
    /** The fields that say whose an accepted email is. */
    messageOf: async (providerId: string): Promise<Tagged | Refused> => {
      const answer = await asked(
        'look_up',
        resend.emails.get(providerId, { signal: AbortSignal.timeout(REQUEST_TIMEOUT) }),
      )
      if (!answer.data) {
        const refused = refusal(answer)
        return refused.error.status === 404 ? { messageId: null, text: null } : refused
      }
      const tag = list(field(answer.data, 'tags')).find((one) => field(one, 'name') === 'message')
      const [value, text] = [field(tag, 'value'), field(answer.data, 'text')]
      return {
        messageId: typeof value === 'string' ? value : null,
        text: typeof text === 'string' ? text : null,
      }
    },
    /** Takes an address off the team's list of suppressions; not `isRemoved` if it was not on it. */
    unsuppress: async (address: string): Promise<{ isRemoved: boolean } | Refused> => {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT)
      const answer = await asked('unsuppress', resend.suppressions.remove(address, { signal }))
      if (answer.data) return { isRemoved: field(answer.data, 'deleted') === true }
      const refused = refusal(answer)
      return refused.error.status === 404 ? { isRemoved: false } : refused
    },
  }
}

export type ResendClient = ReturnType<typeof createResendClient>
