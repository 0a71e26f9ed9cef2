// Traces at a collector: one trace for an event and all that comes of it.

import { expect, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { type Collected, startCollector } from '../support/collector.ts'
import { paidOrder } from '../support/events.ts'
import { mailed } from '../support/links.ts'
import { messageOf } from '../support/mailed.ts'
import { startTestSystem } from '../support/system.ts'

const HEADERS = 'x-api-key=hush-hush'

const start = async () => {
  const collector = await startCollector()
  const system = await startTestSystem({
    environment: {
      LINK_SETTLE_SECONDS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: HEADERS,
    },
  })
  return { collector, system }
}

/** Each span under its parent, as `webhook > interpret`. */
const pathOf = (span: Collected, spans: readonly Collected[]): string => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  if (!span.parentSpanId) return span.name
  return `${parent ? pathOf(parent, spans) : 'lost'} > ${span.name}`
}

test('one story is one trace, from the webhook to the session', async () => {
  const { collector, system } = await start()
  const { link, mail } = await mailed(system)
  await visit(link)
  const id = messageOf(mail)
  await system.close()
  const spans = collector.spans()
  const { traceId } = spans.find(({ name }) => name === 'message') as Collected
  const trace = spans.filter((span) => span.traceId === traceId)
  const paths = new Set(trace.map((span) => pathOf(span, trace)))
  const message = 'webhook > interpret > message'
  expect([...paths].toSorted()).toEqual([
    'webhook',
    'webhook > interpret',
    message,
    ...['compose', 'report', 'send', 'visit'].map((name) => `${message} > ${name}`),
    `${message} > visit > mint`,
  ])
  for (const span of trace)
    expect(BigInt(span.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(span.endTimeUnixNano))
  const one = (name: string) => trace.find((span) => span.name === name)?.attributes
  expect(one('send')).toEqual({
    'postern.message': id,
    'postern.outcome': 'accepted',
    'postern.began_as': 'claimed',
  })
  expect(one('message')).toMatchObject({
    'postern.kind': 'order_confirmation',
    'postern.outcome': 'accepted',
  })
  expect(one('visit')).toMatchObject({ 'postern.ending': 'signed_in' })
  expect(one('mint')).toEqual({ 'postern.outcome': 'minted' })
  const lines = system.logs().filter(({ message }) => message === id)
  expect(new Set(lines.map(({ trace_id }) => trace_id))).toEqual(new Set([traceId]))

  const secrets = [...Object.values(SECRETS), 'hush-hush', link, 'pstn_', 'polar_cst_']
  const somebody = ['theo', '@', 'http', 'customer_session_token']
  for (const secret of [...secrets, ...somebody]) expect(collector.text()).not.toContain(secret)
  expect(system.logText()).not.toContain('hush-hush')
})

test('an event about a fact that an earlier one has decided is linked to the message of that one', async () => {
  const { collector, system } = await start()
  const order = paidOrder()
  for (let n = 0; n < 2; n++) {
    await system.polarWorld.deliver(order, { webhookId: `msg_delivery_${n}` })
    await system.settle()
  }
  await system.close()
  const spans = collector.spans()
  const message = spans.find(({ name }) => name === 'message') as Collected
  const linked = spans.filter(({ links }) => links.length > 0)
  expect(linked.map(({ links }) => links)).toEqual([
    [{ traceId: message.traceId, spanId: message.spanId }],
  ])
  expect(linked[0]?.traceId).not.toBe(message.traceId)
})
