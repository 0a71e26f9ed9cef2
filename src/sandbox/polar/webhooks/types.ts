// The types of events that a webhook endpoint can be subscribed to.

import type { models } from '@polar-sh/sdk/2026-10'

export type WebhookType = models.WebhookEndpoint['events'][number]

const VERBS = {
  checkout: ['created', 'updated', 'expired'],
  customer: ['created', 'updated', 'deleted', 'state_changed'],
  customer_seat: ['assigned', 'claimed', 'revoked'],
  member: ['created', 'updated', 'deleted'],
  order: ['created', 'updated', 'paid', 'refunded'],
  subscription: [
    ...['created', 'updated', 'active', 'canceled', 'uncanceled', 'cycled'],
    ...['revoked', 'past_due', 'paused', 'resumed', 'migrated'],
  ],
  refund: ['created', 'updated'],
  product: ['created', 'updated'],
  discount: ['created', 'updated', 'deleted'],
  benefit: ['created', 'updated'],
  benefit_grant: ['created', 'cycled', 'updated', 'revoked'],
  organization: ['updated'],
}

export const WEBHOOK_TYPES = Object.entries(VERBS).flatMap(([noun, verbs]) =>
  verbs.map((verb) => `${noun}.${verb}` as WebhookType),
)

export const isWebhookType = (type: unknown): type is WebhookType =>
  (WEBHOOK_TYPES as unknown[]).includes(type)
