// Posts spans to a collector, a few seconds' worth at a time. No work waits for it. What the collector does not take is lost.

import { SECOND } from '../runtime/clock.ts'
import { postOnce, reasonIn } from '../runtime/post-once.ts'
import { encodeSpans, type Span } from './otlp.ts'

const EVERY = 5 * SECOND

/** Spans of one request, and those that wait for theirs. */
const MOST = { together: 500, waiting: 5_000 }

/** A request lasts no longer, nor does a close: the process has a deadline for all that it closes. */
const PATIENCE = 5 * SECOND

type ExporterParts = {
  /** The collector's OTLP/HTTP endpoint, without `/v1/traces`. */
  endpoint: string
  headers: Readonly<Record<string, string>>
  role: string
  /** Receives how many spans were lost, and why. */
  onLost: (count: number, because: string) => void
  /** In milliseconds; see the default. */
  patience?: number
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp */
export const tracesUrl = (endpoint: string): string => {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`
  return url.href
}

export const createExporter = (parts: ExporterParts) => {
  const { endpoint, headers, role, onLost, patience = PATIENCE } = parts
  const url = tracesUrl(endpoint)
  let closedBy = Number.POSITIVE_INFINITY
  let waiting: Span[] = []
  let sending: Promise<void> | undefined
  /** The collector did not take the last request. The next one waits for its time. */
  let isAway = false

  const sendAll = async () => {
    do {
      const spans = waiting.slice(0, MOST.together)
      waiting = waiting.slice(MOST.together)
      const body = encodeSpans(spans, role)
      const timeLeft = Math.max(0, Math.min(patience, closedBy - performance.now()))
      const signal = AbortSignal.timeout(Math.ceil(timeLeft))
      const refused = await postOnce({ url, headers, body, signal })
      isAway = refused !== null
      if (refused) onLost(spans.length, reasonIn(refused))
    } while (waiting.length > 0 && !isAway)
  }

  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return sending
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }
  const timer = setInterval(() => {
    void flush()
  }, EVERY)

  return {
    add: (span: Span): void => {
      if (waiting.length >= MOST.waiting) onLost(1, 'too many wait')
      else waiting.push(span)
      if (waiting.length >= MOST.together && !isAway) void flush()
    },
    /** Sends what waits, until the collector does not take it. */
    flush,
    /** Sends all that waits, as far as there is time. */
    close: async () => {
      clearInterval(timer)
      closedBy = performance.now() + patience
      await sending
      while (waiting.length > 0 && performance.now() < closedBy) await flush()
      if (waiting.length > 0) onLost(waiting.length, 'closed')
    },
  }
}
