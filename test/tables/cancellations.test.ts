// Cancelling, taking it back, and the end: Polar tells each of them in several events, and some of them twice.

import { describe, expect, test } from 'vitest'
import {
  arrivals,
  type Fields,
  facts,
  kindsOf,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const SUB = 'sub/df219833-d97b-401b-b581-437a489229e0'
const PERIOD_END = '2026-12-04T10:12:45.120934Z'

const cancelledAt = (canceled_at: string): Fields => ({
  cancel_at_period_end: true,
  canceled_at,
  ends_at: PERIOD_END,
})

const FIRST = '2026-11-18T07:40:00.000Z'
const BACK = '2026-11-19T07:00:00.000Z'
const SECOND = '2026-11-20T12:00:00.000Z'
const BACK_AGAIN = '2026-11-21T12:00:00.000Z'
const ENDED = '2026-12-04T10:12:51.000Z'
const END = { status: 'canceled', ended_at: ENDED }

const updated = (at: string, data: Fields = {}) =>
  subscriptionTold('subscription.updated', at, data)
const canceled = (at: string, data: Fields = cancelledAt(at)) =>
  subscriptionTold('subscription.canceled', at, data)
const uncanceled = (at: string) => subscriptionTold('subscription.uncanceled', at)
const revoked = (data: Fields, at = ENDED) => subscriptionTold('subscription.revoked', at, data)

describe('a cancellation at the end of the period', () => {
  const over = { ...cancelledAt(FIRST), ...END }
  const asked = [updated(FIRST, cancelledAt(FIRST)), canceled(FIRST)]
  const ended = [updated(ENDED, over), canceled(ENDED, over), revoked(over)]

  test('is mailed when it is asked for and when it comes, though it is told as cancelled twice', () => {
    expect(play([...asked, ...ended]).outcomes).toEqual([
      'unchanged: an update that changes nothing to write about',
      'subscription_cancellation',
      'unchanged: an update that changes nothing to write about',
      'folded: a cancellation that ends the subscription at once, whose end has an event of its own',
      'subscription_revoked',
    ])
  })

  test('is two facts in whatever order its events come, and however often', () => {
    for (const events of arrivals([...asked, ...ended]))
      expect(facts(events)).toEqual([
        `subscription_cancellation ${SUB}/canceled/${FIRST}`,
        `subscription_revoked ${SUB}/ended/${ENDED}`,
      ])
  })

  test('says until when there is access, and that nothing renews', () => {
    expect(play([canceled(FIRST)]).messages[0]).toMatchObject({
      content: {
        endsAt: '2026-12-04T10:12:45.120Z',
        isTrial: false,
        plan: { name: 'Studio Plan', renewsAt: null },
      },
      target: 'subscription:df219833-d97b-401b-b581-437a489229e0',
    })
  })

  test('goes by the period where Polar names no end', () => {
    const { messages } = play([canceled(FIRST, { ...cancelledAt(FIRST), ends_at: null })])
    expect(messages[0]?.content).toMatchObject({ endsAt: '2026-12-04T10:12:45.120Z' })
  })

  test('that neither ends the period nor the subscription is not mailed', () => {
    expect(play([canceled(FIRST, { canceled_at: FIRST })]).last).toBe(
      'not_mapped: subscription.canceled',
    )
  })

  test('of a trial says so', () => {
    const { messages } = play([
      canceled(FIRST, { ...cancelledAt(FIRST), status: 'trialing', trial_end: PERIOD_END }),
    ])
    expect(messages[0]).toMatchObject({
      kind: 'subscription_cancellation',
      content: { isTrial: true },
    })
  })
})

describe('an end', () => {
  test('at once is mailed as an end and not as a cancellation, in whatever order it is told', () => {
    const now = { ...END, canceled_at: ENDED, ends_at: ENDED }
    for (const events of arrivals([updated(ENDED, now), canceled(ENDED, now), revoked(now)]))
      expect(facts(events)).toEqual([`subscription_revoked ${SUB}/ended/${ENDED}`])
  })

  test.each([
    ['that was asked for', {}, 'ended'],
    ['for want of payment', { past_due_at: '2026-11-13T10:00:00Z' }, 'unpaid'],
    [
      'for want of payment, three weeks after it to the second',
      { past_due_at: '2026-11-13T10:12:51Z' },
      'unpaid',
    ],
    [
      'by whoever ends it sooner while it is past due',
      { past_due_at: '2026-11-13T10:12:52Z' },
      'ended',
    ],
    ['by the customer', { customer_cancellation_reason: 'too_expensive' }, 'asked'],
    [
      'by the customer while it was past due',
      { customer_cancellation_reason: 'unused', past_due_at: '2026-11-20T10:00:00Z' },
      'asked',
    ],
    [
      'by the customer, though Polar would soon have given up',
      { customer_cancellation_reason: 'other', past_due_at: '2026-11-12T10:00:00Z' },
      'asked',
    ],
    ['as unpaid', { status: 'unpaid', past_due_at: '2026-11-13T10:00:00Z' }, 'unpaid'],
  ])('%s says why', (_, data, because) => {
    const { messages } = play([revoked({ ...END, ...data })])
    expect(messages[0]?.content).toMatchObject({
      because,
      endedAt: ENDED,
      plan: { name: 'Studio Plan', renewsAt: null },
    })
  })

  test('for want of payment is one email, though it is told as cancelled too', () => {
    const unpaid = {
      ...END,
      canceled_at: ENDED,
      ends_at: ENDED,
      past_due_at: '2026-11-13T10:00:00Z',
    }
    for (const events of arrivals([
      updated(ENDED, unpaid),
      canceled(ENDED, unpaid),
      revoked(unpaid),
    ]))
      expect(facts(events)).toEqual([`subscription_revoked ${SUB}/ended/${ENDED}`])
  })

  test('is two facts for a subscription that was brought back to life in between', () => {
    const later = '2027-03-04T10:12:51.000Z'
    const again = revoked({ ...END, ended_at: later }, later)
    expect(facts([revoked(END), updated('2027-01-01T00:00:00Z'), again])).toHaveLength(2)
  })

  test('is dated by its event where Polar names no date, and renews nothing all the same', () => {
    const undated = revoked({ status: 'canceled' })
    expect(facts([undated])).toEqual([`subscription_revoked ${SUB}/ended/${ENDED}`])
    expect(play([undated]).messages[0]?.content).toMatchObject({ plan: { renewsAt: null } })
  })
})

describe('a cancellation that is taken back', () => {
  const payload = [
    updated(FIRST, cancelledAt(FIRST)),
    canceled(FIRST),
    updated(BACK),
    uncanceled(BACK),
  ]

  test('is one cancellation and one email that it is taken back', () => {
    expect(kindsOf(payload)).toEqual(['subscription_cancellation', 'subscription_uncanceled'])
  })

  test('is as many, in whatever order its events come', () => {
    for (const events of permutations(payload))
      expect(
        play(events)
          .messages.map(({ kind }) => kind)
          .toSorted(),
      ).toEqual(['subscription_cancellation', 'subscription_uncanceled'])
  })

  test('is one fact each, in whatever order its events come and however often', () => {
    for (const events of arrivals(payload)) expect(facts(events)).toHaveLength(2)
  })

  test('is one fact where the cancellation was never told, however often', () => {
    expect(facts([uncanceled(BACK), uncanceled(BACK)])).toHaveLength(1)
  })

  test('is the same fact when its event is understood again, the cancellation being told by then', () => {
    const { plans, again } = play([uncanceled(BACK), canceled(FIRST)])
    expect(again('in the end')).toEqual(plans)
  })

  test('renews again', () => {
    expect(play([uncanceled(BACK)]).messages[0]?.content).toMatchObject({
      plan: { renewsAt: '2026-12-04T10:12:45.120Z' },
    })
  })
})

describe('a cancellation that comes again', () => {
  const first = [updated(FIRST, cancelledAt(FIRST)), canceled(FIRST)]
  const back = [updated(BACK), uncanceled(BACK)]
  const second = [updated(SECOND, cancelledAt(SECOND)), canceled(SECOND)]
  const backAgain = [updated(BACK_AGAIN), uncanceled(BACK_AGAIN)]

  test('is two cancellations, and one that is taken back', () => {
    expect(kindsOf([...first, ...back, ...second])).toEqual([
      'subscription_cancellation',
      'subscription_cancellation',
      'subscription_uncanceled',
    ])
  })

  test('is taken back as the same fact, whichever of the cancellations is told first', () => {
    const [one, other] = permutations([...first, ...second]).map((payload) =>
      facts([...payload, uncanceled(BACK_AGAIN)]),
    )
    expect(one).toHaveLength(3)
    expect(facts([canceled(SECOND), canceled(FIRST), uncanceled(BACK_AGAIN)])).toEqual(one)
    expect(other).toEqual(one)
  })

  test('is as many facts in whatever order the three are told', () => {
    for (const events of permutations([canceled(FIRST), uncanceled(BACK), canceled(SECOND)]))
      expect(facts(events)).toHaveLength(3)
  })

  test('and is taken back again is four facts, however often they are told', () => {
    const all = [...first, ...back, ...second, ...backAgain]
    expect(facts(all)).toHaveLength(4)
    expect(facts([...all, ...all])).toHaveLength(4)
    expect(facts([...all, ...all.toReversed()])).toHaveLength(4)
  })

  test('and is taken back again is four facts in whatever order the four are told', () => {
    const payload = [canceled(FIRST), uncanceled(BACK), canceled(SECOND), uncanceled(BACK_AGAIN)]
    for (const events of permutations(payload)) expect(facts(events)).toHaveLength(4)
  })
})
