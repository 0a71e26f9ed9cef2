// The ids that an event of any type names, however little of it can be read.

import { describe, expect, test } from 'vitest'
import { readEvent } from '../../src/polar/event.ts'
import { idsIn } from '../../src/polar/ids.ts'
import { body, fixture, fixtureNames } from './build.ts'

const idsOf = (raw: string) => readEvent({ id: 'x', body: raw, receivedAt: 0 }).ids

describe('the ids in an event', () => {
  test.each(fixtureNames)('of Polar’s own name its customer: %s', (name) => {
    const { type, data } = fixture(name)
    const nested = (data.customer ?? data.member) as
      | { id: string; customer_id?: string }
      | undefined
    const own = type.startsWith('customer.') ? data.id : data.customer_id
    expect(idsOf(body(name))?.customer).toBe(own ?? nested?.customer_id ?? nested?.id)
  })

  test.each([
    ['order.paid', { id: 'o', customer_id: 'c', subscription_id: 's' }],
    ['order.paid', { id: 'o', customer: { id: 'c' }, subscription: { id: 's' } }],
    ['subscription.cycled', { id: 's', customer_id: 'c', order: { id: 'o' } }],
    ['refund.created', { id: 'r', customer_id: 'c', order_id: 'o', subscription_id: 's' }],
    ['benefit_grant.created', { id: 'b', customer_id: 'c', order_id: 'o', subscription_id: 's' }],
  ])('are found by their fields: %s %j', (type, data) => {
    expect(idsIn(type, data)).toEqual({ customer: 'c', order: 'o', subscription: 's' })
  })

  test.each([
    ['member.created', { id: 'm', customer_id: 'c' }],
    ['customer_seat.assigned', { id: 'x', member: { id: 'm', customer_id: 'c' } }],
    ['customer.updated', { id: 'c', member_id: 'm' }],
  ])('name a member: %s %j', (type, data) => {
    expect(idsIn(type, data)).toEqual({ customer: 'c', member: 'm' })
  })

  test.each([
    ['customer_session.created', { id: 'x', customer_id: 7, order: 'o', member: null }],
    ['order.paid', null],
    ['order.paid', [1, 2]],
    ['order.paid', { id: 'x'.repeat(31) }],
    ['order.paid', { id: '' }],
  ])('are none where they are odd: %s %j', (type, data) => {
    expect(idsIn(type, data)).toEqual({})
  })

  test('are those of an event too that cannot be read, with its type', () => {
    const raw = JSON.stringify({ type: 'order.paid', data: { id: 'o', customer: { id: 'c' } } })
    expect(readEvent({ id: 'x', body: raw, receivedAt: 0 })).toEqual({
      unreadable: expect.stringMatching(/^order without /),
      ...{ type: 'order.paid', ids: { customer: 'c', order: 'o' } },
    })
  })
})
