// The findings of the watch, by what Polar says of the webhook endpoint, by Polar's attempts, and by a silence.

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { changeRows } from '../../src/events/rows/changes.ts'
import { orderRows } from '../../src/events/rows/orders.ts'
import { pauseRows } from '../../src/events/rows/pauses.ts'
import { refundRows } from '../../src/events/rows/refunds.ts'
import { reminderType } from '../../src/events/rows/reminders.ts'
import { subscriptionRows } from '../../src/events/rows/subscriptions.ts'
import type { WebhookEndpoint } from '../../src/polar/webhooks.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { failingOf } from '../../src/watch/deliveries.ts'
import { seenOf } from '../../src/watch/endpoint.ts'
import { changeOf, sentenceOf } from '../../src/watch/finding.ts'
import { NEEDED_EVENTS } from '../../src/watch/needed-events.ts'
import { expectedBetween, silenceOf } from '../../src/watch/silence.ts'

const SECRET = 'whsec_b25lIG9mIG91cnM='
const OURS = { url: 'https://billing.example.com/webhooks/polar', secrets: [SECRET] }

const endpoint = (change: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  ...{ id: 'one', url: OURS.url, isEnabled: true, secret: SECRET },
  ...{ eventTypes: NEEDED_EVENTS, apiVersion: '2026-10', format: 'raw' },
  ...change,
})

const ELSEWHERE = { url: 'https://elsewhere.example.com/hook', secret: 'whsec_b3RoZXI=' }

describe('of the webhook endpoint', () => {
  test.each<[string, WebhookEndpoint[], string[]]>([
    ['one as the docs say', [endpoint()], []],
    ['one with more types of events', [endpoint({ eventTypes: [...NEEDED_EVENTS, 'x.y'] })], []],
    ['one with a slash at its end', [endpoint({ url: `${OURS.url}/` })], []],
    ['one behind a proxy, with our secret', [endpoint({ url: ELSEWHERE.url })], []],
    ['none', [], ['endpoint_missing']],
    ['another program’s', [endpoint(ELSEWHERE)], ['endpoint_missing']],
    ['another one whose secret is hidden', [endpoint({ ...ELSEWHERE, secret: null })], []],
    ['a disabled one', [endpoint({ isEnabled: false })], ['endpoint_disabled']],
    [
      'a disabled one with other mistakes: the first matters',
      [endpoint({ isEnabled: false, format: 'slack', secret: ELSEWHERE.secret })],
      ['endpoint_disabled'],
    ],
    ['a disabled one beside an enabled one', [endpoint({ isEnabled: false }), endpoint()], []],
    ['one for Discord', [endpoint({ format: 'discord' })], ['endpoint_format']],
    ['one with another secret', [endpoint({ secret: ELSEWHERE.secret })], ['endpoint_secret']],
    ['one whose secret is not shown', [endpoint({ secret: null })], []],
    ['one whose secret is masked', [endpoint({ secret: 'whsec_••••' })], []],
    [
      'one without refunds',
      [endpoint({ eventTypes: NEEDED_EVENTS.filter((type) => !type.startsWith('refund.')) })],
      ['endpoint_events'],
    ],
    [
      'one with another secret and without events',
      [endpoint({ secret: ELSEWHERE.secret, eventTypes: [] })],
      ['endpoint_secret', 'endpoint_events'],
    ],
  ])('%s', (_, endpoints, expected) => {
    const { seen } = seenOf(endpoints, OURS)
    expect(seen.found.map(({ name }) => name)).toEqual(expected)
    for (const says of seen.found.map(sentenceOf)) {
      expect(says).toMatch(/^[^\n]+\.$/)
      expect(says).not.toContain('whsec_')
    }
  })

  test('the types that lack are named, and no others', () => {
    const eventTypes = NEEDED_EVENTS.filter((type) => type !== 'member.deleted')
    const { says = '' } = seenOf([endpoint({ eventTypes })], OURS).seen.found[0] ?? {}
    expect(says).toContain('does not send member.deleted to')
  })

  test('every type is needed that the plan has a row for, or that Polar was seen to send', () => {
    const rows = [
      ...[...orderRows, ...subscriptionRows, ...changeRows, ...pauseRows, ...refundRows],
    ]
      .flatMap(({ on }) => on)
      .filter((type) => !type.startsWith(reminderType('')))
    const fixtures = readdirSync(new URL('../fixtures', import.meta.url)).map((file) =>
      file.split('.').slice(0, 2).join('.'),
    )
    for (const type of [...rows, ...fixtures]) expect(NEEDED_EVENTS).toContain(type)
  })
})

const NOW = Date.parse('2026-11-26T12:00:00Z')

/** Newest first: `x` failed, `o` succeeded, so many seconds before now. */
const attempts = (text: string, seconds: number[]) =>
  [...text].map((one, at) => ({
    at: new Date(NOW - (seconds[at] ?? 0) * SECOND).toISOString(),
    succeeded: one === 'o',
    status: one === 'o' ? 202 : 502,
  }))

describe('of Polar’s latest attempts', () => {
  test.each<[string, string, number[], 'failing' | 'well' | 'unknown']>([
    ['none', '', [], 'unknown'],
    ['two that failed', 'xx', [10, 400], 'unknown'],
    ['three within a restart', 'xxx', [20, 30, 40], 'unknown'],
    ['three that failed, the first two minutes ago', 'xxx', [20, 60, 120], 'failing'],
    ['the same after one that succeeded', 'xxxo', [20, 60, 120, 130], 'failing'],
    ['one that succeeded after many that failed', 'oxxxxx', [5, 20, 60, 120, 200, 300], 'well'],
    ['two that failed after one that succeeded', 'xxo', [20, 300, 400], 'well'],
  ])('%s', (_, text, seconds, expected) => {
    const found = failingOf(attempts(text, seconds), NOW)
    const is = found === null ? 'well' : found === 'unknown' ? found : 'failing'
    expect(is).toBe(expected)
  })

  test('the status that Polar got is said', () => {
    const [says, unanswered] = [502, null].map((status) => {
      const failed = attempts('xxx', [20, 60, 120]).map((one) => ({ ...one, status }))
      const found = failingOf(failed, NOW)
      return found && found !== 'unknown' ? sentenceOf(found) : ''
    })
    expect(says).toContain('the latest got the status 502.')
    expect(unanswered).toContain('the latest got no answer.')
  })
})

/** Counts by hour of the weeks before now, the latest first; `of` says how many an hour has. */
const history = (days: number, of: (at: number) => number) => {
  const hours = Array.from({ length: (days * DAY) / HOUR + 1 }, (_, ago) => NOW / HOUR - ago)
  return new Map(hours.map((hour) => [hour, of(hour * HOUR)]))
}

const isNight = (at: number) => new Date(at).getUTCHours() < 8
const isBulk = (day: string) => (at: number) => (new Date(at).toISOString() === day ? 5_000 : 1)

describe('a silence', () => {
  test.each<[string, ReturnType<typeof history>, number, boolean]>([
    ['of 15 minutes in a shop with 60 an hour', history(28, () => 60), 15 * MINUTE, true],
    ['of 11 minutes there is told', history(28, () => 60), 11 * MINUTE, true],
    ['of nine minutes in a shop with 1,000 an hour', history(28, () => 1_000), 9 * MINUTE, false],
    ['of nine hours in a shop with one an hour', history(28, () => 1), 9 * HOUR, false],
    ['of ten hours there', history(28, () => 1), 10 * HOUR, true],
    ['of three days in a shop with three a day', history(28, () => 1 / 8), 3 * DAY, false],
    ['of four days there', history(28, () => 1 / 8), 4 * DAY, true],
    [
      'of four busy hours after a quiet night',
      history(28, (at) => (isNight(at) ? 0 : 60)),
      4 * HOUR,
      true,
    ],
    ['without history', new Map(), DAY, false],
    ['with six days of history', history(6, () => 60), HOUR, false],
    ['with eight days of history', history(8, () => 60), HOUR, true],
    [
      'in the hours of a bulk of renewals, which one week of four had',
      history(28, isBulk('2026-11-19T11:00:00.000Z')),
      HOUR,
      false,
    ],
  ])('%s', (_, hours, length, isTold) => {
    expect(silenceOf(hours, NOW - length, NOW) !== null).toBe(isTold)
  })

  test('of a quiet night is expected', () => {
    const hours = history(28, (at) => (isNight(at) ? 0 : 60))
    const morning = NOW - 4 * HOUR
    expect(expectedBetween(hours, morning - 8 * HOUR, morning)).toBe(0)
    expect(expectedBetween(hours, morning - HOUR, morning + HOUR / 2)).toBe(30)
  })
})

describe('an open finding', () => {
  const finding = { name: 'silence', says: 'It is silent.', why: '', mend: '' } as const
  const none = { found: [], unknown: [], covered: [] }
  test.each([
    ['is new once', {}, { ...none, found: [finding] }, { silence: 5 }, 1, []],
    ['stays', { silence: 1 }, { ...none, found: [finding] }, { silence: 1 }, 0, []],
    ['is mended', { silence: 1 }, none, {}, 0, ['silence']],
    [
      'stays where nobody can tell',
      { silence: 1 },
      { ...none, unknown: ['silence'] },
      { silence: 1 },
      0,
      [],
    ],
    [
      'ends unsaid below a graver one',
      { silence: 1 },
      { ...none, covered: ['silence'] },
      {},
      0,
      [],
    ],
  ] as const)('%s', (_, before, seen, open, found, mended) => {
    const change = changeOf(before, seen, 5)
    expect([change.open, change.found.length, change.mended]).toEqual([open, found, mended])
  })
})
