// Spans on their way to a collector, and the settings that lead there.

import { describe, expect, test } from 'vitest'
import { freePort } from '../../src/sandbox/redis.ts'
import { createExporter, tracesUrl } from '../../src/traces/exporter.ts'
import type { Span } from '../../src/traces/otlp.ts'
import { startReceiver } from '../support/receiver.ts'
import { problemsWith, withSettings } from './settings.ts'

const span: Span = {
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parent: null },
  ...{ name: 'send', kind: 'client', start: 1_000.5, end: 2_000 },
  attributes: { 'postern.kind': 'order_confirmation', 'postern.reason': null },
  isError: true,
}

const exporting = (endpoint: string, patience?: number) => {
  const lost: [count: number, because: string][] = []
  const exporter = createExporter({
    ...{ endpoint, role: 'all', headers: { 'x-api-key': 'hush' } },
    ...(patience !== undefined && { patience }),
    onLost: (...one) => lost.push(one),
  })
  return { exporter, lost }
}

describe('the exporter', () => {
  test('sends what waits when it is closed, as OTLP writes it', async () => {
    const { url, posts } = await startReceiver()
    const { exporter, lost } = exporting(url)
    exporter.add(span)
    await exporter.close()
    expect(lost).toEqual([])
    expect(posts[0].resourceSpans[0].scopeSpans[0].spans).toEqual([
      {
        ...{ traceId: span.traceId, spanId: span.spanId, name: 'send', kind: 3 },
        ...{ startTimeUnixNano: '1000500000', endTimeUnixNano: '2000000000' },
        attributes: [{ key: 'postern.kind', value: { stringValue: 'order_confirmation' } }],
        ...{ links: [], status: { code: 2 } },
      },
    ])
  })

  test('goes on after a time without any', async () => {
    const { url, posts } = await startReceiver()
    const { exporter } = exporting(url)
    await exporter.flush()
    exporter.add(span)
    await exporter.flush()
    expect(posts).toHaveLength(1)
    await exporter.close()
  })

  test('says how many spans a collector did not take, and goes on', async () => {
    const { url, posts } = await startReceiver((before) => (before === 0 ? 503 : 200))
    const { exporter, lost } = exporting(url)
    exporter.add(span)
    exporter.add(span)
    await exporter.flush()
    exporter.add(span)
    await exporter.close()
    expect(lost).toEqual([[2, '503']])
    expect(posts).toHaveLength(2)
  })

  test('keeps the URL and the headers of a collector that is away to itself', async () => {
    const { exporter, lost } = exporting(`http://127.0.0.1:${await freePort()}/hush`)
    exporter.add(span)
    await exporter.close()
    expect(lost).toEqual([[1, 'ECONNREFUSED']])
  })

  test('takes the headers of a collector to no other place', async () => {
    const { url, posts } = await startReceiver((before) => (before === 0 ? 307 : 200))
    const { exporter, lost } = exporting(url)
    exporter.add(span)
    await exporter.close()
    expect([posts.length, lost]).toEqual([1, [[1, '307']]])
  })

  test('asks a collector that takes nothing once at a time, and keeps a bounded number', async () => {
    const { url, posts } = await startReceiver(() => 503)
    const { exporter, lost } = exporting(url)
    exporter.add(span)
    await exporter.flush()
    for (let n = 0; n < 5_001; n++) exporter.add(span)
    expect(lost).toEqual([
      [1, '503'],
      [1, 'too many wait'],
    ])
    await exporter.flush()
    expect(posts).toHaveLength(2)
    await exporter.close()
    expect(lost.reduce((sum, [count]) => sum + count, 0)).toBe(5_002)
  })

  test('is closed in the time of one request where the collector does not answer', async () => {
    const { url, posts } = await startReceiver(() => null)
    const { exporter, lost } = exporting(url, 200)
    for (let n = 0; n < 5_000; n++) exporter.add(span)
    await exporter.close()
    expect(lost.reduce((sum, [count]) => sum + count, 0)).toBe(5_000)
    expect(posts.length).toBeLessThanOrEqual(2)
  })

  test.each([
    ['http://localhost:4318', 'http://localhost:4318/v1/traces'],
    ['http://localhost:4318/', 'http://localhost:4318/v1/traces'],
    ['https://otlp.example.com/tenant', 'https://otlp.example.com/tenant/v1/traces'],
    ['https://otlp.example.com/tenant/', 'https://otlp.example.com/tenant/v1/traces'],
    ['https://otlp.example.com/a?key=b', 'https://otlp.example.com/a/v1/traces?key=b'],
  ])('posts to the path that OpenTelemetry has for traces below %s', (endpoint, url) => {
    expect(tracesUrl(endpoint)).toBe(url)
  })
})

describe('the settings of traces', () => {
  const endpoint = 'https://otlp.example.com/tenant'

  test.each([
    ['', {}],
    ['x-api-key=a=b', { 'x-api-key': 'a=b' }],
    ['authorization=Basic%20YTpi, x-scope = 7', { authorization: 'Basic YTpi', 'x-scope': '7' }],
    ['x-scopes=a%2Cb', { 'x-scopes': 'a,b' }],
    ['x-api-key=50%', { 'x-api-key': '50%' }],
  ])('may have the headers %j', (OTEL_EXPORTER_OTLP_HEADERS, headers) => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS }
    expect(withSettings(settings).traces).toEqual({ endpoint, headers })
  })

  test.each(['hush', 'x-api-key=hush%0Ax: y', 'x-api-key=hush%E2%82%AC', 'x-api-key=hush\u20ac'])(
    'name a wrong header without its value: %j',
    (OTEL_EXPORTER_OTLP_HEADERS) => {
      expect(problemsWith({ OTEL_EXPORTER_OTLP_HEADERS })).toEqual([
        'OTEL_EXPORTER_OTLP_HEADERS must be headers such as x-api-key=secret, comma-separated, of the characters that HTTP allows',
      ])
    },
  )

  test('are none where no endpoint is set', () => {
    expect(withSettings().traces).toBeUndefined()
  })
})
