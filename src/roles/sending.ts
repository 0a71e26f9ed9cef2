// Puts together the way from the id of a message to an email that Resend has accepted: composing and delivering.

import type { CustomerStore } from '../customers/store.ts'
import type { Adoptions } from '../deliveries/adoptions.ts'
import { createResumeBatch } from '../deliveries/batches/resume.ts'
import { createSendBatch } from '../deliveries/batches/send.ts'
import { createSettleBatch } from '../deliveries/batches/settle.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createUndoBatch } from '../deliveries/batches/undo.ts'
import { createDeliver } from '../deliveries/deliver.ts'
import { createDispatcher } from '../deliveries/dispatcher.ts'
import { createFlood } from '../deliveries/flood.ts'
import { createReconcile } from '../deliveries/reconcile.ts'
import { createRecordOutcome } from '../deliveries/record-outcome.ts'
import { createAfterRefusal } from '../deliveries/refusal.ts'
import { createSendOne } from '../deliveries/send-one.ts'
import { type Loaded, linksIn } from '../deliveries/store.ts'
import type { MailedLinks } from '../links/link.ts'
import { createCompose } from '../messages/compose.ts'
import { createInvoices } from '../messages/invoices.ts'
import { createStaleCheck } from '../messages/is-stale.ts'
import { createLatestContent } from '../messages/latest-content.ts'
import { createRetrySchedule } from '../messages/retry-schedule.ts'
import { createSameEmail } from '../messages/same-email.ts'
import { messageIn } from '../messages/store.ts'
import type { Email } from '../resend/email.ts'
import { createPauseMail } from '../resend/pause-mail.ts'
import { failure } from '../runtime/log.ts'
import { detailsFor } from './composing.ts'
import type { Shared } from './shared.ts'
import type { StageRun } from './stages.ts'

/** Jobs of a stage at the same time: they hand their ids on, and wait only for room. */
const CONCURRENCY = 4

type SendingParts = {
  shared: Shared
  customers: CustomerStore
  /** The email that a message was sent as before Redis was restored. */
  sentAs: Adoptions['sentAs']
}

export const createSending = (parts: SendingParts) => {
  const { shared, customers, sentAs } = parts
  const { config, redis, stages, deliveries, links, suppressions, notify, clock, log } = shared
  const { metrics, traces, pause, rateLimiter, resend, polar, brandOf, sender } = shared
  const isShadow = config.sendMode === 'shadow'
  const retries = createRetrySchedule(clock)

  const invoices = createInvoices({ polar, waiting: stages.deliveries.due.count, retries })

  const prepare = createCompose({
    draftLinks: links.draft,
    staleReason: createStaleCheck(customers, clock),
    withLatestContent: createLatestContent(customers, clock),
    isSuppressed: async (address) => (await suppressions.isSuppressed(address)) !== null,
    detailsOf: detailsFor({ shared, customers, invoices, retries }),
    sameEmail: createSameEmail({ frozen: deliveries.frozen, invoices }),
    brandOf,
    sender,
    isShadow,
    allowlist: config.email.allowlist,
    clock,
  })

  /** The same, with the time that composing takes. */
  const prepareTimed = (loaded: Loaded) => {
    const { about, compose } = prepare(loaded)
    const composeTimed = async () => {
      const began = performance.now()
      let isError = true
      try {
        const composed = await compose()
        isError = false
        return composed
      } finally {
        const took = performance.now() - began
        metrics?.countComposed(took)
        traces?.composed(loaded, took, isError)
      }
    }
    return { about, compose: composeTimed }
  }

  const record = createRecordOutcome({
    deliveries,
    notify,
    clock,
    log,
  })
  const pauseMail = createPauseMail({ pause, rateLimiter, notify, clock, log })
  const batches = createBatchStore(redis, stages.batches.due)
  const sendParts = {
    deliveries,
    batches,
    resend,
    record,
    pauseMail,
    clock,
    log,
    flood: createFlood(redis),
    afterRefusal: createAfterRefusal({ pauseMail, random: Math.random, clock }),
    withLinks: ({ id, record }: Loaded, email: Email, drafted?: MailedLinks) => {
      const stored = drafted ?? linksIn(record)
      if (!stored) throw new Error(`message ${id} has no links`)
      const [html = '', text = ''] = links.fill(messageIn(id, record), stored, [
        email.html,
        email.text,
      ])
      return { ...email, html, text }
    },
  }
  const sendOne = createSendOne(sendParts)
  const batchParts = {
    ...sendParts,
    ...createUndoBatch(sendParts),
    ...createSettleBatch(sendParts),
  }
  const sendBatch = createSendBatch(batchParts)
  const resume = createResumeBatch({ ...batchParts, repeat: sendBatch.repeat })

  const dispatcher = createDispatcher({
    rateLimiter,
    send: async (drafts, acquire) => {
      const [first, ...more] = drafts
      if (more.length > 0) await sendBatch.first(drafts, acquire)
      else if (first) await sendOne.first(first, acquire)
    },
    onError: (error) => log.error(failure(error), 'request to Resend failed'),
    linger: shared.linger,
  })
  const reconcile = createReconcile({ ...sendParts, rateLimiter })

  const batchesInHand = new Set<string>()
  const resumeBatch = async (id: string, member?: string) => {
    if (isShadow || batchesInHand.has(id)) return
    const request = await resume(id, member)
    if (!request || batchesInHand.has(id)) return
    batchesInHand.add(id)
    const taken = () => batchesInHand.delete(id)
    dispatcher.add({ goes: 'alone', priority: 'high', request, taken })
  }

  const isPaused = async () => (await pause.state()) !== null
  const deliver = createDeliver({
    deliveries,
    prepare: metrics || traces ? prepareTimed : prepare,
    dispatcher,
    sendOne,
    resumeBatch,
    reconcile,
    record,
    sentAs,
    isShadow,
    wasPaused: pause.wasPaused,
    isPaused,
    clock,
    log,
  })
  const runs: StageRun[] = [
    {
      stage: stages.deliveries,
      handler: deliver.handler,
      concurrency: { high: CONCURRENCY, low: CONCURRENCY },
      isPaused,
      moments: deliver.moments,
      isIdle: () => deliver.isIdle() && dispatcher.isIdle() && reconcile.isIdle(),
    },
    {
      stage: stages.batches,
      handler: (id) => resumeBatch(id),
      concurrency: { high: CONCURRENCY },
      isPaused,
    },
  ]
  return {
    stages: runs,
    /** Lets the requests in flight end. Messages that have not begun are left to their records. */
    close: async () => {
      rateLimiter.close()
      await Promise.all([deliver.close(), dispatcher.close(), reconcile.settled()])
    },
    /** Nudges the other workers about the messages that were left. It comes last, or a job of this process might take them. */
    handOver: () => {
      for (const [id, priority] of deliver.left()) stages.deliveries.nudge(id, priority)
    },
  }
}
