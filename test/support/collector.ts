// A collector of traces: it takes OTLP over HTTP, and keeps the spans.

import { type Posted, startReceiver } from './receiver.ts'

export type Collected = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Record<string, string>
  links: { traceId: string; spanId: string }[]
  status: { code?: number }
}

type Attribute = { key: string; value: { stringValue?: string; intValue?: string } }

const spansIn = (post: Posted): Collected[] =>
  post.resourceSpans[0].scopeSpans[0].spans.map(
    ({ attributes, ...span }: Omit<Collected, 'attributes'> & { attributes: Attribute[] }) => ({
      ...span,
      attributes: Object.fromEntries(
        attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
      ),
    }),
  )

export const startCollector = async () => {
  const { url, posts } = await startReceiver()
  return {
    url: new URL(url).origin,
    posts,
    spans: (): Collected[] => posts.flatMap(spansIn),
    text: () => JSON.stringify(posts),
  }
}
