// A subscription that is over is forgotten after a while: until then a late event means what it always meant, from then on
// it is mailed to nobody.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Kind } from '../../emails/index.ts'
import { applyEvent } from '../../src/customers/apply-event.ts'
import {
  isIdle,
  KEPT_WHOLE,
  keptAfterLastEvent,
  knownAt,
  remnantOf,
  seen,
} from '../../src/customers/forget.ts'
import { type CustomerState, newCustomer, newSubscription } from '../../src/customers/state.ts'
import { plan } from '../../src/events/plan.ts'
import { createStaleCheck } from '../../src/messages/is-stale.ts'
import { withLatestContent } from '../../src/messages/latest-content.ts'
import { DAY } from '../../src/runtime/clock.ts'
import {
  body,
  type Fields,
  fixture,
  orderTold,
  outcome,
  permutations,
  play,
  read,
  subscriptionTold,
} from './build.ts'
import { decided, nowhere, stoppedClock } from './decided.ts'
import { type EventKind, eventKinds, stories } from './kinds.ts'

const ID = 'df219833-d97b-401b-b581-437a489229e0'
const ENDED_AT = '2026-12-01T12:00:00.000Z'

/** All events of the tables come to us then. */
const RECEIVED = Date.parse('2027-06-01T00:00:00Z')
const FORGOTTEN_AT = RECEIVED + KEPT_WHOLE
const STALE = 'stale: a late event of a subscription that has been over for long'

const over = { status: 'canceled', ended_at: ENDED_AT, canceled_at: ENDED_AT }
const revoked = subscriptionTold('subscription.revoked', ENDED_AT, over)
const terms = (id: string): Fields => ({ product_id: id, product: { id, name: id } })
const afterwards = (ms: number) => new Date(FORGOTTEN_AT + ms).toISOString()

/** The state of the customer at `now` (ms) after these bodies. */
const knownThen = (bodies: readonly string[], now: number): CustomerState => {
  const { state } = play(bodies)
  const known = Object.entries(state.subscriptions).map(([id, one]) => [id, knownAt(one, now)])
  return { ...state, subscriptions: Object.fromEntries(known) }
}

const told = (state: CustomerState, raw: string) => {
  const event = read(raw)
  if (!event) throw new Error('nobody’s event')
  const after = applyEvent(state, event)
  return { after, decided: plan(event, after, { liveSince: 0, isOff: () => false }) }
}

const outcomeThen = (bodies: readonly string[], late: string, now: number) =>
  outcome(told(knownThen(bodies, now), late).decided)

describe('a subscription that is over', () => {
  test('is known whole until the last day, and by its count of changes from then on', () => {
    const history = [
      subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', terms('plan-a')),
      subscriptionTold('subscription.updated', '2026-11-10T12:00:00Z', terms('plan-b')),
      revoked,
    ]
    const whole = play(history).state.subscriptions[ID] ?? newSubscription
    expect(knownAt(whole, FORGOTTEN_AT - 1)).toBe(whole)
    expect(knownAt(whole, FORGOTTEN_AT)).toEqual({
      ...newSubscription,
      asOf: whole.asOf,
      status: 'canceled',
      changeCount: 1,
      forgottenAt: FORGOTTEN_AT,
    })
  })

  test('is known whole for longer than Polar delivers an event again', () => {
    expect(KEPT_WHOLE).toBeGreaterThan(90 * DAY)
  })

  test('is kept from the last that is told of it, however long ago it ended', () => {
    const late = orderTold('order.paid', '2026-11-05T00:00:00Z')
    expect(play([revoked]).state.subscriptions[ID]?.keptUntil).toBe(FORGOTTEN_AT)
    const event = read(late)
    if (!event) throw new Error('nobody’s event')
    const after = applyEvent(play([revoked]).state, { ...event, receivedAt: RECEIVED + DAY })
    expect(after.subscriptions[ID]?.keptUntil).toBe(FORGOTTEN_AT + DAY)
    const sooner = applyEvent(after, { ...event, receivedAt: RECEIVED })
    expect(sooner.subscriptions[ID]?.keptUntil).toBe(FORGOTTEN_AT + DAY)
  })

  test.each(['active', 'past_due', 'paused', 'trialing', 'unknown'])(
    'only then is forgotten: not while it is %s',
    (status) => {
      const alive = subscriptionTold('subscription.updated', '2026-12-02T00:00:00Z', { status })
      const { state } = play([revoked, alive])
      expect(state.subscriptions[ID]?.keptUntil).toBeNull()
      expect(knownThen([revoked, alive], Number.MAX_SAFE_INTEGER)).toEqual(state)
    },
  )
})

/** These are about no subscription, or need to know nothing of one. */
const APART = new Set<Kind>(['order_confirmation', 'order_refunded'])

const purchase = orderTold('order.paid', '2026-11-10T12:00:00Z', {
  ...{ billing_reason: 'purchase', subscription: null, subscription_id: null },
})

describe('a late event', () => {
  const rows = eventKinds.map((kind) => {
    const { before, says } = stories[kind]
    return [kind, before, kind === 'order_confirmation' ? purchase : says] as const
  })

  test.each(rows)('of %s, told for the first time', (kind, before, says) => {
    const history = [...before, revoked]
    const whole = play([...history, says]).last
    expect(outcomeThen(history, says, FORGOTTEN_AT - 1)).toBe(whole)
    expect(outcomeThen(history, says, FORGOTTEN_AT)).toBe(APART.has(kind) ? kind : STALE)
  })

  test.each(rows)('of %s, told again', (kind, before, says) => {
    const history = [...before, says, revoked]
    const facts = (now: number) => {
      const { decided } = told(knownThen(history, now), says)
      return 'message' in decided ? decided.message.fact : null
    }
    const { fact } = decided(kind)
    expect([fact, null]).toContain(facts(FORGOTTEN_AT - 1))
    expect(facts(FORGOTTEN_AT)).toBe(APART.has(kind) ? fact : null)
  })

  test('changes nothing of what stays', () => {
    const known = knownThen([revoked], FORGOTTEN_AT)
    for (const [_, __, says] of rows)
      expect(told(known, says).after.subscriptions).toBe(known.subscriptions)
  })

  test('still tells the address of its customer', () => {
    const known = knownThen([revoked], FORGOTTEN_AT)
    const moved = body('subscription.updated', {
      customer: { email: 'moved@example.com', modified_at: '2027-01-01T00:00:00Z' },
    })
    expect(told(known, moved).after.address?.hash).not.toBe(known.address?.hash)
  })

  test.each([
    [
      'the order of a failed charge',
      'payment_recovered',
      orderTold('order.paid', '2026-11-06T10:14:01Z'),
    ],
    [
      'the order of a change',
      'subscription_updated',
      orderTold('order.paid', '2026-11-10T12:00:00Z', {
        ...{
          id: 'change-order',
          created_at: '2026-11-10T12:00:00Z',
          billing_reason: 'subscription_update',
        },
        ...{ product: terms('plan-b').product, product_id: 'plan-b' },
        subscription: { product_id: 'plan-b', modified_at: '2026-11-10T12:00:00Z' },
      }),
    ],
    [
      'the first order after a pause',
      'subscription_resumed',
      orderTold('order.paid', '2026-11-20T12:00:00Z', {
        created_at: '2026-11-20T12:00:00Z',
        subscription: {
          current_period_start: '2026-11-20T12:00:00Z',
          current_period_end: '2026-12-20T12:00:00Z',
        },
      }),
    ],
  ] as const)('is never taken for something else: %s', (_, kind, order) => {
    const { before, says } = stories[kind]
    const history = [...before, says, order, revoked]
    expect(outcomeThen(history, order, FORGOTTEN_AT - 1)).toBe(kind)
    expect(outcomeThen(history, order, FORGOTTEN_AT)).toBe(STALE)
  })

  test('counts by its own dates, whatever its envelope says', () => {
    const order = orderTold('order.paid', '2026-11-05T00:00:00Z')
    const resent = JSON.stringify({ ...JSON.parse(order), timestamp: afterwards(DAY) })
    expect(outcomeThen([revoked], resent, FORGOTTEN_AT)).toBe(STALE)
  })
})

describe('what happens to it once it is forgotten', () => {
  test.each([
    [-DAY, STALE],
    [0, STALE],
    [1, 'subscription_final_invoice'],
    [DAY, 'subscription_final_invoice'],
  ])('is told: an order that is paid %i ms after', (ms, expected) => {
    const order = orderTold('order.paid', afterwards(ms), {
      created_at: ENDED_AT,
      subscription: over,
    })
    expect(outcomeThen([revoked], order, FORGOTTEN_AT + DAY)).toBe(expected)
  })

  test('is counted on: no change has the fact of one that was before', () => {
    const updated = (at: string, id: string) =>
      subscriptionTold('subscription.updated', at, terms(id))
    const history = [
      subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', terms('plan-a')),
      updated('2026-11-10T12:00:00Z', 'plan-b'),
      updated('2026-11-11T12:00:00Z', 'plan-a'),
      subscriptionTold('subscription.revoked', ENDED_AT, { ...over, ...terms('plan-a') }),
    ]
    const back = subscriptionTold('subscription.cycled', afterwards(1), terms('plan-a'))
    const { after } = told(knownThen(history, FORGOTTEN_AT), back)
    const { decided } = told(after, updated(afterwards(2), 'plan-b'))
    expect(decided).toMatchObject({ message: { fact: `sub/${ID}/plan/3` } })
    expect(told(after, updated('2026-11-10T12:00:00Z', 'plan-b')).decided).toMatchObject({
      ignored: 'stale',
    })
  })
})

describe('a message that has waited so long', () => {
  const waiting = async (kind: EventKind, now: number) => {
    const { before, says } = stories[kind]
    const state = knownThen([...before, says, revoked], now)
    const load = async () => ({ state, customer: nowhere, own: null })
    const message = decided(kind)
    const because = await createStaleCheck({ load }, stoppedClock(now))(message)
    const { content } = withLatestContent(message, state.subscriptions[ID], now)
    return { because, renewsAt: 'plan' in content ? content.plan.renewsAt : null }
  }

  test.each(eventKinds)('of %s is not sent for another reason than before', async (kind) => {
    const [before, after] = await Promise.all(
      [FORGOTTEN_AT - 1, FORGOTTEN_AT].map((now) => waiting(kind, now)),
    )
    const isHeld = kind === 'subscription_updated'
    expect(after).toEqual(isHeld ? { because: 'stale', renewsAt: null } : before)
  })

  test('names no renewal of what is over', () => {
    const state = knownThen([revoked], FORGOTTEN_AT)
    const renewed = decided('subscription_cycled')
    const yearly = { ...renewed.content.plan, renewsAt: afterwards(100 * DAY) }
    const message = { ...renewed, content: { ...renewed.content, plan: yearly } }
    const shown = withLatestContent(message, state.subscriptions[ID], FORGOTTEN_AT)
    expect(shown.content).toMatchObject({ plan: { renewsAt: null } })
  })
})

describe('a customer is idle', () => {
  const RETAIN = 400 * DAY
  const ended = { ...newSubscription, status: 'canceled' }
  const customer = (change: Partial<CustomerState>): CustomerState => ({
    ...newCustomer,
    lastSeenAt: RECEIVED,
    subscriptions: { 'sub-1': ended },
    ...change,
  })
  const remnant = { ...newSubscription, ...remnantOf({ ...ended, keptUntil: FORGOTTEN_AT }) }
  const live = (status: string) => ({
    subscriptions: { 'sub-1': ended, 'sub-2': { ...newSubscription, status } },
  })

  test.each([
    ['a day after that', {}, RETAIN + DAY, RETAIN, true],
    ['not before the day of the last event is surely over', {}, RETAIN + DAY - 1, RETAIN, false],
    ['without a subscription', { subscriptions: {} }, RETAIN + DAY, RETAIN, true],
    ['with remnants', { subscriptions: { 'sub-1': remnant } }, RETAIN + DAY, RETAIN, true],
    ['unless a subscription is active', live('active'), 10 * RETAIN, RETAIN, false],
    ['unless one is on trial', live('trialing'), 10 * RETAIN, RETAIN, false],
    ['unless a failed charge is open', live('past_due'), 10 * RETAIN, RETAIN, false],
    ['unless one is paused', live('paused'), 10 * RETAIN, RETAIN, false],
    ['unless one has no known status', live('unknown'), 10 * RETAIN, RETAIN, false],
    ['unless it is deleted', { deletedAt: ENDED_AT }, 10 * RETAIN, RETAIN, false],
    ['not before late events end', {}, KEPT_WHOLE + DAY - 1, 30 * DAY, false],
    ['once late events have ended', {}, KEPT_WHOLE + DAY, 30 * DAY, true],
  ])('%s', (_, change, after, retain, expected) => {
    expect(isIdle(customer(change), RECEIVED + after, retain)).toBe(expected)
  })

  test('once its last event need no longer be kept, and not for too long before', () => {
    const received = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1 })
    const check = (times: number[]) => {
      const ordered = times.toSorted((one, other) => one - other)
      const event = read(revoked)
      if (!event) throw new Error('nobody’s event')
      const state = ordered.reduce((so, at) => seen(so, { ...event, receivedAt: at }), newCustomer)
      const last = ordered.at(-1) ?? 0
      expect(isIdle(state, last + keptAfterLastEvent(RETAIN), RETAIN)).toBe(true)
      expect(isIdle(state, last + RETAIN, RETAIN)).toBe(false)
    }
    fc.assert(fc.property(received, check))
  })

  test('never, where no event was seen', () => {
    expect(isIdle(newCustomer, Number.MAX_SAFE_INTEGER, RETAIN)).toBe(false)
  })
})

describe('the last event of a customer', () => {
  const seenThen = (state: CustomerState, receivedAt: number) => {
    const event = read(revoked)
    if (!event) throw new Error('nobody’s event')
    return seen(state, { ...event, receivedAt }).lastSeenAt
  }

  test('is known to the day, so that most events need not write it', () => {
    const known = { ...newCustomer, lastSeenAt: RECEIVED }
    expect(seenThen(newCustomer, RECEIVED)).toBe(RECEIVED)
    expect(seenThen(known, RECEIVED + DAY - 1)).toBe(RECEIVED)
    expect(seenThen(known, RECEIVED + DAY)).toBe(RECEIVED + DAY)
    expect(seenThen(known, RECEIVED - DAY)).toBe(RECEIVED)
  })

  test('is any event, that of a member too', () => {
    for (const raw of [revoked, body('member.created'), body('refund.created')])
      expect(play([raw]).state.lastSeenAt).toBe(RECEIVED)
  })
})

describe('the external id of a customer', () => {
  const named = (external_id: string | null) => body('customer.updated', { external_id })

  test('is known from the first event that has one', () => {
    for (const bodies of permutations([named(null), named('user_42'), body('member.created')]))
      expect(play(bodies).state.externalId).toBe('user_42')
    expect(play([named(null)]).state).not.toHaveProperty('externalId')
  })
})

test('what stays of it is small', () => {
  const { state } = play([body('subscription.revoked')])
  const [subscription] = Object.values(state.subscriptions)
  expect(fixture('subscription.revoked').data.status).toBe('canceled')
  expect(JSON.stringify(remnantOf(subscription ?? newSubscription)).length).toBeLessThan(200)
})
