// A failed period with several open orders: Polar goes on billing a past-due subscription, and each order is paid by itself.

import { describe, expect, test } from 'vitest'
import { pastDueSince } from '../../src/customers/dunning.ts'
import { outcomeOfFailedCharge } from '../../src/customers/episodes.ts'
import { newSubscription } from '../../src/customers/state.ts'
import {
  arrivals,
  body,
  type Fields,
  facts,
  orderTold,
  permutations,
  play,
  subscriptionTold,
} from './build.ts'

const ID = 'df219833-d97b-401b-b581-437a489229e0'
const FAILED_AT = '2026-11-04T10:13:01.900Z'
const FIRST = 'f08db22f-d293-456a-b170-fab23d90fbac'
const SECOND = '0b3e9c53-7b3a-4f27-9c1e-7d51b3a4d3f0'
const THIRD = '7b0a2f6e-40a5-4f7c-8a38-8e2a4a5f1a11'

const stillPastDue = {
  ...{ status: 'past_due', past_due_at: FAILED_AT },
  modified_at: '2026-11-11T10:12:46Z',
}
const activeAgain = { status: 'active', past_due_at: null, modified_at: '2026-11-14T10:00:05Z' }

const second = { id: SECOND, created_at: '2026-11-11T10:12:48Z' }

const pastDue = body('subscription.past_due')
const opened = orderTold('order.created', '2026-11-11T10:12:48Z', {
  ...second,
  status: 'pending',
  subscription: stillPastDue,
})
const paysFirst = (subscription: Fields = stillPastDue) =>
  orderTold('order.paid', '2026-11-14T10:00:01Z', { subscription })
const active = subscriptionTold('subscription.active', '2026-11-14T10:00:05Z')
const paysSecond = (subscription: Fields = activeAgain) =>
  orderTold('order.paid', '2026-11-14T10:00:06Z', { ...second, subscription })
const renews = (modified_at = '2026-11-18T10:12:46Z') =>
  orderTold('order.paid', '2026-11-18T10:13:00Z', {
    ...{ id: THIRD, created_at: '2026-11-18T10:12:48Z' },
    subscription: { ...activeAgain, modified_at },
  })

const FAILED = `subscription_past_due sub/${ID}/past-due/${FAILED_AT}`
const RECOVERED = `payment_recovered sub/${ID}/recovered/${FAILED_AT}`
const renewed = (order: string) => `subscription_cycled order/${order}/renewed`

/** The order whose payment is thanked for. */
const thankedFor = (bodies: readonly string[]) =>
  play(bodies).messages.flatMap(({ kind, target }) => (kind === 'payment_recovered' ? target : []))

const stateAfter = (...bodies: string[]) => {
  const { state } = play(bodies)
  return { state, subscription: state.subscriptions[ID] ?? newSubscription }
}

describe('two open orders that are paid one after another', () => {
  test('are a renewal and the recovery, in whatever order the events come, and however often', () => {
    for (const rest of arrivals([opened, paysFirst(), active, paysSecond()])) {
      expect(facts([pastDue, ...rest])).toEqual([RECOVERED, renewed(FIRST), FAILED])
      expect(new Set(thankedFor([pastDue, ...rest]))).toEqual(new Set([`order:${SECOND}`]))
    }
  })

  test('are the same where the newer order is paid first', () => {
    const secondFirst = orderTold('order.paid', '2026-11-14T09:59:00Z', {
      ...second,
      subscription: stillPastDue,
    })
    for (const rest of arrivals([secondFirst, active, paysFirst(activeAgain)]))
      expect(facts([pastDue, ...rest])).toEqual([RECOVERED, renewed(SECOND), FAILED])
  })

  test('are the same where the payments are told before the failure, as far as an order names it', () => {
    expect(facts([paysFirst(), paysSecond(), active, pastDue])).toEqual([
      RECOVERED,
      renewed(FIRST),
      FAILED,
    ])
  })

  test('are thanked for once where both of them find the subscription active', () => {
    for (const rest of arrivals([paysFirst(activeAgain), active, paysSecond()])) {
      const told = facts([pastDue, ...rest])
      expect(told.filter((fact) => fact === RECOVERED)).toHaveLength(1)
      expect(told.filter((fact) => fact.startsWith('subscription_cycled'))).toHaveLength(1)
    }
  })

  test('are thanked for once where the last order carries an old copy of the subscription', () => {
    expect(facts([pastDue, paysFirst(), active, paysSecond(stillPastDue)])).toEqual([
      RECOVERED,
      renewed(FIRST),
      FAILED,
    ])
  })

  test('are two renewals where the thanks are off', () => {
    const { messages } = play([pastDue, paysFirst(), active, paysSecond()], {
      isOff: (kind) => kind === 'payment_recovered',
    })
    expect(messages.map(({ fact }) => fact).slice(1)).toEqual([
      `order/${FIRST}/renewed`,
      `order/${SECOND}/renewed`,
    ])
  })
})

describe('what is to be credited', () => {
  const creditsAfter = (...bodies: string[]) =>
    stateAfter(...bodies).subscription.uncredited.map(({ orderId }) => orderId)

  test('is each order of the episode, once, in whatever order the events come', () => {
    for (const rest of arrivals([opened, paysFirst(), active, paysSecond()]))
      expect(creditsAfter(pastDue, ...rest).toSorted()).toEqual([SECOND, FIRST])
  })

  test('is not the renewal after it', () => {
    for (const rest of permutations([paysSecond(), active, renews()]))
      expect(creditsAfter(pastDue, ...rest)).toEqual([SECOND])
  })

  test.each([
    ['an order that balance paid for', { applied_balance_amount: -2900 }],
    ['usage that is billed meanwhile', { billing_reason: 'subscription_meter_cycle' }],
    ['a change of plan meanwhile', { billing_reason: 'subscription_update' }],
  ])('is not %s', (_, data) => {
    const paid = orderTold('order.paid', '2026-11-14T10:00:01Z', {
      ...{ ...second, ...data },
      subscription: stillPastDue,
    })
    expect(creditsAfter(pastDue, paid)).toEqual([])
  })
})

describe('the renewal after a recovery is a renewal', () => {
  test('in whatever order the events come', () => {
    for (const rest of permutations([paysFirst(), active, paysSecond(), renews()]))
      expect(facts([pastDue, ...rest])).toEqual(
        [RECOVERED, renewed(FIRST), renewed(THIRD), FAILED].toSorted(),
      )
  })

  test('also where the subscription has changed since its order was made', () => {
    const changed = subscriptionTold('subscription.updated', '2026-11-18T10:12:55Z')
    const all = [pastDue, active, changed, renews('2026-11-18T10:12:55Z')]
    expect(play(all).last).toBe('subscription_cycled')
  })

  test('also where nothing has told of the recovery yet', () => {
    expect(play([pastDue, renews()]).last).toBe('subscription_cycled')
  })

  test('also where another period has failed since', () => {
    const failsAgain = body(
      'subscription.past_due',
      { modified_at: '2026-11-25T10:13:01.95Z', past_due_at: '2026-11-25T10:13:01.9Z' },
      { timestamp: '2026-11-25T10:13:02Z' },
    )
    expect(play([pastDue, paysSecond(), failsAgain, renews()]).last).toBe('subscription_cycled')
  })
})

describe('a failed payment of which one order is paid', () => {
  const steps: [string, string[], string | null, 'recovered' | null][] = [
    ['goes on while another is open', [paysFirst()], FAILED_AT, null],
    ['is over with the last payment', [paysFirst(), paysSecond()], null, 'recovered'],
    ['is over with the last payment alone', [paysSecond()], null, 'recovered'],
    ['is over once the subscription is active', [paysFirst(), active], null, 'recovered'],
    ['stays over when the first payment is told late', [active, paysFirst()], null, 'recovered'],
  ]
  test.each(steps)('%s', (_, events, since, outcome) => {
    const { state, subscription } = stateAfter(pastDue, ...events)
    expect(pastDueSince(subscription)).toBe(since)
    expect(outcomeOfFailedCharge(state, ID, FAILED_AT)).toBe(outcome)
  })
})
