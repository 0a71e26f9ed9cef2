import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { CHARGED, orderIn, subscriptionIn, types } from './events-of.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const OVER = ['subscription.updated', 'subscription.canceled', 'subscription.revoked']

describe('an end', () => {
  test('that was chosen comes with the period: canceled is told twice, for one moment', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const chosen = script.cancel(subscriptionId, { reason: 'too_expensive', comment: 'Later' })
    expect(types(chosen.events)).toEqual(['subscription.updated', 'subscription.canceled'])
    expect(subscriptionIn(chosen.events)).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      customer_cancellation_reason: 'too_expensive',
      customer_cancellation_comment: 'Later',
    })
    started.clock.advance(32 * DAY)
    const { events, orderId } = script.end(subscriptionId)
    expect(types(events)).toEqual(OVER)
    expect(orderId).toBeUndefined()
    const over = subscriptionIn(events)
    const { canceled_at, ends_at } = subscriptionIn(chosen.events)
    expect(over).toMatchObject({ status: 'canceled', canceled_at, ends_at })
    expect((over.ended_at ?? '') > (ends_at ?? '')).toBe(true)
  })

  test('bills what was used until then, in the words of a renewal', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.cancel(subscriptionId)
    const { events } = script.end(subscriptionId, { usage: 845 })
    expect(types(events)).toEqual([...OVER, ...CHARGED])
    const { subscription: of, ...order } = orderIn(events)
    expect(order).toMatchObject({ billing_reason: 'subscription_cycle', total_amount: 845 })
    expect(of.ended_at).not.toBeNull()
  })

  test('at once is canceled and over at one moment', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const { canceled_at } = subscriptionIn(script.cancel(subscriptionId).events)
    const { events } = script.revoke(subscriptionId)
    expect(types(events)).toEqual(OVER)
    const over = subscriptionIn(events)
    expect(over.canceled_at).not.toBe(canceled_at)
    expect([over.ends_at, over.ended_at]).toEqual([over.canceled_at, over.canceled_at])
  })

  test('after the last retry says since when it was past due, and voids the order', () => {
    const { script } = started.polar
    const { events } = script.giveUp(script.failRenewal().orderId)
    expect(types(events)).toEqual([...OVER, 'order.updated'])
    expect(subscriptionIn(events)).toMatchObject({
      status: 'canceled',
      past_due_at: expect.any(String),
    })
    expect(orderIn(events)).toMatchObject({ status: 'void', next_payment_attempt_at: null })
  })

  test('by whoever ends it while it is past due voids what is open', () => {
    const { script, world } = started.polar
    const { subscriptionId, orderId } = script.failRenewal()
    const { events } = script.cancelPastDue(subscriptionId)
    expect(types(events)).toEqual([...OVER, 'order.updated'])
    expect(subscriptionIn(events)).toMatchObject({ past_due_at: expect.any(String) })
    expect(world.orders.get(orderId)).toMatchObject({ status: 'void' })
  })

  test.each([
    ['soft', {}, [2, 7, 14, 21]],
    ['hard', { decline: { reason: 'do_not_honor', message: 'No.' } }, [21]],
    ['of no card', { noCard: true }, [2, 9, 16, 23]],
  ])('comes after the attempts of its course, which is %s', (_, how, days) => {
    const { script, world } = started.polar
    const { orderId, afterwards } = script.failRenewal(how)
    afterwards()
    const since = started.clock.now()
    const attempts: number[] = []
    for (;;) {
      const { next_payment_attempt_at: next } = world.orders.get(orderId) ?? {}
      if (next == null) break
      attempts.push(Math.round((Date.parse(next) - since) / DAY))
      started.clock.advance(Date.parse(next) - started.clock.now())
      const { events } = script.retry(orderId)
      if (events.length > 0) expect(types(events)).toEqual([...OVER, 'order.updated'])
    }
    expect(attempts).toEqual(days)
    expect(world.orders.get(orderId)?.status).toBe('void')
  })

  test('that is undone leaves no trace of it', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.cancel(subscriptionId, { reason: 'unused' })
    const { events } = script.uncancel(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated', 'subscription.uncanceled'])
    expect(subscriptionIn(events)).toMatchObject({
      cancel_at_period_end: false,
      canceled_at: null,
      ends_at: null,
      customer_cancellation_reason: null,
    })
  })
})

describe('a pause', () => {
  test('is asked for, begins with the period’s end, and ends with a charge', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const resumesAt = new Date(started.clock.now() + 90 * DAY).toISOString()
    const asked = script.schedulePause(subscriptionId, { resumesAt })
    expect(types(asked.events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(asked.events)).toMatchObject({
      status: 'active',
      pause_at_period_end: true,
      resumes_at: resumesAt,
      paused_at: null,
    })
    started.clock.advance(32 * DAY)
    const paused = script.pause(subscriptionId)
    expect(types(paused.events)).toEqual(['subscription.updated', 'subscription.paused'])
    expect(subscriptionIn(paused.events)).toMatchObject({
      status: 'paused',
      pause_at_period_end: false,
      resumes_at: resumesAt,
      paused_at: expect.any(String),
      current_period_end: subscriptionIn(asked.events).current_period_end,
    })
    started.clock.advance(58 * DAY)
    const { events } = script.resume(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated', 'subscription.resumed', ...CHARGED])
    const resumed = subscriptionIn(events)
    expect(resumed).toMatchObject({ status: 'active', paused_at: null, resumes_at: null })
    expect(orderIn(events)).toMatchObject({
      billing_reason: 'subscription_cycle',
      subscription: { current_period_start: resumed.current_period_start },
    })
  })

  test('that was asked for can be taken back', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.schedulePause(subscriptionId, { resumesAt: null })
    const { events } = script.unschedulePause(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(events)).toMatchObject({ pause_at_period_end: false, resumes_at: null })
  })
})
