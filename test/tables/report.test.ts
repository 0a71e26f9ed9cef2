// Resend's reports: how they are read, and how they change a delivery.

import { describe, expect, test } from 'vitest'
import type { Delivery, State } from '../../src/deliveries/delivery.ts'
import { transition } from '../../src/deliveries/transition.ts'
import { type ParsedReport, type Report, readReport } from '../../src/resend/report.ts'
import { suppressionReason } from '../../src/suppressions/reason.ts'
import { inState, stateIn } from '../support/deliveries.ts'
import { permutations } from './build.ts'

const RECEIVED = Date.parse('2026-11-22T09:00:05Z')
const AT = Date.parse('2026-11-22T09:00:02.126Z')
const ACCEPTED = Date.parse('2026-11-22T09:00:01.894Z')
const MESSAGE = `msg_${'c'.repeat(22)}${'d'.repeat(22)}`
const EMAIL = '56761188-7520-42d8-8898-ff6fc54ce618'

const payload = (type: string, data: object = {}, envelope: object = {}) => ({
  type,
  created_at: '2026-11-22T09:00:02.126Z',
  data: {
    created_at: '2026-11-22T09:00:01.894719+00:00',
    email_id: EMAIL,
    message_id: '<111-222-333@email.example.com>',
    from: 'Acme <billing@acme.example.com>',
    to: ['mara@example.com'],
    subject: 'Your receipt',
    template_id: '43f68331-0622-4e15-8202-246a0388854b',
    tags: { kind: 'order_confirmation', message: MESSAGE },
    ...data,
  },
  ...envelope,
})

const read = (told: unknown) =>
  readReport(typeof told === 'string' ? told : JSON.stringify(told), RECEIVED)

const told = (...args: Parameters<typeof payload>): ParsedReport => {
  const found = read(payload(...args))
  if ('ignored' in found) throw new Error(found.ignored)
  return found
}

describe('a report', () => {
  test.each([
    ['email.sent', 'sent'],
    ['email.delivery_delayed', 'delayed'],
    ['email.delivered', 'delivered'],
    ['email.failed', 'failed'],
    ['email.suppressed', 'suppressed'],
    ['email.bounced', 'bounced'],
    ['email.complained', 'complained'],
  ])('%s tells that a message is %s', (type, is) => {
    expect(read(payload(type))).toEqual({
      type,
      providerId: EMAIL,
      messageId: MESSAGE,
      report: { is, at: AT },
      acceptedAt: ACCEPTED,
      bounce: null,
      subType: null,
      to: ['mara@example.com'],
    })
  })

  test.each([
    'email.opened',
    'email.clicked',
    'email.received',
    'email.scheduled',
    'contact.created',
    'domain.updated',
    'suppression.added',
    'email.teleported',
    'constructor',
    '',
  ])('of another type tells nothing: %j', (type) => {
    expect(read(payload(type))).toEqual({ type, ignored: 'not about a delivery' })
  })

  test.each([
    ['no JSON', 'Bonjour', 'unknown'],
    ['nothing', '', 'unknown'],
    ['a list', '[1]', 'unknown'],
    ['a type that is no string', { type: { $gt: '' }, data: {} }, 'unknown'],
    ['no data', { type: 'email.sent' }, 'email.sent'],
    ['data of null', { type: 'email.sent', data: null }, 'email.sent'],
    ['an email without an id', payload('email.sent', { email_id: undefined }), 'email.sent'],
    ['an id that is no string', payload('email.sent', { email_id: 7 }), 'email.sent'],
  ])('that is %s cannot be read', (_, body, type) => {
    expect(read(body)).toEqual({ type, ignored: 'unreadable' })
  })

  test('of a type of any length is called by a short one', () => {
    expect(read(payload('x'.repeat(1_000))).type).toHaveLength(64)
  })

  test.each([
    ['a map', { kind: 'a', message: MESSAGE }, MESSAGE],
    [
      'a list, as they were sent',
      [
        { name: 'kind', value: 'a' },
        { name: 'message', value: MESSAGE },
      ],
      MESSAGE,
    ],
    ['a map of others', { kind: 'a' }, null],
    ['a list of others', [{ name: 'kind', value: 'a' }], null],
    ['an empty list', [], null],
    ['missing', undefined, null],
    ['null', null, null],
    ['a text', 'message', null],
    ['strange', { message: { $ne: 1 } }, null],
  ])('names its message by its tags, where they are %s', (_, tags, messageId) => {
    expect(told('email.sent', { tags }).messageId).toBe(messageId)
  })

  test.each([
    ['no time of its own', {}, { created_at: undefined }, RECEIVED, ACCEPTED],
    ['a time that is none', {}, { created_at: 'soon' }, RECEIVED, ACCEPTED],
    ['a time to come', {}, { created_at: '2030-01-01T00:00:00Z' }, RECEIVED, ACCEPTED],
    ['no time of its email', { created_at: undefined }, {}, AT, AT],
    ['an email that is younger than itself', { created_at: '2026-11-22T09:00:04Z' }, {}, AT, AT],
  ])('with %s never happened after it came', (_, data, envelope, at, acceptedAt) => {
    expect(told('email.sent', data, envelope)).toMatchObject({ report: { at }, acceptedAt })
  })

  test.each<[string, string, object, string | undefined]>([
    [
      'of a bounce, with its kind',
      'email.bounced',
      {
        bounce: { type: 'Permanent', subType: 'General', message: 'smtp; 550 5.1.1 user unknown' },
      },
      'Permanent, General: smtp; 550 5.1.1 user unknown',
    ],
    [
      'without the address and its local part',
      'email.bounced',
      { bounce: { message: '550 <mara@example.com>: no mailbox "Mara" here,\n ask for MARA.' } },
      '550 <…>: no mailbox "…" here, ask for …',
    ],
    ['of a bounce without words', 'email.bounced', { bounce: { type: 'Transient' } }, 'Transient'],
    ['of an email that failed', 'email.failed', { failed: { reason: 'no_quota' } }, 'no_quota'],
    [
      'of one that Resend dropped',
      'email.suppressed',
      { suppressed: { type: 'OnAccountSuppressionList', message: 'on the list' } },
      'OnAccountSuppressionList: on the list',
    ],
    ['of none', 'email.bounced', { bounce: { message: { $ne: 1 } } }, undefined],
    ['of no report but these', 'email.delivered', { bounce: { message: 'no' } }, undefined],
  ])('gives the reason %s', (_, type, data, says) => {
    expect(told(type, data).report.says).toBe(says)
  })

  test('gives a short reason, however long Resend’s is', () => {
    const { report } = told('email.bounced', { bounce: { message: 'a '.repeat(5_000) } })
    expect(report.says?.length).toBeLessThanOrEqual(200)
  })

  test('names addresses without the names of their owners', () => {
    const to = ['Mara <mara@example.com>', 'aiko@example.com', 'Lee, A. <lee@example.com> ']
    expect(told('email.sent', { to }).to).toEqual([
      'mara@example.com',
      'aiko@example.com',
      'lee@example.com',
    ])
    expect(told('email.sent', { to: 'mara@example.com' }).to).toEqual([])
  })
})

describe('an address is suppressed', () => {
  test.each([
    ['email.bounced', { bounce: { type: 'Permanent', subType: 'General' } }, 'bounced'],
    ['email.bounced', { bounce: { type: 'Permanent', subType: 'NoEmail' } }, 'bounced'],
    ['email.bounced', { bounce: { type: 'Permanent' } }, 'bounced'],
    ['email.bounced', { bounce: { type: 'Permanent', subType: 'Suppressed' } }, 'suppressed'],
    [
      ...(['email.bounced'] as const),
      { bounce: { type: 'Permanent', subType: 'OnAccountSuppressionList' } },
      'suppressed',
    ],
    ['email.bounced', { bounce: { type: 'Transient', subType: 'MailboxFull' } }, null],
    ['email.bounced', { bounce: { type: 'Undetermined' } }, null],
    ['email.bounced', { bounce: { message: 'no' } }, null],
    ['email.bounced', { bounce: null }, null],
    ['email.bounced', {}, null],
    ['email.complained', {}, 'complained'],
    ['email.suppressed', { suppressed: { type: 'OnAccountSuppressionList' } }, 'suppressed'],
    ['email.failed', { failed: { reason: 'reached_daily_quota' } }, null],
    ['email.delivery_delayed', {}, null],
    ['email.delivered', {}, null],
    ['email.sent', {}, null],
  ])('or not, by %s with %j: %s', (type, data, because) => {
    expect(suppressionReason(told(type, data))).toBe(because)
  })
})

const RANKS: Report['is'][][] = [
  ['sent'],
  ['delayed'],
  ['delivered', 'failed', 'suppressed'],
  ['bounced'],
  ['complained'],
]
const ALL = RANKS.flat()
const rankOf = (is: Report['is']) => RANKS.findIndex((rank) => rank.includes(is))

const reportOf = (is: Report['is'], at = AT): ParsedReport => ({
  ...told('email.sent'),
  report: { is, at },
})

const accepted: State = {
  state: 'accepted',
  at: ACCEPTED,
  providerId: EMAIL,
}

/** A delivery after a report; `null` where it stays as it is. */
const afterReport = (delivery: Delivery, { report, providerId, acceptedAt }: ParsedReport) => {
  return transition(delivery, {
    ...{ what: 'reported', at: report.at, report, providerId, acceptedAt },
  })
}

/** The state of a delivery after these reports. */
const endOf = (state: State, reports: readonly ParsedReport[]): State =>
  stateIn(reports.reduce((before, report) => afterReport(before, report) ?? before, inState(state)))

describe('of two reports on one email', () => {
  const pairs = ALL.flatMap((first) => ALL.map((second) => [first, second] as const))

  test.each(pairs)('%s then %s: the later stage holds, and of equal ones the first', (a, b) => {
    const held = endOf(accepted, [reportOf(a, AT), reportOf(b, AT + 1)])
    const expected = rankOf(b) > rankOf(a) ? { is: b, at: AT + 1 } : { is: a, at: AT }
    expect(held).toEqual({ ...accepted, reported: expected })
  })

  test('the one that came twice changes nothing', () => {
    for (const is of ALL) {
      const once = endOf(accepted, [reportOf(is)])
      expect(afterReport(inState(once), reportOf(is))).toBeNull()
    }
  })
})

describe('a delivery that Resend reports on', () => {
  const claimed: [string, State][] = [
    ['accepted', accepted],
    [
      'sending',
      { state: 'sending', generation: 1, attempts: 3, firstAttemptAt: AT, retryAt: RECEIVED },
    ],
    ['batched', { state: 'batched', generation: 1, claimedAt: AT, batch: 'bat_1' }],
    ['unconfirmed', { state: 'unconfirmed', generation: 1, firstAttemptAt: AT, lastAttemptAt: AT }],
    ['waiting after a claim', { state: 'waiting', generation: 1, notBefore: RECEIVED }],
    [
      'held because nobody could tell',
      { state: 'held', at: AT, because: 'unconfirmed', generation: 1 },
    ],
    ['given up', { state: 'failed', at: AT, because: 'application_error (no answer)' }],
  ]
  const happened = ALL.map((is, at) => reportOf(is, AT + at))

  test.each(claimed)('%s: has been accepted, whatever we believed', (_, delivery) => {
    expect(endOf(delivery, [reportOf('sent')])).toEqual({
      state: 'accepted',
      at: ACCEPTED,
      providerId: EMAIL,
      reported: { is: 'sent', at: AT },
    })
  })

  test.each(claimed)('%s: ends the same in whatever order they come', (_, delivery) => {
    const end = endOf(delivery, happened)
    expect(end).toMatchObject({ state: 'accepted', reported: { is: 'complained' } })
    for (const order of permutations(happened)) expect(endOf(delivery, order)).toEqual(end)
  })

  test.each(ALL.map((is, at) => [is, happened.slice(0, at + 1)] as const))(
    'ends the same where no more than %s is told',
    (_, some) => {
      const end = endOf(accepted, some)
      for (const order of permutations(some)) expect(endOf(accepted, order)).toEqual(end)
    },
  )

  test.each<[string, State]>([
    ['never looked at', { state: 'waiting', generation: 0, notBefore: 0 }],
    ['held before its first claim', { state: 'held', at: AT, because: 'too_many', generation: 0 }],
    ['not sent', { state: 'not_sent', at: AT, because: 'recovered' }],
  ])('that was %s is none of it', (_, delivery) => {
    for (const is of ALL) expect(afterReport(inState(delivery), reportOf(is))).toBeNull()
  })

  test('under another id is of another email', () => {
    for (const is of ALL)
      expect(afterReport(inState(accepted), { ...reportOf(is), providerId: 'another' })).toBeNull()
  })
})
