// Messages that are stale by the time they would be sent.

import { describe, expect, test } from 'vitest'
import { newCustomer } from '../../src/customers/state.ts'
import { createStaleCheck } from '../../src/messages/is-stale.ts'
import type { Message } from '../../src/messages/message.ts'
import { body, type Fields, orderTold, play, subscriptionTold } from './build.ts'
import { decided, decidedBy, knowing, nowhere, stoppedClock } from './decided.ts'
import { eventKinds, stories } from './kinds.ts'

const ID = 'df219833-d97b-401b-b581-437a489229e0'
const AFTER = '2026-11-22T12:00:00Z'
const LATER = '2026-11-23T12:00:00Z'

const updated = (data: Fields = {}, at = AFTER) =>
  subscriptionTold('subscription.updated', at, data)
const revoked = subscriptionTold('subscription.revoked', LATER, {
  status: 'canceled',
  ended_at: LATER,
})
const uncanceled = subscriptionTold('subscription.uncanceled', AFTER)
const canceledAgain = subscriptionTold('subscription.canceled', LATER, {
  cancel_at_period_end: true,
  canceled_at: LATER,
})
const pending = (id: string) => ({
  pending_update: { id, applies_at: '2026-12-04T10:12:45Z', product_id: 'plan-b' },
})
const takesEffect = [
  subscriptionTold('subscription.cycled', '2026-12-04T10:12:46Z', {
    ...{ product_id: 'plan-b', product: { id: 'plan-b', name: 'Plan B' } },
    current_period_start: '2026-12-04T10:12:45Z',
  }),
]
const active = subscriptionTold('subscription.active', AFTER)
const paid = orderTold('order.paid', AFTER)
const paused = subscriptionTold('subscription.paused', AFTER, { status: 'paused' })
const asked = { pause_at_period_end: true }

const staleBecause = (customers: Parameters<typeof createStaleCheck>[0], now?: number) =>
  createStaleCheck(customers, stoppedClock(now))

const WANTED = null

describe('a message that waits', () => {
  test.each([
    ['subscription_past_due', 'nothing', [], WANTED],
    ['subscription_past_due', 'the payment', [paid], 'recovered'],
    ['subscription_past_due', 'an active subscription', [active], 'recovered'],
    ['subscription_past_due', 'the end', [revoked], 'ended'],
    ['subscription_cancellation', 'nothing', [], WANTED],
    ['subscription_cancellation', 'that it is taken back', [uncanceled], 'taken_back'],
    ['subscription_cancellation', 'an update that takes it back', [updated()], 'taken_back'],
    [
      'subscription_cancellation',
      'an update that keeps no more than its date',
      [updated({ canceled_at: AFTER })],
      'taken_back',
    ],
    ['subscription_cancellation', 'the end', [revoked], 'ended'],
    ['subscription_uncanceled', 'nothing', [], WANTED],
    ['subscription_uncanceled', 'another cancellation', [canceledAgain], 'taken_back'],
    ['subscription_uncanceled', 'the end', [revoked], 'ended'],
    ['subscription_paused', 'nothing', [], WANTED],
    ['subscription_paused', 'more of the same', [updated(asked)], WANTED],
    ['subscription_paused', 'the beginning of the pause', [paused], WANTED],
    [
      'subscription_paused',
      'an update that the pause has begun',
      [updated({ status: 'paused', paused_at: AFTER })],
      WANTED,
    ],
    ['subscription_paused', 'that it is taken back', [updated()], 'taken_back'],
    ['subscription_paused', 'the end', [revoked], 'ended'],
    ['subscription_change_scheduled', 'nothing', [], WANTED],
    ['subscription_change_scheduled', 'more of the same', [updated(pending('pending-1'))], WANTED],
    ['subscription_change_scheduled', 'that it is taken back', [updated()], 'taken_back'],
    ['subscription_change_scheduled', 'another', [updated(pending('pending-2'))], 'taken_back'],
    ['subscription_change_scheduled', 'the end', [revoked], 'ended'],
    ['subscription_change_scheduled', 'the renewal that brings it', takesEffect, 'stale'],
    ['trial_started', 'nothing', [], WANTED],
    ['trial_started', 'the end of the trial', [active], 'stale'],
    ['trial_started', 'the end', [revoked], 'ended'],
  ] as const)('%s, after which comes %s', async (kind, _, after, expected) => {
    const { before, says } = stories[kind]
    const staleReason = staleBecause(knowing([...before, says, ...after]))
    expect(await staleReason(decided(kind))).toBe(expected)
  })

  test.each([
    ['subscription_past_due', '2026-12-01T12:01:00Z'],
    ['subscription_change_scheduled', '2026-12-04T10:12:45Z'],
    ['trial_started', '2026-12-04T10:12:45.120Z'],
  ] as const)('is stale once the day that it names has come: %s', async (kind, day) => {
    const { before, says } = stories[kind]
    const customers = knowing([...before, says])
    expect(await staleBecause(customers, Date.parse(day) - 1)(decided(kind))).toBeNull()
    expect(await staleBecause(customers, Date.parse(day))(decided(kind))).toBe('stale')
  })

  test('of a pause that has begun is wanted until the subscription ends', async () => {
    const message = decidedBy([paused])
    expect(await staleBecause(knowing([paused]))(message)).toBeNull()
    expect(await staleBecause(knowing([paused, revoked]))(message)).toBe('ended')
  })

  const state = new Set([
    ...['subscription_past_due', 'subscription_cancellation', 'subscription_uncanceled'],
    ...['subscription_paused', 'subscription_change_scheduled', 'subscription_updated'],
    'trial_started',
  ])

  test.each(eventKinds.filter((kind) => !state.has(kind)))(
    'stays true whatever comes after: %s',
    async (kind) => {
      const { before, says } = stories[kind]
      const all = [...before, says, paid, updated(), canceledAgain, revoked]
      expect(await staleBecause(knowing(all))(decided(kind))).toBeNull()
    },
  )

  test.each(eventKinds)('is not wanted once its customer is deleted: %s', async (kind) => {
    const customers = knowing([body('customer.deleted')])
    expect(await staleBecause(customers)(decided(kind))).toBe('customer_deleted')
  })

  test.each(eventKinds)('is wanted where nothing is known: %s', async (kind) => {
    const customers = { load: async () => ({ state: newCustomer, customer: nowhere, own: null }) }
    expect(await staleBecause(customers)(decided(kind))).toBeNull()
  })

  test('is judged by what is known of its own subscription', async () => {
    const { before, says } = stories.subscription_cancellation
    const other = JSON.parse(revoked)
    other.data.id = 'another'
    const customers = knowing([...before, says, JSON.stringify(other)])
    expect(await staleBecause(customers)(decided('subscription_cancellation'))).toBeNull()
  })

  test('is judged by the customer that it is to', async () => {
    const asked: (string | null)[] = []
    const { state } = play([])
    const customers = {
      load: async (customerId: string, subscriptionId: string | null) => {
        asked.push(customerId, subscriptionId)
        return { state, customer: nowhere, own: null }
      },
    }
    await staleBecause(customers)(decided('subscription_cycled'))
    expect(asked).toEqual(['9dfb369b-ab13-4fae-a276-55daa05f1119', ID])
  })
})

describe('a reminder of an unpaid invoice of usage', () => {
  const orderId = JSON.parse(paid).data.id as string
  const pastDue = decided('subscription_past_due')
  const message = {
    ...{ ...pastDue, kind: 'payment_reminder', target: `order:${orderId}` },
    content: { ...pastDue.content, deadline: null, step: 1 },
  } as Message

  test.each([
    ['goes where it is open', [updated()], null],
    ['goes though the subscription is cancelled', [canceledAgain], null],
    ['is stale once it is paid', [paid], 'recovered'],
    ['is stale once the subscription is over', [revoked], 'ended'],
  ])('%s', async (_, bodies, because) => {
    expect(await staleBecause(knowing(bodies))(message)).toBe(because)
  })
})
