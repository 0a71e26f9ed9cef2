// One odd value anywhere in an event: it neither throws nor leaves an email with a date or a number that is none, and what is
// learned from it is learned once.

import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../emails/index.ts'
import { newCustomer, subscriptionIn } from '../../src/customers/state.ts'
import { createTokens } from '../../src/links/token.ts'
import {
  body,
  type Fields,
  fixture,
  fixtureNames,
  orderTold,
  play,
  subscriptionTold,
} from './build.ts'
import { stories } from './kinds.ts'
import { instantsOf, ODD, placesOf, variants } from './odd.ts'

const AT = '2026-11-20T12:00:00Z'

/** A subscription with something in every field that is read. */
const full: Fields = {
  modified_at: AT,
  seats: 5,
  units: 7,
  trial_start: '2026-11-01T00:00:00Z',
  trial_end: '2026-11-04T10:12:45.120934Z',
  cancel_at_period_end: true,
  canceled_at: AT,
  ends_at: AT,
  past_due_at: AT,
  pause_at_period_end: true,
  paused_at: AT,
  resumes_at: AT,
  prices: [{ amount_type: 'fixed' }],
  pending_update: {
    id: 'pending-1',
    created_at: AT,
    applies_at: '2026-12-04T10:12:45Z',
    product_id: 'plan-b',
    seats: 9,
    units: 9,
  },
}

const state = subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', { seats: 2 })

const TYPES = [
  ...['created', 'active', 'updated', 'cycled', 'canceled', 'uncanceled', 'revoked', 'past_due'],
  ...['paused', 'resumed', 'migrated'],
].map((name) => `subscription.${name}`)

/** An expectation for each of so many events would take longer than the events. */
const faultsIn = (bodies: readonly string[]): string[] => {
  const { messages, plans, again } = play(bodies)
  const faults = messages.flatMap(({ kind, content, fact, target }) => [
    ...(kinds.includes(kind) ? [] : [`kind ${kind}`]),
    ...instantsOf(content).filter((instant) => Number.isNaN(Date.parse(instant))),
    ...(/undefined|NaN|object/.test(`${fact} ${target}`) ? [`${fact} ${target}`] : []),
  ])
  const isSame = isDeepStrictEqual(again('right away'), plans)
  return [...faults, ...(isSame ? [] : ['another plan the second time'])].map(
    (fault) => `${fault} after ${bodies.at(-1)}`,
  )
}

const each = ODD.map((odd, n) => [JSON.stringify(odd), odd, n] as const)

/**
 * For each event of the fixtures, the turn of each field. Where a field of an order, a subscription and so on stands first,
 * it has every value; where it stands again, one of them, and another one in each event.
 */
const events = (() => {
  const met = new Map<string, number>()
  return fixtureNames.map((name) => {
    const event = fixture(name)
    const [about] = event.type.split('.')
    const turns = [...placesOf(event.data)].map((place) => {
      const before = met.get(`${about}${place}`) ?? 0
      met.set(`${about}${place}`, before + 1)
      return before === 0 ? 'all' : before % ODD.length
    })
    return { event, turns }
  })
})()

describe('one odd value in an event', () => {
  test.each(each)('of any type does no harm: %s', (_, odd, n) => {
    const faults = events.flatMap(({ event, turns }) =>
      [...variants(event.data, odd)]
        .filter((_, at) => turns[at] === 'all' || turns[at] === n)
        .flatMap((data) => faultsIn([JSON.stringify({ ...event, data })])),
    )
    expect(faults).toEqual([])
  })

  test.each(each)('of a subscription that is known does no harm: %s', (_, odd, n) => {
    const { data } = JSON.parse(subscriptionTold('subscription.updated', AT, full))
    const types = ['subscription.updated', 'subscription.canceled', 'subscription.resumed']
    const faults = [...variants(data, odd)].flatMap((change, at) =>
      faultsIn([
        state,
        JSON.stringify({ type: types[(at + n) % types.length], timestamp: AT, data: change }),
      ]),
    )
    expect(faults).toEqual([])
  })

  test.each(each)('of an order of a subscription that is known does no harm: %s', (_, odd, n) => {
    const reasons = ['subscription_update', 'subscription_cycle']
    const orders = reasons.map((billing_reason) =>
      JSON.parse(orderTold('order.paid', AT, { billing_reason, created_at: AT })),
    )
    const faults = orders.flatMap(({ data }, of) =>
      [...variants(data, odd)]
        .filter((_, at) => (at + n) % orders.length === of)
        .flatMap((change) =>
          faultsIn([state, JSON.stringify({ type: 'order.paid', timestamp: AT, data: change })]),
        ),
    )
    expect(faults).toEqual([])
  })

  test.each(each)('instead of its time does no harm: %s', (_, timestamp) => {
    const faults = TYPES.flatMap((type) =>
      faultsIn([state, body('subscription.updated', full, { type, timestamp })]),
    )
    expect(faults).toEqual([])
  })
})

describe('an announcement in a shape of its own', () => {
  test.each([
    ['nothing', {}],
    ['an id alone', { id: 'pending-1' }],
    ['no id', { applies_at: AT, product_id: 'plan-b' }],
    ['an id of an object', { id: { toString: 'x' }, applies_at: AT }],
    ['an id too long for a link', { id: 'x'.repeat(10_000), applies_at: AT }],
    ['a product that is no id', { id: 'pending-1', applies_at: AT, product_id: 7 }],
  ])('does no harm: %s', (_, pending_update) => {
    expect(
      faultsIn([state, subscriptionTold('subscription.updated', AT, { pending_update })]),
    ).toEqual([])
  })
})

describe('an id that means something to JavaScript', () => {
  const tokens = createTokens([Buffer.alloc(32, 7)])

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '0', 'length'])(
    'is an id like any other: %s',
    (id) => {
      const pause = { id, customer: { id }, pause_at_period_end: true }
      const all = [
        subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', { id, customer: { id } }),
        subscriptionTold('subscription.updated', AT, pause),
        orderTold('order.paid', AT, { id, customer: { id }, subscription: { id } }),
        subscriptionTold('subscription.past_due', AT, { id, customer: { id }, past_due_at: AT }),
      ]
      const { outcomes, state, messages } = play(all)
      expect(outcomes.slice(1)).toEqual([
        'subscription_paused',
        'subscription_cycled',
        'subscription_past_due',
      ])
      const stored = JSON.parse(JSON.stringify(state))
      expect(subscriptionIn(stored, id)).toEqual(subscriptionIn(state, id))
      expect(Object.getPrototypeOf(state.subscriptions)).toBe(Object.prototype)
      for (const { target } of messages) {
        const generation = {
          recordId: 'abcdefghijklmn-_12345Q',
          customerId: id,
          memberId: null,
          target,
        }
        expect(tokens.verify(tokens.sign({ ...generation, createdAt: 1 }))).toMatchObject({
          target,
        })
      }
    },
  )

  test.each(['constructor', '__proto__', 'toString'])('is nobody until it is told: %s', (id) => {
    expect(subscriptionIn(newCustomer, id)).toBeUndefined()
  })
})

describe('what is known of a customer', () => {
  test.each(Object.entries(stories))(
    'means the same once it was stored and read again: %s',
    (_, { before, says }) => {
      const { state } = play([...before, says])
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    },
  )

  test('stays small, however much happens', () => {
    const days = Array.from({ length: 28 }, (_, n) => `2026-11-${String(n + 1).padStart(2, '0')}`)
    const all = days.flatMap((day, n) => [
      subscriptionTold('subscription.updated', `${day}T01:00:00Z`, { seats: n + 1 }),
      subscriptionTold('subscription.canceled', `${day}T02:00:00Z`, {
        ...{ cancel_at_period_end: true, canceled_at: `${day}T02:00:00Z` },
      }),
      subscriptionTold('subscription.past_due', `${day}T03:00:00Z`, {
        past_due_at: `${day}T03:00:00Z`,
      }),
      subscriptionTold('subscription.resumed', `${day}T04:00:00Z`, {
        current_period_start: `${day}T04:00:00Z`,
      }),
    ])
    expect(JSON.stringify(play(all).state).length).toBeLessThan(8_000)
  })
})
