// Adds the id of the trace to the log lines about an event.

import type { Log } from '../runtime/log.ts'
import { traceIdOf } from './ids.ts'

/** The fields of a line, with the id of its event's trace. */
const traced = (fields: object): object =>
  'event' in fields && typeof fields.event === 'string'
    ? { ...fields, trace_id: traceIdOf(fields.event) }
    : fields

export const withTraceIds = (log: Log): Log => log.child({}, { formatters: { log: traced } })
