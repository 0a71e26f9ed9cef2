// From the id of a message to an email that Resend has accepted: how composing and delivering are put together.

import { brandSettings } from '../../emails/index.ts'
import type { Alert } from '../alerts/alert.ts'
import type { Config } from '../config.ts'
import type { CustomerStore } from '../customers/store.ts'
import { createResumeBatch } from '../deliveries/batches/resume.ts'
import { createSendBatch } from '../deliveries/batches/send.ts'
import { createSettleBatch } from '../deliveries/batches/settle.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createUndoBatch } from '../deliveries/batches/undo.ts'
import { createDeliver } from '../deliveries/deliver.ts'
import type { Email } from '../deliveries/delivery.ts'
import { createDispatcher } from '../deliveries/dispatcher.ts'
import { createFlood } from '../deliveries/flood.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import { createReconcile } from '../deliveries/reconcile.ts'
import { createRecord } from '../deliveries/record.ts'
import type { Rehearsals } from '../deliveries/rehearsals.ts'
import { createSendOne } from '../deliveries/send-one.ts'
import type { DeliveryStore } from '../deliveries/store.ts'
import { createOrderIn } from '../events/order-in.ts'
import type { EventStore } from '../events/store.ts'
import type { Links } from '../links/issue.ts'
import type { Link } from '../links/link.ts'
import { createBrandOf } from '../messages/brand.ts'
import { createCompose } from '../messages/compose.ts'
import { createCurrent } from '../messages/current.ts'
import { createDetails } from '../messages/details.ts'
import { createInvoices } from '../messages/invoices.ts'
import { createStaleCheck } from '../messages/is-stale.ts'
import { createLaterOrder } from '../messages/later-order.ts'
import { customerKeyOf } from '../messages/message.ts'
import { laneOf } from '../messages/priority.ts'
import { createRetrySchedule } from '../messages/retry-schedule.ts'
import type { MessageStore } from '../messages/store.ts'
import type { PolarClient } from '../polar/client.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Lane, Lanes, NudgedLane } from '../redis/stage.ts'
import { createResendClient } from '../resend/client.ts'
import { createPauseMail } from '../resend/pause-mail.ts'
import type { Permits } from '../resend/rate-limiter.ts'
import type { Clock } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'

/** Jobs of a stage at the same time: they hand on what they carry, and wait only for room. */
const AT_ONCE = 4

type SendingParts = {
  config: Pick<Config, 'brand' | 'email' | 'resend' | 'sendMode'>
  redis: RedisClient
  events: EventStore
  customers: CustomerStore
  messages: MessageStore
  deliveries: DeliveryStore
  links: Links
  polar: PolarClient
  permits: Permits
  held: HeldMessages
  rehearsals: Rehearsals
  isSuppressed: (address: string) => Promise<boolean>
  /** Tells a person what stops or loses mail. */
  tell: (news: Alert) => void
  lanes: Lanes
  batchLane: NudgedLane
  clock: Clock
  log: Log
}

export const createSending = (parts: SendingParts) => {
  const {
    config,
    redis,
    events,
    customers,
    messages,
    deliveries,
    links,
    polar,
    lanes,
    clock,
    log,
  } = parts
  const { permits, tell, batchLane } = parts
  const isShadow = config.sendMode === 'shadow'
  const customerOf = (messageId: string) => customerKeyOf(messageId) ?? ''
  const retries = createRetrySchedule(clock)

  const read = createCompose({
    messages,
    draftLinks: links.draft,
    staleReason: createStaleCheck(customers, clock),
    currentOf: createCurrent(customers, clock),
    isSuppressed: parts.isSuppressed,
    detailsOf: createDetails({
      polar,
      laterOrder: createLaterOrder({ customers, orderIn: createOrderIn(events), polar, clock }),
      invoices: createInvoices({ polar, waiting: lanes.count, retries }),
      retries,
      clock,
    }),
    brandOf: createBrandOf({ polar, ...config.brand, own: brandSettings }),
    sender: { from: config.email.from.text, replyTo: config.email.replyTo?.text ?? null },
    isShadow,
    allowlist: config.email.allowlist,
  })

  const resend = createResendClient({
    apiKey: config.resend.apiKey,
    baseUrl: config.resend.baseUrl,
    clock,
    onLimit: (perSecond) => {
      permits.told(perSecond).catch((error) => log.error(failure(error), 'limit not noted'))
    },
  })
  const record = createRecord({
    ...{ deliveries, lanes, tell, clock, log },
    held: parts.held,
    rehearsals: parts.rehearsals,
    mailed: (id, ids, at) => links.mailed(customerOf(id), ids, at),
  })
  const batches = createBatchStore(redis, batchLane.due)
  const flood = createFlood(redis)
  const common = { deliveries, flood, lanes, batches, resend, record, clock, log }
  const call = {
    ...common,
    laneOf: ({ about }: Email) => laneOf(about.kind),
    stop: createPauseMail({ permits, tell, clock, log }),
    newsOf: links.news,
    withLinks: async (id: string, email: Email, drafted?: readonly Link[]) => {
      const texts = [email.html, email.text]
      const [html = '', text = ''] = drafted
        ? links.fillWith(texts, drafted)
        : await links.fill(customerOf(id), texts)
      return { ...email, html, text }
    },
    random: Math.random,
  }
  const sendOne = createSendOne(call)
  const batchParts = { ...call, ...createUndoBatch(call), ...createSettleBatch(call) }
  const sendBatch = createSendBatch(batchParts)
  const resume = createResumeBatch({ ...batchParts, repeat: sendBatch.repeat })

  const reconcile = createReconcile({ ...call, permits })
  const coming = { count: 0 }
  const dispatcher = createDispatcher({
    permits,
    send: async (drafts, permit) => {
      const [first, ...more] = drafts
      if (more.length > 0) await sendBatch.first(drafts, permit)
      else if (first) await sendOne.first(first, permit)
    },
    isMoreComing: () => coming.count > 0,
    onError: (error) => log.error(failure(error), 'request to Resend failed'),
  })

  const batchesInHand = new Set<string>()
  const resumeBatch = async (id: string, member?: string) => {
    if (isShadow || batchesInHand.has(id)) return
    const go = await resume(id, member)
    if (!go || batchesInHand.has(id)) return
    batchesInHand.add(id)
    dispatcher.add({ goes: 'alone', lane: 'prompt', go, left: () => batchesInHand.delete(id) })
  }

  const deliver = createDeliver({
    ...{ deliveries, lanes, read, dispatcher, sendOne, resumeBatch, record, coming, isShadow },
    reconcile,
    isShut: permits.wasShut,
    clock,
    log,
  })
  /** Whether all mail is stopped; asked of Redis. */
  const isShut = async () => (await permits.shut()) !== null
  const delivering = (lane: Lane) => ({
    ...lanes[lane],
    look: deliver.look(lane),
    concurrency: AT_ONCE,
    isShut,
  })

  return {
    stages: {
      deliveries: delivering('prompt'),
      deliveries_bulk: delivering('bulk'),
      batches: {
        ...batchLane,
        look: (id: string) => resumeBatch(id),
        concurrency: AT_ONCE,
        isShut,
      },
    },
    /** Lets the requests in flight end; what has not begun is left to its record. */
    close: async () => {
      permits.close()
      await Promise.all([deliver.close(), dispatcher.close(), reconcile.settled()])
    },
  }
}
