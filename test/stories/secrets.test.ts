// Where tokens, addresses and visitors may be found: everything happens once, including every
// failure, and then all that was written is searched.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { unnamedKeys, unusedRows } from '../support/key-table.ts'
import { PASSWORD, signedIn } from '../support/operator.ts'
import { followRedis, type StoredKey } from '../support/redis-contents.ts'
import {
  AGENT,
  CLIENT,
  createWorld,
  NAME,
  PERSON,
  REPORTED,
  scenarios,
} from '../support/scenarios.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const API_TOKEN = 'a-token-of-the-test-backend'
const METRICS_TOKEN = 'a-token-of-the-test-metrics'

/** The records that need an address, and no others. */
const WITH_ADDRESSES = [
  /^postern:\{s:\d+\}:event:/, // the raw event
  /^postern:\{s:\d+\}:msg:/, // the recipient
  /^postern:\{s:\d+\}:body:/, // the email
  /^postern:\{s:\d+\}:link:/, // the address it may sign in
  /^postern:\{s:\d+\}:state:/, // the customer's present address
]

/** Raw reports from Resend, until they are applied. */
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
      ...['session not minted', 'forged links refused', 'address suppressed'],
      ...['message failed', 'message could not be rendered', 'api request failed'],
      ...['link could not be followed', 'api request refused: token missing or wrong'],
      expect.stringMatching(/^webhook refused: /),
    ]),
  )
  expect(logs.map(({ ending }) => ending)).toEqual(
    expect.arrayContaining([
      ...['signed_in', 'button_shown', 'polar_unavailable', 'limited', 'expired'],
      ...['revoked', 'address_changed'],
    ]),
  )
  // Every key that the list above allows exists, so the search had something to find.
  const others = [REPORT, JOB, /^postern:limit:/, /:suppressed:/]
  for (const pattern of [...WITH_ADDRESSES, ...others])
    expect([pattern, seen.some((key) => pattern.test(key))]).toEqual([pattern, true])
}

/** Whatever of `sought` is in a text, by the name of the text: one assertion for all, as there are thousands. */
const expectClean = (
  searched: readonly { name: unknown; text: string; sought: readonly string[] }[],
) =>
  expect(
    searched
      .map(({ name, text, sought }) => ({ name, found: found(text, sought) }))
      .filter((one) => one.found.length > 0),
  ).toEqual([])

const expectStoredClean = (keys: readonly StoredKey[]) => {
  expectClean(keys.map(({ key }) => ({ name: key, text: key, sought: ALL })))
  expectClean(
    keys.map(({ key, text }) => ({
      ...{ name: key, text },
      sought: [...TOKENS, ...WHO, ...CLICKED, ...(mayNameSomebody(key) ? [] : ADDRESSES)],
    })),
  )
}

const keysIn = (words: readonly string[]) =>
  words.filter((word) => word.startsWith('postern:') || JOB.test(word))

/**
 * A command may write several keys. One that contains an address has a key that may, and no key of
 * a job.
 */
const expectSentClean = (sent: readonly string[][]) => {
  const searched = sent.map((words) => {
    const keys = keysIn(words)
    const isReport = keys.some((key) => REPORT.test(key))
    const mayName = isReport || (keys.some(mayNameSomebody) && !keys.some((key) => JOB.test(key)))
    const sought = [
      ...[...TOKENS, ...WHO],
      ...(isReport ? [] : CLICKED),
      ...(mayName ? [] : ADDRESSES),
    ]
    return { name: keys, text: words.join(' '), sought }
  })
  expectClean(searched)
}

/** The pages of the console that an operator reads, followed link by link. */
const pagesSeen = async (system: TestSystem) => {
  const { read } = await signedIn(system)
  const seen = new Map<string, string>()
  const follow = async (path: string): Promise<void> => {
    if (seen.has(path) || seen.size >= MOST_PAGES) return
    const { body } = await read(path)
    seen.set(path, body)
    for (const [, next = ''] of body.matchAll(/(?:href|src)="(\/console[^"#]*)/g))
      if (!next.startsWith('/console/previews/')) await follow(next.replaceAll('&amp;', '&'))
  }
  await follow('/console')
  return [...seen].map(([path, body]) => ({ path, body }))
}

const MOST_PAGES = 150

/** Rows of the table of Redis keys that need many messages at once, somewhere to send alerts to, or a command. */
const NOT_HERE = [
  '{s}:batch:<id>',
  '{s}:mailed:<hash>:<what>',
  '{s}:alert:<subject>',
  '{s}:alert:<subject>:more',
  '{s}:work:lease',
  'postern:untrusted_proxy',
  'postern:reindex',
]

test(
  'no log, job, Redis key or answer contains a token, an address or a visitor where it does not belong',
  async () => {
    const system = await startTestSystem({
      backfill: true,
      environment: {
        ...{ API_TOKEN, METRICS_TOKEN, CONSOLE_PASSWORD: PASSWORD },
        TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
      },
    })
    const { redis, sent, stored } = await followRedis(system.redis)
    const world = createWorld(system, redis, API_TOKEN)
    const contents = new Map<string, StoredKey>()
    const read = async () => {
      for (const one of await stored()) contents.set(`${one.key} ${one.text}`, one)
    }
    for (const happen of scenarios) {
      await happen(world)
      await read()
      await system.settle()
      await read()
    }
    const shown = await pagesSeen(system)
    await read()
    const keys = [...contents.values()]
    const metrics = await visit(`${system.postern}/metrics`, {
      headers: { ...PERSON, authorization: `Bearer ${METRICS_TOKEN}` },
    })
    expect(metrics.body).toContain('postern_link_visits_total')
    const names = [...new Set([...keys.map(({ key }) => key), ...sent.flatMap(keysIn)])]
    expectItHappened(system, names)
    const named = names.filter((name) => !name.includes('*')) // a test asks for all keys of a kind
    expect(unnamedKeys(named)).toEqual([])
    expect(unusedRows(named)).toEqual(NOT_HERE)

    const lines = system.logText().split('\n')
    expectClean(lines.map((line) => ({ name: line, text: line, sought: ALL })))
    expect(found(metrics.body, ALL)).toEqual([])
    for (const { status, body } of world.pages)
      expect([status, found(body, ALL)]).toEqual([status, []])
    for (const { asked, answer } of world.asked) {
      const isLink = asked === 'POST /api/links' && answer.status === 201
      const told = found(JSON.stringify([answer.headers, answer.body]), ALL)
      expect([asked, answer.status, told]).toEqual([asked, answer.status, isLink ? ['pstn_'] : []])
    }
    expect(shown.length).toBeGreaterThan(20)
    const unshown = [...TOKENS, ...WHO]
    expectClean(shown.map(({ path, body }) => ({ name: path, text: body, sought: unshown })))
    expectStoredClean(keys)
    expectSentClean(sent)
  },
  2 * MINUTE,
)
