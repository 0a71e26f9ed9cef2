// The trace of an event, over all processes and all times: its webhook, its interpretation, each message with its attempts and
// reports, each visit of a link and the session that is minted for it.
//
//   webhook ─▶ interpret ─▶ message ─▶ compose, send, report, visit ─▶ mint
//
// Spans are made of what the records say when something has happened, so none is open while something is under way.

import { randomBytes } from 'node:crypto'
import type { Ending } from '../clicks/store.ts'
import type { Verdict } from '../clicks/verdict.ts'
import type { Happening } from '../deliveries/delivery.ts'
import { hasEnded } from '../deliveries/delivery.ts'
import type { Loaded } from '../deliveries/store.ts'
import type { Interpreted } from '../events/interpret.ts'
import type { Link } from '../links/link.ts'
import type { Message } from '../messages/message.ts'
import { messageIn } from '../messages/store.ts'
import type { SignInResult } from '../portal/sign-in.ts'
import { createBackground } from '../runtime/background.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import { createExporter } from './exporter.ts'
import { type Place, placeOf, spanIdOf, traceIdOf } from './ids.ts'
import type { Span } from './otlp.ts'

export type TraceSettings = { endpoint: string; headers: Readonly<Record<string, string>> }

type TraceParts = TraceSettings & {
  role: string
  loadMessage: (id: string) => Promise<Message | null>
  clock: Clock
  log: Log
}

type Visit = Verdict & { ending: Ending; took: number }

/** Begins an attempt, whose end is the next thing that happens to the message. */
const BEGINS = new Set<Happening['what']>(['claimed', 'batched', 'repeated'])

const ENDS = new Set<Happening['what']>([
  ...(['accepted', 'retry_scheduled', 'requeued', 'unconfirmed', 'failed'] as const),
])

const randomSpanId = () => randomBytes(8).toString('hex')

export const createTraces = (parts: TraceParts) => {
  const { loadMessage, clock, log } = parts
  const lost = createTally<string>(MINUTE, clock, (count, because) =>
    log.warn({ spans: count, because }, 'spans lost'),
  )
  const exporter = createExporter({ ...parts, onLost: (count, because) => lost(because, count) })
  const pending = createBackground((error) => log.debug(failure(error), 'span not made'))

  /** A span that ends now. @param took milliseconds. */
  const ended = (took: number) => {
    const end = clock.now()
    return { start: end - took, end }
  }

  /** A span within that of a message. */
  const within = (message: Message, span: Omit<Span, keyof Place | 'parent'>): void => {
    const { traceId, spanId: parent } = placeOf(message)
    const attributes = { 'postern.message': message.id, ...span.attributes }
    exporter.add({ ...span, attributes, traceId, parent, spanId: randomSpanId() })
  }

  /** A message that an earlier event has decided is in the trace of that event. */
  const linksOf = async ({ id, outcome }: Interpreted): Promise<Place[]> => {
    const messages = await Promise.all((outcome.messages ?? []).map(loadMessage))
    return messages.flatMap((one) => (one && one.eventId !== id ? [placeOf(one)] : []))
  }

  const visitIds = new WeakMap<Link, string>()
  /** A visit's span is made after that of its session. */
  const visitIdOf = (link: Link): string => {
    const id = visitIds.get(link) ?? randomSpanId()
    visitIds.set(link, id)
    return id
  }

  /** `null` for a link that no message has. */
  const messageOf = ({ messageId, eventId }: Link) =>
    messageId === null ? null : { id: messageId, eventId }

  const attempt = (message: Message, before: Loaded, { at, what }: Happening): void => {
    const begun = before.delivery.history.findLast((entry) => BEGINS.has(entry.what))
    const { state } = before.delivery
    if (!begun || (state !== 'sending' && state !== 'batched')) return
    const isError = what !== 'accepted'
    const attributes = { 'postern.outcome': what, 'postern.began_as': begun.what }
    within(message, { name: 'send', kind: 'client', start: begun.at, end: at, attributes, isError })
  }

  return {
    /** @param took milliseconds to store it. */
    received: (event: string, isNew: boolean, took: number): void => {
      const spanId = spanIdOf('webhook', event)
      exporter.add({
        ...{ name: 'webhook', kind: 'server', ...ended(took) },
        traceId: traceIdOf(event),
        ...(isNew ? { spanId, parent: null } : { spanId: randomSpanId(), parent: spanId }),
        attributes: { 'postern.event': event, 'postern.stored': isNew ? 'now' : 'before' },
      })
    },

    interpreted: (event: Interpreted): void => {
      const { id, type, outcome, took } = event
      const times = ended(took)
      const add = (links: Place[]) =>
        exporter.add({
          ...{ name: 'interpret', kind: 'internal', ...times, links },
          ...{ traceId: traceIdOf(id), spanId: spanIdOf('interpret', id) },
          parent: spanIdOf('webhook', id),
          attributes: {
            'postern.event': id,
            'postern.type': type,
            'postern.outcome': 'ignored' in outcome ? outcome.ignored : 'messages',
          },
        })
      pending.track(linksOf(event).then(add))
    },

    /** @param took milliseconds. */
    composed: ({ id, record }: Loaded, took: number, isError: boolean): void =>
      within(messageIn(id, record), {
        ...{ name: 'compose', kind: 'internal', ...ended(took), attributes: {}, isError },
      }),

    changed: (before: Loaded, after: Loaded, happening: Happening): void => {
      const { at, what } = happening
      const message = messageIn(after.id, after.record)
      if (ENDS.has(what)) attempt(message, before, happening)
      if (what === 'reported') {
        const attributes = { 'postern.report': happening.report.is }
        const end = Math.max(at, clock.now())
        within(message, { name: 'report', kind: 'server', start: at, end, attributes })
      }
      if (!hasEnded(after.delivery) || hasEnded(before.delivery)) return
      const { state } = after.delivery
      exporter.add({
        ...{ ...placeOf(message), name: 'message', kind: 'internal' },
        parent: message.eventId && spanIdOf('interpret', message.eventId),
        ...{ start: message.plannedAt, end: Math.max(at, message.plannedAt) },
        attributes: {
          'postern.message': message.id,
          'postern.kind': message.kind,
          'postern.outcome': state,
          'postern.reason': state === 'not_sent' ? after.delivery.because : null,
        },
        isError: state === 'failed',
      })
    },

    visited: (link: Link, { visitor, evidence, ending, took }: Visit): void => {
      const message = messageOf(link)
      if (!message) return
      const { traceId, spanId: parent } = placeOf(message)
      exporter.add({
        ...{ name: 'visit', kind: 'server', ...ended(took), traceId, parent },
        spanId: visitIdOf(link),
        attributes: {
          'postern.message': message.id,
          'postern.visitor': visitor,
          'postern.evidence': evidence.join(','),
          'postern.ending': ending,
        },
      })
    },

    /** @param took milliseconds. */
    signedIn: (link: Link, result: SignInResult, took: number): void => {
      const message = messageOf(link)
      if (!message) return
      exporter.add({
        ...{ name: 'mint', kind: 'client', ...ended(took) },
        ...{ traceId: placeOf(message).traceId, spanId: randomSpanId(), parent: visitIdOf(link) },
        attributes: { 'postern.outcome': 'url' in result ? 'minted' : result.refused },
        isError: !('url' in result),
      })
    },

    close: async () => {
      await pending.settled()
      await exporter.close()
    },
  }
}

export type Traces = ReturnType<typeof createTraces>
