// Where tokens, addresses and whoever clicks may be found: everything happens once, well and badly, and then all that is left
// of it is searched.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import {
  AGENT,
  CLIENT,
  createWorld,
  happenings,
  NAME,
  PERSON,
  REPORTED,
} from '../support/everything.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { followRedis, type Trace } from '../support/traces.ts'

const API_TOKEN = 'a-token-of-the-test-backend'
const METRICS_TOKEN = 'a-token-of-the-test-metrics'

/** The records that need an address, and no others. */
const WITH_ADDRESSES = [
  /^postern:\{s:\d+\}:event:/, // as Polar told it
  /^postern:\{c:[\w-]{22}\}:fact:/, // who was to hear of it
  /^postern:\{c:[\w-]{22}\}:message:/, // whom it is to
  /^postern:\{c:[\w-]{22}\}:frozen:/, // the email, until it is accepted
  /^postern:\{c:[\w-]{22}\}:link:/, // whom it may sign in
  /^postern:\{c:[\w-]{22}\}:state$/, // where the customer is mailed now
]

/** What Resend reports, as it came, until it is understood. */
const REPORT = /^postern:\{s:\d+\}:report:/

/** BullMQ's. */
const JOB = /^\{postern\}:/

const digestsOf = (text: string) => {
  const digest = createHash('sha256').update(text).digest()
  return [digest.toString('hex'), digest.toString('base64url')].map((form) => form.slice(0, 20))
}

const TOKENS = [
  ...['pstn_', 'polar_cst_', 'polar_mst_', 'customer_session_token', API_TOKEN, METRICS_TOKEN],
  ...Object.values(SECRETS),
]
const WHO = [CLIENT, AGENT, ...digestsOf(CLIENT), ...digestsOf(PERSON['user-agent'])]
const CLICKED = Object.values(REPORTED)
const ADDRESSES = [NAME, Buffer.from(NAME).toString('hex'), Buffer.from(NAME).toString('base64url')]
const ALL = [...TOKENS, ...WHO, ...CLICKED, ...ADDRESSES]

const found = (text: string, sought: readonly string[]) => {
  const lower = text.toLowerCase()
  return sought.filter((one) => lower.includes(one.toLowerCase()))
}

const mayNameSomebody = (key: string) => WITH_ADDRESSES.some((pattern) => pattern.test(key))

const expectItHappened = (system: TestSystem, seen: readonly string[]) => {
  const logs = system.logs()
  expect(logs.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining([
      ...['link visited', 'link issued', 'links revoked', 'link revoked', 'message accepted'],
      ...['no session was to be had', 'forged links refused', 'address suppressed'],
      ...['message failed', 'message could not be rendered', 'api request failed'],
      ...['link could not be followed', 'api refused: no token, or another one'],
      expect.stringMatching(/^webhook refused: /),
    ]),
  )
  expect(logs.map(({ ending }) => ending)).toEqual(
    expect.arrayContaining([
      ...['signed_in', 'button_shown', 'polar_unavailable', 'limited', 'expired'],
      ...['revoked', 'address_changed'],
    ]),
  )
  // The list above is of what is there: what it allows, it has to allow. And there was something to search.
  const others = [
    REPORT,
    JOB,
    /:clicks:/,
    /:machines:/,
    /:people:/,
    /^postern:limit:/,
    /:suppressed:/,
  ]
  for (const pattern of [...WITH_ADDRESSES, ...others])
    expect([pattern, seen.some((key) => pattern.test(key))]).toEqual([pattern, true])
}

const expectStoredClean = (traces: readonly Trace[]) => {
  for (const { key, text } of traces) {
    expect([key, found(key, ALL)]).toEqual([key, []])
    const sought = [...TOKENS, ...WHO, ...CLICKED, ...(mayNameSomebody(key) ? [] : ADDRESSES)]
    expect([key, found(text, sought)]).toEqual([key, []])
  }
}

const keysIn = (words: readonly string[]) =>
  words.filter((word) => word.startsWith('postern:') || JOB.test(word))

/** A command writes to several keys at once; one with an address in it has a key that may have one, and is no job's. */
const expectSentClean = (sent: readonly string[][]) => {
  for (const words of sent) {
    const keys = keysIn(words)
    const isReport = keys.some((key) => REPORT.test(key))
    const mayName = isReport || (keys.some(mayNameSomebody) && !keys.some((key) => JOB.test(key)))
    const sought = [
      ...[...TOKENS, ...WHO],
      ...(isReport ? [] : CLICKED),
      ...(mayName ? [] : ADDRESSES),
    ]
    expect([keys, found(words.join(' '), sought)]).toEqual([keys, []])
  }
}

test(
  'whatever happens leaves no token, address or visitor where it does not belong: not in a log, a job, Redis, an answer',
  async () => {
    const system = await startTestSystem({
      environment: { API_TOKEN, METRICS_TOKEN, TRUSTED_PROXIES: '127.0.0.1/32,::1/128' },
    })
    const { redis, sent, stored } = await followRedis(system.redis)
    const world = createWorld(system, redis, API_TOKEN)
    const traces: Trace[] = []
    for (const happen of happenings) {
      await happen(world)
      traces.push(...(await stored()))
      await system.settle()
      traces.push(...(await stored()))
    }
    const metrics = await visit(`${system.postern}/metrics`, {
      headers: { ...PERSON, authorization: `Bearer ${METRICS_TOKEN}` },
    })
    expect(metrics.body).toContain('postern_link_visits_total')
    expectItHappened(system, [
      ...new Set([...traces.map(({ key }) => key), ...sent.flatMap(keysIn)]),
    ])

    for (const line of system.logText().split('\n'))
      expect([line, found(line, ALL)]).toEqual([line, []])
    expect(found(metrics.body, ALL)).toEqual([])
    for (const { status, body } of world.pages)
      expect([status, found(body, ALL)]).toEqual([status, []])
    for (const { asked, answer } of world.asked) {
      const isLink = asked === 'POST /api/links' && answer.status === 201
      const told = found(JSON.stringify([answer.headers, answer.body]), ALL)
      expect([asked, answer.status, told]).toEqual([asked, answer.status, isLink ? ['pstn_'] : []])
    }
    expectStoredClean(traces)
    expectSentClean(sent)
  },
  2 * MINUTE,
)
