// Pausing: asked for, begun, over. The first charge after it is told as if it were a renewal.

import { describe, expect, test } from 'vitest'
import {
  arrivals,
  type Fields,
  facts,
  kindsOf,
  orderTold,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const SUB = 'sub/df219833-d97b-401b-b581-437a489229e0'
const PERIOD_END = '2026-12-04T10:12:45.120Z'
const RESUMES = '2027-02-01T00:00:00.000Z'
const ASKED = '2026-11-20T09:00:00.000Z'
const BACK = '2026-11-21T09:00:00.000Z'
const BEGAN = '2026-12-04T10:12:50.000Z'
const OVER = '2027-02-01T00:00:07.000Z'
const NEXT_END = '2027-03-01T00:00:07.000Z'
const UNCHANGED = 'unchanged: an update that changes nothing to write about'

const updated = (at: string, data: Fields = {}) =>
  subscriptionTold('subscription.updated', at, data)

const asking = { pause_at_period_end: true, resumes_at: RESUMES }
const pausing = { status: 'paused', paused_at: BEGAN, resumes_at: RESUMES }
const after = { current_period_start: OVER, current_period_end: NEXT_END }

const before = subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z')
const asked = updated(ASKED, asking)
const takenBack = updated(BACK)
const begun = [updated(BEGAN, pausing), subscriptionTold('subscription.paused', BEGAN, pausing)]
const order = { id: 'order-after', created_at: OVER, subscription: after }
const over = [
  updated(OVER, after),
  subscriptionTold('subscription.resumed', OVER, after),
  orderTold('order.created', OVER, { ...order, status: 'pending' }),
  orderTold('order.paid', '2027-02-01T00:00:20Z', order),
]

/** Without the instant that the asking is told by: whichever update comes first tells it. */
const factsOf = (bodies: string[]) =>
  facts(bodies).map((fact) => fact.replace(/(\/pause\/[^/]+\/[^/]+)\/[^/]+$/, '$1'))

const ASKED_FACT = `subscription_paused ${SUB}/pause/${PERIOD_END}/${RESUMES}`
const BEGUN_FACT = `subscription_paused ${SUB}/paused/${BEGAN}`
const OVER_FACT = `subscription_resumed ${SUB}/resumed/${OVER}`

describe('a pause', () => {
  test('is three facts: asked for, begun, over', () => {
    expect(factsOf([before, asked, ...begun, ...over])).toEqual([ASKED_FACT, BEGUN_FACT, OVER_FACT])
  })

  test('says when it begins and ends, and that nothing renews meanwhile', () => {
    const [first, second, third] = play([before, asked, ...begun, ...over]).messages
    expect(first?.content).toMatchObject({
      state: 'scheduled',
      pausesAt: PERIOD_END,
      resumesAt: RESUMES,
      plan: { renewsAt: null },
    })
    expect(second?.content).toMatchObject({
      state: 'paused',
      pausesAt: null,
      resumesAt: RESUMES,
      plan: { renewsAt: null },
    })
    expect(third?.content).toMatchObject({ plan: { renewsAt: NEXT_END } })
  })

  test('that is asked for is mailed once, however often it is told and whatever else changes', () => {
    const metered = updated('2026-11-22T00:00:00Z', { ...asking, metadata: { n: 1 } })
    for (const events of arrivals([asked, metered]))
      expect(factsOf([before, ...events])).toEqual([ASKED_FACT])
  })

  test('that is asked for is told by its update, though another event shows it first', () => {
    const snapshot = subscriptionTold('subscription.active', ASKED, asking)
    for (const events of permutations([snapshot, asked]))
      expect(factsOf([before, ...events])).toEqual([ASKED_FACT])
  })

  test('without an end of its own is mailed all the same', () => {
    expect(factsOf([before, updated(ASKED, { pause_at_period_end: true })])).toEqual([
      `subscription_paused ${SUB}/pause/${PERIOD_END}/null`,
    ])
  })

  test('that is taken back is not mailed a second time', () => {
    expect(play([before, asked, takenBack, ...over.slice(3)]).outcomes.slice(1, 3)).toEqual([
      'subscription_paused',
      UNCHANGED,
    ])
  })

  test('that is taken back and asked for until another day is mailed again', () => {
    const later = '2027-04-01T00:00:00.000Z'
    const again = updated('2026-11-22T09:00:00Z', { ...asking, resumes_at: later })
    expect(factsOf([before, asked, takenBack, again])).toHaveLength(2)
  })

  test('that is taken back is not asked for again by what comes late', () => {
    const { state } = play([before, takenBack, asked])
    expect(Object.values(state.subscriptions)[0]?.pauseRequested).toBeNull()
  })

  test('that has begun is one fact in either order', () => {
    for (const events of arrivals(begun))
      expect(factsOf([before, asked, ...events])).toEqual([ASKED_FACT, BEGUN_FACT])
  })

  test('that is over is one fact, and its charge no renewal, in whatever order they are told', () => {
    for (const events of arrivals(over))
      expect(factsOf([before, asked, ...begun, ...events])).toEqual([
        ASKED_FACT,
        BEGUN_FACT,
        OVER_FACT,
      ])
  })

  test('that is over is one fact where nothing of the pause itself was told', () => {
    for (const charge of permutations(over.slice(2)))
      expect(factsOf([...over.slice(0, 2), ...charge])).toEqual([OVER_FACT])
  })

  test('comes again as new facts', () => {
    const later = '2027-03-01T00:00:09.000Z'
    const again = { status: 'paused', paused_at: later }
    const all = [...begun, ...over, subscriptionTold('subscription.paused', later, again)]
    expect(kindsOf(all)).toEqual([
      'subscription_paused',
      'subscription_paused',
      'subscription_resumed',
    ])
  })

  test('leaves a change of quantity told that was told after it came', () => {
    const seats = (count: number): Fields => ({ seats: count })
    const five = subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', seats(5))
    const ask = updated(ASKED, { ...asking, ...seats(5) })
    const seven = updated(BACK, { ...asking, ...seats(7) })
    for (const events of permutations([ask, seven]))
      expect(kindsOf([five, ...events])).toEqual(['subscription_paused', 'subscription_updated'])
  })
})

describe('the charge after a pause', () => {
  test('that failed at first is mended, and no renewal', () => {
    const pastDueAt = '2027-02-01T00:00:21.000Z'
    const failed = { ...after, status: 'past_due', past_due_at: pastDueAt }
    const failure = subscriptionTold('subscription.past_due', pastDueAt, failed)
    const paid = orderTold('order.paid', '2027-02-03T00:00:00Z', order)
    expect(factsOf([...begun, ...over.slice(0, 3), failure, paid])).toEqual(
      [
        `payment_recovered ${SUB}/recovered/${pastDueAt}`,
        BEGUN_FACT,
        `subscription_past_due ${SUB}/past-due/${pastDueAt}`,
        OVER_FACT,
      ].toSorted(),
    )
  })
})

describe('a pause that is asked for and told late', () => {
  test.each([
    ['has begun', begun],
    ['was taken back', [takenBack]],
  ])('is recorded as stale where it %s by now', (_, since) => {
    expect(play([before, ...since, asked]).last).toBe(
      'stale: a pause asked for, which has begun or was taken back by now',
    )
  })
})
