// Posts spans to a collector, a few seconds' worth at a time. No work waits for it. What the collector does not take is lost.

import { SECOND } from '../runtime/clock.ts'
import { encodeSpans, type Span } from './otlp.ts'

const EVERY = 5 * SECOND

/** Spans of one request, and those that wait for theirs. */
const MOST = { together: 500, waiting: 5_000 }

const PATIENCE = 5 * SECOND

type ExporterParts = {
  /** The collector's OTLP/HTTP endpoint, without `/v1/traces`. */
  endpoint: string
  headers: Readonly<Record<string, string>>
  role: string
  /** Receives how many spans were lost, and why. */
  onLost: (count: number, because: string) => void
}

export const createExporter = ({ endpoint, headers, role, onLost }: ExporterParts) => {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  let waiting: Span[] = []
  let sending: Promise<void> | undefined

  const post = async (spans: readonly Span[]): Promise<void> => {
    // A header or the URL may be a secret, so of an error only its name is told.
    const because = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: encodeSpans(spans, role),
      signal: AbortSignal.timeout(PATIENCE),
    }).then(
      async (answer) => {
        await answer.body?.cancel()
        return answer.ok ? null : `${answer.status}`
      },
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    )
    if (because !== null) onLost(spans.length, because)
  }

  const sendAll = async () => {
    while (waiting.length > 0) {
      const spans = waiting.slice(0, MOST.together)
      waiting = waiting.slice(MOST.together)
      await post(spans)
    }
    sending = undefined
  }

  const flush = (): Promise<void> => {
    sending ??= sendAll()
    return sending
  }
  const timer = setInterval(() => {
    void flush()
  }, EVERY)

  return {
    add: (span: Span): void => {
      if (waiting.length >= MOST.waiting) onLost(1, 'too many wait')
      else waiting.push(span)
      if (waiting.length >= MOST.together) void flush()
    },
    /** Sends what waits. */
    flush,
    close: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}
