// Makes, changes and removes webhooks of the account at Resend. Each request lasts until its signal ends it.

import { type Answer, field, type Refused } from './answers.ts'

type WebhookChange = { eventTypes?: readonly string[]; isEnabled?: boolean }

type Body = { endpoint: string; events: string[] }
type Change = { events?: string[]; status?: 'enabled' | 'disabled' }
type During = { signal: AbortSignal }

/** The calls of the SDK. */
type ChangesParts = {
  calls: {
    create: (body: Body, during: During) => Promise<unknown>
    update: (id: string, change: Change, during: During) => Promise<unknown>
    remove: (id: string, during: During) => Promise<unknown>
  }
  asked: (answering: Promise<unknown>) => Promise<Answer>
  refusal: (answer: Answer) => Refused
}

export const createAccountChanges = ({ calls, asked, refusal }: ChangesParts) => ({
  /** Adds an enabled webhook; its secret is `null` where Resend does not show it. */
  createWebhook: async (
    url: string,
    eventTypes: readonly string[],
    signal: AbortSignal,
  ): Promise<{ id: string; secret: string | null } | Refused> => {
    const body = { endpoint: url, events: [...eventTypes] }
    const answer = await asked(calls.create(body, { signal }))
    const [id, secret] = [field(answer.data, 'id'), field(answer.data, 'signing_secret')]
    if (typeof id !== 'string') return refusal(answer)
    return { id, secret: typeof secret === 'string' && secret !== '' ? secret : null }
  },
  changeWebhook: async (
    id: string,
    { eventTypes, isEnabled }: WebhookChange,
    signal: AbortSignal,
  ): Promise<{ id: string } | Refused> => {
    const change: Change = {
      ...(eventTypes && { events: [...eventTypes] }),
      ...(isEnabled !== undefined && { status: isEnabled ? 'enabled' : 'disabled' }),
    }
    const answer = await asked(calls.update(id, change, { signal }))
    return answer.data ? { id } : refusal(answer)
  },
  /** Not `isRemoved` if there was none. */
  removeWebhook: async (
    id: string,
    signal: AbortSignal,
  ): Promise<{ isRemoved: boolean } | Refused> => {
    const answer = await asked(calls.remove(id, { signal }))
    if (answer.data) return { isRemoved: true }
    const refused = refusal(answer)
    return refused.error.status === 404 ? { isRemoved: false } : refused
  },
})
