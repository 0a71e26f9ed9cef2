// Spans as OTLP's JSON has them: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding

import { VERSION } from '../runtime/version.ts'
import type { Place } from './ids.ts'

/** The numbers of OTLP. */
const KINDS = { internal: 1, server: 2, client: 3 } as const
const STATUS_ERROR = 2

/** An attribute never has an address, a token, a URL or text of a customer's. */
type Attributes = Record<string, string | number | null | undefined>

/** Times in milliseconds. */
export type Span = Place & {
  name: string
  kind: keyof typeof KINDS
  parent: string | null
  start: number
  end: number
  attributes: Attributes
  isError?: boolean
  /** Spans of other traces that it belongs with. */
  links?: readonly Place[]
}

const nanoseconds = (ms: number) => `${BigInt(Math.round(ms * 1_000)) * 1_000n}`

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes).flatMap(([key, value]) => {
    if (value === null || value === undefined) return []
    return {
      key,
      value: typeof value === 'string' ? { stringValue: value } : { intValue: `${value}` },
    }
  })

const encode = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parent !== null && { parentSpanId: span.parent }),
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: nanoseconds(span.start),
  endTimeUnixNano: nanoseconds(span.end),
  attributes: attributesOf(span.attributes),
  links: span.links ?? [],
  status: span.isError ? { code: STATUS_ERROR } : {},
})

/** The body of a request with these spans. */
export const encodeSpans = (spans: readonly Span[], role: string): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: attributesOf({
            'service.name': 'postern',
            'service.version': VERSION,
            'postern.role': role,
          }),
        },
        scopeSpans: [{ scope: { name: 'postern', version: VERSION }, spans: spans.map(encode) }],
      },
    ],
  })
