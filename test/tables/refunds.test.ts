// Refunds: each is a fact of its own, told when the money goes back.

import { describe, expect, test } from 'vitest'
import { newCustomer } from '../../src/customers/state.ts'
import { plan } from '../../src/events/plan.ts'
import { arrivals, body, type Fields, facts, play, read } from './build.ts'

const ORDER = 'c6a53877-7733-4bdb-9721-0dff076ce2ef'

const refund = (type: string, data: Fields = {}) =>
  body('refund.created', { id: 'refund-1', ...data }, { type })
const succeeded = refund('refund.created')

describe('a refund', () => {
  test('that goes through at once is mailed with what goes back, tax included', () => {
    expect(play([body('refund.created')]).messages[0]).toMatchObject({
      kind: 'order_refunded',
      fact: 'refund/a3f96f0e-5143-4d1f-8d68-615c80690847',
      content: {
        refund: { value: 2700, currency: 'usd' },
        refundedAt: '2026-11-09T13:00:00.000Z',
        isFull: false,
        product: 'Field Recordings Vol. 2',
        order: { number: 'LARK-9M4C-0001', currency: 'usd', total: 6912 },
      },
      customer: { id: '6fced11d-2bd8-41e6-847a-8387cdde8d51' },
      target: `order:${ORDER}`,
      subscriptionId: null,
    })
  })

  test('that goes through later is mailed then, and once', () => {
    const pending = refund('refund.created', { status: 'pending' })
    const done = refund('refund.updated', { modified_at: '2026-11-10T00:00:00Z' })
    expect(play([pending, done]).outcomes).toEqual(['not_mapped: refund.created', 'order_refunded'])
    for (const events of arrivals([pending, done]))
      expect(facts(events)).toEqual(['order_refunded refund/refund-1'])
  })

  test('that is told again as gone through is the same fact', () => {
    for (const events of arrivals([succeeded, refund('refund.updated')]))
      expect(facts(events)).toEqual(['order_refunded refund/refund-1'])
  })

  test.each(['pending', 'failed', 'canceled', 'new', ''])('is not mailed as %s', (status) => {
    const payload = ['refund.created', 'refund.updated'].map((type) => refund(type, { status }))
    expect(facts(payload)).toEqual([])
  })

  test('is a fact of its own, though another is of the same order', () => {
    const other = refund('refund.created', { id: 'refund-2' })
    expect(facts([succeeded, other])).toEqual([
      'order_refunded refund/refund-1',
      'order_refunded refund/refund-2',
    ])
  })

  test('is told by its own events and not by those of its order', () => {
    const payload = [succeeded, body('order.refunded'), body('order.refunded.full')]
    for (const events of arrivals(payload))
      expect(facts(events)).toEqual(['order_refunded refund/refund-1'])
  })

  test.each([
    ['all that was charged', { amount: 6400, tax_amount: 512 }, true],
    ['all but the tax', { amount: 6400, tax_amount: 0 }, false],
    ['a part', { amount: 100, tax_amount: 8 }, false],
  ])('of %s says whether it is in full', (_, data, isFull) => {
    const { messages } = play([refund('refund.created', data)])
    expect(messages[0]?.content).toMatchObject({ isFull })
  })

  test('of all that was charged is in full, where credit paid for the rest', () => {
    const event = read(refund('refund.created', { amount: 4400, tax_amount: 512 }))
    if (event?.about !== 'refund') throw new Error('not about a refund')
    const order = { ...event.order, applied_balance_amount: -2000 }
    const policy = { liveSince: 0, isOff: () => false }
    expect(plan({ ...event, order }, newCustomer, policy)).toMatchObject({
      message: { content: { refund: { value: 4912 }, isFull: true } },
    })
  })

  test.each([
    ['when it changed', { modified_at: '2026-11-10T00:00:00Z' }, '2026-11-10T00:00:00.000Z'],
    ['when it was made', { modified_at: null }, '2026-11-09T13:00:00.000Z'],
    ['when it was told', { modified_at: null, created_at: null }, '2026-11-09T13:00:00.100Z'],
  ])('is dated by %s', (_, data, refundedAt) => {
    const { messages } = play([refund('refund.created', data)])
    expect(messages[0]?.content).toMatchObject({ refundedAt })
  })

  test.each([
    ['its amount', { amount: null }, 'amount'],
    ['its order', { order_id: null }, 'order_id'],
    ['its currency', { currency: '' }, 'currency'],
  ])('is unreadable without %s', (_, data, field) => {
    expect(play([refund('refund.created', data)]).last).toBe(`unreadable: refund without ${field}`)
  })
})
