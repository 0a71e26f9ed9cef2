// From the id of a message to an email that Resend has accepted: how composing and delivering are put together.

import { brandSettings } from '../emails/index.ts'
import type { Config } from './config.ts'
import { createDeliver } from './deliveries/deliver.ts'
import { createMailer } from './deliveries/mailer.ts'
import { createPause } from './deliveries/pause.ts'
import { createDeliveryStore } from './deliveries/store.ts'
import { createOvertaken } from './events/overtaken.ts'
import { createSince } from './events/since.ts'
import type { EventStore } from './events/store.ts'
import type { Links } from './links/issue.ts'
import { createBrandOf } from './messages/brand.ts'
import { createCompose } from './messages/compose.ts'
import { createDetails } from './messages/details.ts'
import { createInvoices } from './messages/invoices.ts'
import { createLooks } from './messages/looks.ts'
import { customerKeyOf } from './messages/message.ts'
import type { MessageStore } from './messages/store.ts'
import type { PolarClient } from './polar/client.ts'
import type { RedisClient } from './redis/connection.ts'
import type { Due } from './redis/due.ts'
import type { Clock } from './runtime/clock.ts'
import type { Log } from './runtime/log.ts'

type SendingParts = {
  config: Pick<Config, 'brand' | 'email' | 'resend' | 'sendMode'>
  redis: RedisClient
  events: EventStore
  messages: MessageStore
  links: Links
  polar: PolarClient
  due: Due
  clock: Clock
  log: Log
}

export const createSending = (parts: SendingParts) => {
  const { config, redis, events, messages, links, polar, due, clock, log } = parts
  const isShadow = config.sendMode === 'shadow'
  const customerOf = (messageId: string) => customerKeyOf(messageId) ?? ''
  const looks = createLooks(clock)

  const compose = createCompose({
    messages,
    issueLinks: links.issue,
    isOvertaken: createOvertaken(events),
    detailsOf: createDetails({
      polar,
      since: createSince({ events, polar, clock }),
      invoices: createInvoices({ polar, waiting: due.count, looks }),
      looks,
    }),
    brandOf: createBrandOf({ polar, ...config.brand, own: brandSettings }),
    sender: { from: config.email.from.text, replyTo: config.email.replyTo?.text ?? null },
    isShadow,
    allowlist: config.email.allowlist,
  })

  return createDeliver({
    deliveries: createDeliveryStore(redis, customerOf),
    due,
    mailer: createMailer({
      apiKey: config.resend.apiKey,
      baseUrl: config.resend.baseUrl,
      clock,
    }),
    compose,
    withLinks: async (id, email) => {
      const [html = '', text = ''] = await links.fill(customerOf(id), [email.html, email.text])
      return { ...email, html, text }
    },
    mailed: (id, email, at) => links.mailed(customerOf(id), email.html, at),
    pause: createPause(redis),
    isShadow,
    random: Math.random,
    clock,
    log,
  })
}
