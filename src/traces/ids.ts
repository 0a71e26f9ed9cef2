// The ids of traces and spans. They follow from the ids of events and messages, so that every process finds the same ones, at
// any later time, and none has to be stored or passed on.

import { createHash } from 'node:crypto'

const digest = (what: string, of: string) =>
  createHash('sha256').update(`${what}\n${of}`).digest('hex')

/** The trace of an event and all that comes of it. A message that no event caused has a trace of its own. */
export const traceIdOf = (subject: string): string => digest('trace', subject).slice(0, 32)

/** The span of an event or a message that other spans name as their parent. */
export const spanIdOf = (name: 'webhook' | 'interpret' | 'message', subject: string): string =>
  digest(name, subject).slice(0, 16)

/** Where in a trace a span is. */
export type Place = { traceId: string; spanId: string }

type Caused = { id: string; eventId: string | null }

/** The place of a message's span. */
export const placeOf = ({ id, eventId }: Caused): Place => ({
  traceId: traceIdOf(eventId ?? id),
  spanId: spanIdOf('message', id),
})
