// Metrics that an operator watches: one story is played, and its metrics say so.

import { Redis } from 'ioredis'
import { beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '../../emails/index.ts'
import type { FailedPayment } from '../../src/polar/payments.ts'
import { VERSION } from '../../src/runtime/version.ts'
import { visit } from '../../src/sandbox/person.ts'
import { createPaymentCounts } from '../../src/schedule/payment-counts.ts'
import { runCommand } from '../support/command.ts'
import { mailed } from '../support/links.ts'
import { METRICS_TOKEN, type Scrape, scrape } from '../support/metrics.ts'
import { readPromql } from '../support/promql.ts'
import { fail, pay } from '../support/recoveries.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { drawn, rules, scalers, textOf } from '../support/watching.ts'

/** The system closes when the tests of this file are over. */
const finishers: (() => unknown)[] = []

const INVALID = {
  status: 422,
  body: { name: 'validation_error', statusCode: 422, message: 'Invalid `to` field.' },
}

/** The finds of the hourly look. */
const countFailedPayment = async (system: TestSystem) => {
  const redis = new Redis(system.redis)
  const payment = { id: 'payment', createdAt: new Date(0).toISOString(), trigger: 'purchase' }
  await createPaymentCounts(redis).seen(payment as FailedPayment)
  redis.disconnect()
}

/**
 * A purchase whose link is followed and whose email is sent again, a failed renewal that is paid after all, an email that Resend
 * refuses, and a webhook that nobody signed.
 */
const play = async (system: TestSystem) => {
  const { link, mail } = await mailed(system)
  await visit(link)
  const message = mail.tags.find(({ name }) => name === 'message')?.value ?? ''
  await runCommand('resend', system.environment, [message])
  await system.settle()
  system.polarWorld.fault = ({ path }) =>
    path.includes('customer-sessions') ? { status: 500 } : undefined
  await visit(link)
  system.polarWorld.fault = undefined
  const { orderId } = await fail(system)
  await pay(system, orderId)
  await countFailedPayment(system)
  system.resendWorld.fault = () => INVALID
  await system.polarWorld.scenario.purchase({ customer: { email: 'nobody@example.com' } })
  await system.settle()
  system.resendWorld.fault = undefined
  await fetch(`${system.postern}/webhooks/polar`, { method: 'POST', body: '{}' })
}

let metrics: Scrape
let system: TestSystem

beforeAll(async () => {
  system = await startTestSystem(
    { environment: { METRICS_TOKEN, LINK_SETTLE_SECONDS: '0' } },
    (finish) => finishers.push(finish),
  )
  await play(system)
  metrics = await scrape(system.postern)
  return async () => {
    for (const finish of finishers.reverse()) await finish()
  }
})

const order = { kind: 'order_confirmation' }

test.each<[name: string, labels: Record<string, string>, value: number]>([
  ['postern_messages_decided_total', order, 3],
  ['postern_messages_decided_total', { kind: 'payment_reminder' }, 0],
  ['postern_messages_total', { ...order, outcome: 'accepted', reason: '' }, 2],
  ['postern_messages_total', { ...order, outcome: 'delivered', reason: '' }, 2],
  ['postern_messages_total', { ...order, outcome: 'failed', reason: '' }, 1],
  ['postern_messages_total', { kind: 'payment_reminder', outcome: 'accepted' }, 0],
  ['postern_messages', { state: 'failed' }, 1],
  ['postern_messages', { state: 'waiting' }, 0],
  ['postern_messages', { state: 'held' }, 0],
  ['postern_oldest_waiting_message_seconds', {}, 0],
  ['postern_oldest_due_seconds', { stage: 'deliveries' }, 0],
  ['postern_mail_stopped', { cause: 'command' }, 0],
  ['postern_mail_stopped', { cause: 'quota' }, 0],
  ['postern_resend_requests_total', { call: 'send', answer: '422' }, 1],
  ['postern_polar_calls_total', { purpose: 'clicks', result: 'unavailable' }, 1],
  ['postern_sessions_total', { outcome: 'minted' }, 1],
  ['postern_sessions_total', { outcome: 'polar_unavailable' }, 1],
  ['postern_session_seconds_count', {}, 2],
  ['postern_webhooks_total', { endpoint: 'polar', outcome: 'no_signature' }, 1],
  ['postern_failed_payments_total', { trigger: 'purchase' }, 1],
  ['postern_recovered_payments', { currency: 'usd', by: 'customer' }, 1],
  ['postern_redis_durable', {}, 1],
  ['postern_build_info', { version: VERSION }, 1],
])('%s %o is %i', (name, labels, value) => {
  expect(metrics.sum(name, labels)).toBe(value)
})

test('the version is that of the package', () => {
  const manifest = JSON.parse(textOf('package.json'))
  expect(VERSION).toBe(manifest.version)
})

test.each<[name: string, labels: Record<string, string>, least: number]>([
  ['postern_webhook_to_accepted_seconds_count', { priority: 'high' }, 1],
  ['postern_events_total', { type: 'order.paid', outcome: 'messages' }, 2],
  ['postern_resend_requests_total', { call: 'send', answer: 'ok' }, 1],
  ['postern_resend_request_seconds_count', { call: 'send' }, 2],
  ['postern_composing_seconds_count', {}, 2],
  ['postern_polar_calls_total', { purpose: 'messages', result: 'ok' }, 1],
  ['postern_polar_call_seconds_count', { purpose: 'clicks' }, 2],
])('%s %o is %i at least', (name, labels, least) => {
  expect(metrics.sum(name, labels)).toBeGreaterThanOrEqual(least)
})

test('each stage has its entries and its jobs', () => {
  for (const stage of ['events', 'deliveries', 'batches', 'reports', 'schedule']) {
    expect(metrics.sum('postern_due_entries', { stage, when: 'later' })).not.toBeNull()
    expect(metrics.sum('postern_queue_jobs', { stage, priority: 'high' })).not.toBeNull()
  }
})

test('Redis says how much memory it uses', () => {
  expect(metrics.sum('postern_redis_memory_used_bytes', { node: '1' })).toBeGreaterThan(100_000)
  expect(metrics.sum('postern_redis_memory_max_bytes', { node: '1' })).not.toBeNull()
})

describe('a label', () => {
  /** All values that the labels of Postern's own metrics may have, beside words in lower case. */
  const known = new Set<string>([...kinds, VERSION])

  test('names no person, no secret and no id', () => {
    const values = metrics.samples
      .filter(({ name }) => name.startsWith('postern_'))
      .flatMap(({ labels }) => Object.entries(labels))
      .filter(([key, value]) => key !== 'le' && !known.has(value))
    const strange = values.filter(
      ([, value]) => !/^[a-z_.]{0,40}$|^\d{1,3}$|^[A-Z]{3}$/.test(value),
    )
    expect(strange).toEqual([])
  })
})

const HISTOGRAM = /_(?:bucket|sum|count)$/

describe('the dashboard, the alert rules and the scaling of workers', () => {
  /** The samples of a metric that a matcher could choose. */
  const samplesOf = (metric: string) => metrics.samples.filter(({ name }) => name === metric)

  test.each([...drawn, ...rules, ...scalers])('name what a scrape has: $of', ({ expr }) => {
    const { selectors, groups } = readPromql(expr)
    expect(selectors.length).toBeGreaterThan(0)
    for (const { metric, matchers } of selectors) {
      expect(samplesOf(metric), metric).not.toEqual([])
      for (const { label, values } of matchers)
        for (const value of values)
          expect(
            samplesOf(metric).map(({ labels }) => labels[label]),
            `${metric} ${label}`,
          ).toContain(value)
    }
    const labels = new Set(
      selectors.flatMap(({ metric }) =>
        samplesOf(metric).flatMap((one) => Object.keys(one.labels)),
      ),
    )
    // Prometheus adds the instance.
    for (const label of groups) expect([...labels, 'instance']).toContain(label)
  })

  test.each(rules)('say what to do: $alert', ({ annotations }) => {
    const [page = '', section = ''] = annotations.runbook.split('#')
    const sections = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    )
    expect(sections).toContain(section)
  })

  test('are all on the page of metrics, which says what is on neither', () => {
    const page = textOf('docs/metrics.md')
    const own = metrics.names.filter((name) => name.startsWith('postern_'))
    const rows = [...page.matchAll(/^\| `(postern_\w+)` \|/gm)].map(([, name]) => name)
    expect(rows.toSorted()).toEqual(own.toSorted())
    const alerts = [...page.matchAll(/^\| `(Postern\w+)` \|/gm)].map(([, name]) => name)
    expect(alerts.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted())
    const shown = new Set(
      drawn.flatMap(({ expr }) =>
        readPromql(expr).selectors.map(({ metric }) => metric.replace(HISTOGRAM, '')),
      ),
    )
    const [, leftOut = ''] = /^Not on the dashboard: ([\s\S]+?)\n\n/m.exec(page) ?? []
    const absent = own.filter((name) => !shown.has(name))
    expect(absent).toEqual([...leftOut.matchAll(/`(postern_\w+)`/g)].map(([, name]) => name))
  })

  test.each(['sum(', 'rate(a[5m]', 'a{b=c}'])(
    'are refused where they are no PromQL: %s',
    (text) => {
      expect(() => readPromql(text)).toThrow('not PromQL')
    },
  )
})

test('the page of metrics names the labels that each metric has', () => {
  const rows = textOf('docs/metrics.md').matchAll(/^\| `(postern_\w+)` \| \w+ \| .* \| (.+) \|$/gm)
  const documented = [...rows].map(([, name = '', labels = '']) => [
    name,
    [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label).toSorted(),
  ])
  const found = documented.map(([name]) => {
    const samples = metrics.samples.filter((one) => one.name.replace(HISTOGRAM, '') === name)
    const labels = new Set(samples.flatMap((one) => Object.keys(one.labels)))
    labels.delete('le')
    return [name, [...labels].toSorted()]
  })
  expect(documented).toEqual(found)
})

test('mail that is held and waits is seen, and how long it has waited', async () => {
  const held = await startTestSystem({ environment: { METRICS_TOKEN, SEND_MODE: 'hold' } })
  await held.polarWorld.scenario.purchase({ customer: { email: 'theo@example.com' } })
  await held.settle()
  held.clock.advance(600_000)
  const { sum } = await scrape(held.postern)
  expect(sum('postern_mail_stopped', { cause: 'setting' })).toBe(1)
  expect(sum('postern_messages', { state: 'waiting' })).toBe(1)
  expect(sum('postern_due_entries', { stage: 'deliveries', when: 'now' })).toBe(1)
  const age = sum('postern_oldest_waiting_message_seconds') ?? 0
  expect(age).toBeGreaterThanOrEqual(600)
  expect(sum('postern_oldest_due_seconds', { stage: 'deliveries' })).toBeGreaterThan(500)
})
