// Metrics of events and messages: what this process changed, how many were decided, and how many messages stand where.

import { kinds } from '../../emails/index.ts'
import type { Happening } from '../deliveries/delivery.ts'
import { outcomesOf, type Progress, progressLabel } from '../deliveries/labels.ts'
import type { Loaded } from '../deliveries/store.ts'
import type { NewMessages } from '../events/decide.ts'
import type { Interpreted } from '../events/interpret.ts'
import { messagePriority } from '../messages/priority.ts'
import { messageIn } from '../messages/store.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { NEEDED_EVENTS } from '../watch/needed-events.ts'
import type { Kit } from './kit.ts'

/** Seconds from a webhook to the acceptance of its email: a moment for a receipt, hours where mail stood still. */
const BUCKETS = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400]

/** Seconds. An email may wait for Polar. */
const COMPOSING = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Where messages stand that are not at their end, and those that failed and were not sent again. */
const STANDING: readonly Progress[] = ['waiting', 'unconfirmed', 'held', 'failed']

const TYPES = new Set(NEEDED_EVENTS)

export const eventMetrics = ({ counter }: Kit) => {
  const events = counter({
    name: 'postern_events_total',
    help: 'Events that this process interpreted, by type and outcome: messages, or the reason for none.',
    labels: ['type', 'outcome'],
  })
  return {
    countEvent: ({ type, outcome }: Interpreted) =>
      events.inc({
        type: type !== null && TYPES.has(type) ? type : 'other',
        outcome: 'ignored' in outcome ? outcome.ignored : 'messages',
      }),
  }
}

export const messageMetrics = ({ counter, histogram }: Kit) => {
  const messages = counter({
    name: 'postern_messages_total',
    help: 'Messages by what happened to them in this process, and for some the reason.',
    labels: ['kind', 'outcome', 'reason'],
  })
  const toAccepted = histogram({
    name: 'postern_webhook_to_accepted_seconds',
    help: 'Seconds from the webhook to the acceptance of its email by Resend, by priority.',
    labels: ['priority'],
    buckets: BUCKETS,
  })
  const composing = histogram({
    name: 'postern_composing_seconds',
    help: 'Seconds that it took to compose an email, or to find that it is not to be sent.',
    buckets: COMPOSING,
  })
  // Prometheus sees the first of an outcome only if the series was there before.
  for (const kind of kinds)
    for (const outcome of ['accepted', 'failed']) messages.inc({ kind, outcome, reason: '' }, 0)

  const reasonIn = (outcome: string, happening: Happening): string =>
    outcome === 'held' && happening.what === 'held' ? happening.because : ''

  return {
    /** Counts new messages that are recorded as not sent. No change of their delivery follows. */
    countWithheld: ({ kind, ids, withheld }: NewMessages) => {
      if (withheld) messages.inc({ kind, outcome: 'not_sent', reason: withheld }, ids.length)
    },
    countChange: (before: Loaded, after: Loaded, happening: Happening) => {
      const { kind, eventId, receivedAt, resendOf } = messageIn(after.id, after.record)
      for (const counted of outcomesOf(before.delivery, after.delivery)) {
        const [outcome = '', reason = reasonIn(counted, happening)] = counted.split(':')
        messages.inc({ kind, outcome, reason })
      }
      if (before.delivery.state === 'accepted' || after.delivery.state !== 'accepted') return
      if (eventId === null || resendOf !== undefined) return
      const took = Math.max(0, after.delivery.at - receivedAt)
      toAccepted.observe({ priority: messagePriority(kind) }, took / SECOND)
    },
    /** @param took milliseconds. */
    countComposed: (took: number) => composing.observe(took / SECOND),
  }
}

/** The commands and the console decide messages too, so Redis keeps the totals. */
export const decidedMetrics = (
  { readCounter }: Kit,
  { index }: { index: Pick<RecordIndex, 'totals'> },
) =>
  readCounter(
    {
      name: 'postern_messages_decided_total',
      help: 'Messages that were decided, by kind, by all processes and commands.',
      labels: ['kind'],
    },
    async () => {
      const totals = await index.totals()
      return kinds.map((kind) => ({ labels: { kind }, value: totals[kind] ?? 0 }))
    },
  )

type StandingParts = { index: Pick<RecordIndex, 'size' | 'list'>; clock: Pick<Clock, 'now'> }

export const standingMetrics = ({ gauge }: Kit, { index, clock }: StandingParts) => {
  gauge(
    {
      name: 'postern_messages',
      help: 'Messages of all processes that wait, are unconfirmed, are held, or have failed and were not sent again.',
      labels: ['state'],
    },
    () =>
      Promise.all(
        STANDING.map(async (state) => ({
          labels: { state },
          value: await index.size(progressLabel(state)),
        })),
      ),
  )
  gauge(
    {
      name: 'postern_oldest_waiting_message_seconds',
      help: 'Seconds since the oldest message that waits or is being sent was decided; 0 if there is none.',
    },
    async () => {
      const { found } = await index.list({
        ...{ label: progressLabel('waiting'), order: 'oldest', limit: 1 },
      })
      const [oldest] = found
      return [{ value: oldest ? Math.max(0, clock.now() - oldest.at) / SECOND : 0 }]
    },
  )
}
