// The two webhook endpoints, and requests to each as its sender signs them.

import { randomUUID } from 'node:crypto'
import { eventKey } from '../../src/events/store.ts'
import { shardSlot } from '../../src/redis/keys.ts'
import { signWebhook as signAsPolar } from '../../src/sandbox/polar/sign.ts'
import { newSvixId, signWebhook as signAsResend } from '../../src/sandbox/resend/sign.ts'
import { SECRETS } from '../../src/sandbox/system.ts'

/** `at` in milliseconds. */
export type Signing = { body: string; at: number; secret?: string; id?: string }

type Signed = { id: string; headers: Record<string, string> }

export const WEBHOOK_ENDPOINTS = [
  {
    path: '/webhooks/polar',
    kind: 'event',
    keyOf: (id: string) => eventKey(id),
    prefix: 'webhook',
    sign: ({ id = randomUUID(), secret = SECRETS.polarWebhook, ...rest }: Signing): Signed => ({
      id,
      headers: signAsPolar({ webhookId: id, secret, ...rest }),
    }),
  },
  {
    path: '/webhooks/resend',
    kind: 'report',
    keyOf: (id: string) => shardSlot(id, 'report', id),
    prefix: 'svix',
    sign: ({ id = newSvixId(), secret = SECRETS.resendWebhook, ...rest }: Signing): Signed => ({
      id,
      headers: signAsResend({ svixId: id, secret, ...rest }),
    }),
  },
] as const

export type WebhookEndpoint = (typeof WEBHOOK_ENDPOINTS)[number]
