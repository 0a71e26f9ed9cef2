// Every change of a delivery: what may happen in each state, what it leads to, and what its history keeps.

import { describe, expect, test } from 'vitest'
import { type Happening, hasEnded, newDelivery, type State } from '../../src/deliveries/delivery.ts'
import { keepsEmail, transition } from '../../src/deliveries/transition.ts'
import { inState, stateIn } from '../support/deliveries.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const LATER = AT + 10_000

const STATES = {
  waiting: { state: 'waiting', generation: 1, notBefore: AT },
  sending: {
    ...{ state: 'sending', generation: 2, attempts: 1, firstAttemptAt: AT - 5, retryAt: LATER },
  },
  batched: { state: 'batched', generation: 2, claimedAt: AT - 7, batch: 'bat_1' },
  unconfirmed: {
    ...{ state: 'unconfirmed', generation: 2, firstAttemptAt: AT - 5, lastAttemptAt: AT - 1 },
  },
  accepted: { state: 'accepted', at: AT - 3, providerId: 're_1' },
  not_sent: { state: 'not_sent', at: AT, because: 'stale' },
  held: { state: 'held', at: AT, because: 'too_many', generation: 2 },
  failed: { state: 'failed', at: AT, because: 'refused' },
} as const satisfies Record<State['state'], State>

const names = Object.keys(STATES) as State['state'][]

const REPORT: Extract<Happening, { what: 'reported' }> = {
  what: 'reported',
  at: LATER,
  report: { is: 'delivered', at: LATER },
  providerId: 're_1',
  acceptedAt: AT - 2,
}
const reported = { is: 'delivered', at: LATER }
const proven = { state: 'accepted', at: AT - 2, providerId: 're_1', reported }

/** Each happening, and the states in which it may happen, with the state that follows. In all others nothing changes. */
const TABLE: [string, Happening, Partial<Record<State['state'], object>>][] = [
  [
    'a claim for a request of its own',
    { what: 'claimed', at: AT, retryAt: LATER },
    {
      waiting: {
        ...{ state: 'sending', generation: 2, attempts: 1, firstAttemptAt: AT, retryAt: LATER },
      },
    },
  ],
  [
    'a claim for a batch',
    { what: 'batched', at: AT, batch: 'bat_2' },
    { waiting: { state: 'batched', generation: 2, claimedAt: AT, batch: 'bat_2' } },
  ],
  [
    'the same request again',
    { what: 'repeated', at: AT, retryAt: LATER + 1 },
    { sending: { ...STATES.sending, attempts: 2, retryAt: LATER + 1 } },
  ],
  [
    'a retry that is scheduled',
    { what: 'retry_scheduled', at: AT, retryAt: LATER + 1, because: 'application_error (500)' },
    { sending: { ...STATES.sending, retryAt: LATER + 1 } },
  ],
  [
    'a refusal before anything was sent',
    { what: 'requeued', at: AT, until: LATER, because: 'rate_limit_exceeded (429)' },
    {
      sending: { state: 'waiting', generation: 2, notBefore: LATER },
      batched: { state: 'waiting', generation: 2, notBefore: LATER },
    },
  ],
  [
    'a batch that was refused as a whole',
    { what: 'requeued', at: AT, until: AT, because: 'validation_error (422)', goesAlone: true },
    {
      sending: { state: 'waiting', generation: 2, notBefore: AT, goesAlone: true },
      batched: { state: 'waiting', generation: 2, notBefore: AT, goesAlone: true },
    },
  ],
  [
    'a doubt',
    { what: 'unconfirmed', at: AT, because: 'its key is no longer trusted' },
    {
      sending: {
        ...{ state: 'unconfirmed', generation: 2, firstAttemptAt: AT - 5, lastAttemptAt: AT },
      },
      batched: {
        ...{ state: 'unconfirmed', generation: 2, firstAttemptAt: AT - 7, lastAttemptAt: AT },
      },
    },
  ],
  [
    'a doubt about a batch, whose attempts its record counts',
    {
      ...{ what: 'unconfirmed', at: AT, because: 'no answer' },
      ...{ firstAttemptAt: AT - 9, lastAttemptAt: AT - 8 },
    },
    {
      sending: {
        ...{ state: 'unconfirmed', generation: 2, firstAttemptAt: AT - 9, lastAttemptAt: AT - 8 },
      },
      batched: {
        ...{ state: 'unconfirmed', generation: 2, firstAttemptAt: AT - 9, lastAttemptAt: AT - 8 },
      },
    },
  ],
  [
    'an acceptance, which holds whatever was believed',
    { what: 'accepted', at: AT, providerId: 're_2' },
    Object.fromEntries(
      names
        .filter((name) => name !== 'accepted')
        .map((name) => [name, { state: 'accepted', at: AT, providerId: 're_2' }]),
    ),
  ],
  [
    'an adoption, which holds whatever a restored Redis says',
    { what: 'adopted', at: AT, providerId: 're_2' },
    Object.fromEntries(
      names
        .filter((name) => name !== 'accepted')
        .map((name) => [name, { state: 'accepted', at: AT, providerId: 're_2' }]),
    ),
  ],
  [
    'a report, which proves that Resend has it',
    REPORT,
    {
      ...{ waiting: proven, sending: proven, batched: proven, unconfirmed: proven, held: proven },
      failed: proven,
      accepted: { ...STATES.accepted, reported },
    },
  ],
  [
    'a reason not to send it',
    { what: 'not_sent', at: AT, because: 'suppressed' },
    { waiting: { state: 'not_sent', at: AT, because: 'suppressed' } },
  ],
  [
    'a decision that a person has to take',
    { what: 'held', at: AT, because: 'unconfirmed' },
    {
      waiting: { state: 'held', at: AT, because: 'unconfirmed', generation: 1 },
      unconfirmed: { state: 'held', at: AT, because: 'unconfirmed', generation: 2 },
    },
  ],
  [
    'a failure for good',
    { what: 'failed', at: AT, because: 'validation_error (422)' },
    Object.fromEntries(
      (['waiting', 'sending', 'batched'] as const).map((name) => [
        name,
        { state: 'failed', at: AT, because: 'validation_error (422)' },
      ]),
    ),
  ],
  [
    'a release by a person',
    { what: 'released', at: AT },
    { held: { state: 'waiting', generation: 2, notBefore: 0, isReleased: true } },
  ],
  [
    'an operator who sends it again, which leaves it as it ended',
    { what: 'sent_again', at: AT, as: 'msg_2' },
    { accepted: STATES.accepted, not_sent: STATES.not_sent, failed: STATES.failed },
  ],
]

describe.each(TABLE)('%s', (_, happening, after) => {
  test.each(names)('in state %s leads where the table says, or nowhere', (name) => {
    const next = transition(inState(STATES[name]), happening)
    expect(next && stateIn(next)).toEqual(after[name] ?? null)
  })
})

describe('a delivery', () => {
  test('that nobody has looked at waits for its first claim', () => {
    const claimed = transition(newDelivery, { what: 'claimed', at: AT, retryAt: LATER })
    expect(claimed).toMatchObject({ state: 'sending', generation: 1 })
  })

  test('keeps no report that is older than the one it has', () => {
    const delivered = transition(inState(STATES.accepted), REPORT)
    if (!delivered) throw new Error('no report was kept')
    const sent = { ...REPORT, report: { is: 'sent', at: AT } } as const
    expect(transition(delivered, sent)).toBeNull()
    expect(transition(inState(STATES.accepted), { ...REPORT, providerId: 're_9' })).toBeNull()
  })

  test.each(names)('in state %s has ended, or it has work left', (name) => {
    expect(hasEnded(STATES[name])).toBe(['accepted', 'not_sent', 'failed'].includes(name))
  })
})

describe('the frozen email', () => {
  const frozenAfter = TABLE.flatMap(([title, happening]) =>
    names.flatMap((name) => {
      const next = transition(inState(STATES[name]), happening)
      return next ? [[title, name, keepsEmail(next), next] as const] : []
    }),
  )

  test.each(frozenAfter)(
    '%s, in state %s: stays while it may be sent again, and once it was sent',
    (...row) => {
      const [, , stays, next] = row
      const mayGoAgain =
        ['sending', 'batched', 'unconfirmed'].includes(next.state) ||
        (next.state === 'held' && next.because === 'unconfirmed')
      expect(stays).toBe(mayGoAgain || next.state === 'accepted')
    },
  )
})

describe('the history', () => {
  test('says what happened, when and why, in order', () => {
    const happened: Happening[] = [
      { what: 'claimed', at: AT, retryAt: LATER },
      { what: 'retry_scheduled', at: AT + 1, retryAt: LATER, because: 'application_error (500)' },
      { what: 'repeated', at: AT + 2, retryAt: LATER },
      { what: 'accepted', at: AT + 3, providerId: 're_1' },
      REPORT,
    ]
    const end = happened.reduce(
      (delivery, one) => transition(delivery, one) ?? delivery,
      newDelivery,
    )
    expect(end.history).toEqual([
      { at: AT, what: 'claimed' },
      { at: AT + 1, what: 'retry_scheduled', because: 'application_error (500)' },
      { at: AT + 2, what: 'repeated' },
      { at: AT + 3, what: 'accepted' },
      { at: LATER, what: 'reported', because: 'delivered' },
    ])
  })

  test('has Resend’s reason for a bounce', () => {
    const report = { is: 'bounced', at: LATER, says: 'Permanent: no mailbox' } as const
    const bounced = transition(inState(STATES.accepted), { ...REPORT, report })
    expect(bounced).toMatchObject({ state: 'accepted', reported: report })
    expect(bounced?.history).toEqual([
      { at: LATER, what: 'reported', because: 'bounced', says: 'Permanent: no mailbox' },
    ])
  })

  test('names the message as which it was sent again, also once a report comes after that', () => {
    const again: Happening = { what: 'sent_again', at: AT + 1, as: 'msg_2' }
    const noted = transition(inState(STATES.failed), again)
    const end = noted && transition(noted, REPORT)
    expect(end).toMatchObject({ ...proven, sentAgain: { at: AT + 1, as: 'msg_2' } })
    expect(end?.history).toEqual([
      { at: AT + 1, what: 'sent_again', because: 'msg_2' },
      { at: LATER, what: 'reported', because: 'delivered' },
    ])
  })

  test('is bounded, and keeps how it began and what came last', () => {
    let delivery = transition(newDelivery, { what: 'claimed', at: AT, retryAt: LATER })
    for (let n = 1; n <= 100 && delivery; n++)
      delivery = transition(delivery, { what: 'repeated', at: AT + n, retryAt: LATER + n })
    const history = delivery?.history ?? []
    expect(history).toHaveLength(32)
    expect(history[0]).toEqual({ at: AT, what: 'claimed' })
    expect(history.at(-1)).toEqual({ at: AT + 100, what: 'repeated' })
    expect(JSON.stringify(delivery).length).toBeLessThan(2_000)
  })
})
