// A subscription as it was at the time of an event that is found later, and how the orders of that time are read then.

import { describe, expect, test } from 'vitest'
import { asItWas } from '../../src/backfill/sources/earlier.ts'
import { body, type Fields, fixture, kindsOf, orderTold, subscriptionTold } from './build.ts'

const FAILED_AT = '2026-11-04T10:13:01.900Z'
const now = { ...fixture('subscription.cycled').data, modified_at: '2026-11-06T10:14:00Z' }

describe('the webhook of a subscription that is read later', () => {
  const pastDue = (row: Fields, since: string | null = FAILED_AT) =>
    asItWas('subscription.past_due', { at: '2026-11-04T10:13:02Z', since }, { ...now, ...row })

  test.each<[string, Fields, string]>([
    ['which is still so', { status: 'past_due', past_due_at: FAILED_AT }, 'subscription.past_due'],
    [
      'which is still so, spelled otherwise',
      { status: 'past_due', past_due_at: '2026-11-04T10:13:01.900000+00:00' },
      'subscription.past_due',
    ],
    [
      'which is still so, by a moment before the event',
      { status: 'past_due', past_due_at: '2026-11-04T10:13:00.400Z' },
      'subscription.past_due',
    ],
    ['which has paid', { status: 'active', past_due_at: null }, 'subscription.was_past_due'],
    [
      'which has paid and failed again',
      { status: 'past_due', past_due_at: '2026-11-11T10:13:01Z' },
      'subscription.was_past_due',
    ],
    [
      'which has ended unpaid',
      { status: 'canceled', past_due_at: FAILED_AT },
      'subscription.was_past_due',
    ],
  ])('%s', (_, row, type) => {
    const found = pastDue(row)
    expect(found.type).toBe(type)
    expect(found.data).toMatchObject({ status: 'past_due' })
  })

  test('names the moment of the event where the event does not say since when', () => {
    expect(pastDue({}, null).data).toMatchObject({ past_due_at: '2026-11-04T10:13:02Z' })
  })

  test('is left alone where it begins nothing', () => {
    const at = { at: FAILED_AT, since: null }
    expect(asItWas('order.paid', at, now)).toEqual({ type: 'order.paid', data: now })
  })
})

/** A system event of this type, as it is stored once its subscription has gone on. */
const found = (type: string, at: string, since: string, row: Fields = {}) => {
  const was = asItWas(type, { at, since }, { ...now, ...row })
  return JSON.stringify({ timestamp: at, ...was })
}

describe('an order that is found late', () => {
  const failed = found('subscription.past_due', '2026-11-04T10:13:02Z', FAILED_AT)
  const paid = orderTold('order.paid', '2026-11-06T10:14:01Z')

  test('is a recovery where its failure is found with it, and the failure is not mailed', () => {
    expect(kindsOf([failed, paid])).toEqual(['payment_recovered'])
  })

  test('is a recovery though the subscription has failed again by then', () => {
    const again = { status: 'past_due', past_due_at: '2026-12-04T10:13:01Z' }
    const subscription = { ...again, modified_at: '2026-12-04T10:13:01Z' }
    const first = orderTold('order.paid', '2026-11-06T10:14:01Z', { subscription })
    const event = found('subscription.past_due', '2026-11-04T10:13:02Z', FAILED_AT, again)
    expect(kindsOf([event, first])).toEqual(['payment_recovered'])
  })

  test('is a renewal where the failure was that of a later period', () => {
    const later = found('subscription.past_due', '2026-12-04T10:13:02Z', '2026-12-04T10:13:01Z')
    const before = orderTold('order.paid', '2026-11-04T10:13:02Z', { modified_at: null })
    expect(kindsOf([later, before])).toEqual(['subscription_cycled'])
  })

  test('is the charge after a pause where the pause is found with it', () => {
    const at = '2026-11-01T00:00:00Z'
    expect(kindsOf([found('subscription.paused', at, at), paid])).toEqual(['subscription_resumed'])
  })

  test('is a renewal where an earlier one was the charge after the pause, though both show one period', () => {
    const at = '2026-11-04T10:12:46Z'
    const resumed = subscriptionTold('subscription.resumed', at)
    const next = orderTold('order.paid', '2026-11-11T10:13:02Z', {
      ...{ id: 'next', created_at: '2026-11-11T10:12:48Z' },
    })
    expect(kindsOf([resumed, paid, next])).toEqual(['subscription_cycled', 'subscription_resumed'])
  })

  test('is what it was where the webhook of its failure comes after all', () => {
    expect(kindsOf([failed, paid, body('subscription.past_due')])).toEqual([
      'payment_recovered',
      'subscription_past_due',
    ])
  })
})
