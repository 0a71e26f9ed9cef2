// The details of an email beyond its event, for each kind, and while Polar is away or refuses.

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import {
  ATTACHED,
  absent,
  answering,
  BENEFITS,
  CARD,
  ORDER,
  PAST_DUE,
  type Parts,
  refusing,
  world,
} from './answers.ts'
import { away, decided, PLANNED } from './decided.ts'
import type { EventKind } from './kinds.ts'

const INVOICE = { invoice: 'attached' }

const FOUND: { [K in EventKind]: object } = {
  order_confirmation: { ...INVOICE, benefits: BENEFITS },
  subscription_confirmation: { ...INVOICE, benefits: BENEFITS },
  trial_started: { benefits: BENEFITS },
  subscription_cycled: INVOICE,
  subscription_cycled_after_trial: INVOICE,
  subscription_usage_invoice: INVOICE,
  subscription_final_invoice: INVOICE,
  subscription_updated: { ...INVOICE, order: ORDER, benefits: BENEFITS },
  subscription_change_scheduled: { nextPlan: 'Product plan-b' },
  subscription_cancellation: {},
  subscription_uncanceled: {},
  subscription_revoked: {},
  subscription_past_due: PAST_DUE,
  payment_recovered: INVOICE,
  subscription_paused: {},
  subscription_resumed: { ...INVOICE, order: ORDER },
  order_refunded: { card: CARD },
}
const each = Object.entries(FOUND) as [EventKind, object][]

describe('the details of an email', () => {
  test.each(each)('are what its kind asks for: %s', async (kind, details) => {
    const found = await world().detailsOf(decided(kind))
    expect(found).toMatchObject({ details })
    expect('details' in found && found.details).toEqual(details)
  })

  test.each(each.filter(([, details]) => 'invoice' in details))(
    'come with the file of the invoice: %s',
    async (kind) => {
      expect(await world().detailsOf(decided(kind))).toMatchObject({ invoice: ATTACHED })
    },
  )

  test.each(each)('are all found while Polar refuses: %s', async (kind) => {
    const { after } = await world(refusing).inTheEnd(decided(kind))
    expect(after).toBe(0)
  })

  test.each(each)('hold no email up for longer than ten seconds by Polar: %s', async (kind) => {
    const { after } = await world(absent).inTheEnd(decided(kind))
    expect(after).toBeLessThanOrEqual(10 * SECOND)
  })

  test.each(each.filter(([, details]) => 'invoice' in details))(
    'wait for an invoice that is being written: %s',
    async (kind) => {
      const later = { retryAt: PLANNED + SECOND }
      const { detailsOf } = world({}, { invoices: { of: async () => later } })
      expect(await detailsOf(decided(kind))).toEqual(later)
    },
  )
})

describe('what comes with a product', () => {
  test.each([
    ['Polar refuses', refusing],
    ['Polar stays away', absent],
  ])('is left out where %s', async (_, polar) => {
    const { details } = await world(polar).inTheEnd(decided('trial_started'))
    expect(details).toEqual({ benefits: [] })
  })

  test('is nothing where there is no product', async () => {
    const message = { ...decided('trial_started'), productId: null }
    const { details } = await world({ product: away }).inTheEnd(message)
    expect(details).toEqual({ benefits: [] })
  })

  test('is there when Polar comes back in time', async () => {
    let calls = 0
    const product: Parts['polar']['product'] = async (id) =>
      ++calls === 1 ? away() : answering.product(id)
    const { details, after } = await world({ product }).inTheEnd(decided('trial_started'))
    expect(details).toEqual({ benefits: BENEFITS })
    expect(after).toBe(2 * SECOND)
  })
})

describe('the order that comes later', () => {
  test.each(['subscription_updated', 'subscription_resumed'] as const)(
    'is waited for, or left out with its invoice where there is none: %s',
    async (kind) => {
      const later = { retryAt: PLANNED + SECOND }
      const waiting = world({}, { laterOrder: { find: async () => later } })
      expect(await waiting.detailsOf(decided(kind))).toEqual(later)
      const none = world({}, { laterOrder: { find: async () => null } })
      const found = await none.inTheEnd(decided(kind))
      expect(found).toMatchObject({ details: { order: null, invoice: null } })
      expect(found.invoice).toBeUndefined()
    },
  )

  test('is left out where Polar stays away', async () => {
    const laterOrder = { find: away }
    const { details } = await world({}, { laterOrder }).inTheEnd(decided('subscription_resumed'))
    expect(details).toEqual({ order: null, invoice: null })
  })
})

describe('a change announced for later', () => {
  test('names no plan where it is none of the plan', async () => {
    const message = decided('subscription_change_scheduled')
    const content = { ...message.content, nextProductId: null }
    const found = await world({ product: away }).detailsOf({ ...message, content })
    expect(found).toEqual({ details: { nextPlan: null } })
  })
})

describe('a mistake of ours', () => {
  test.each(['trial_started', 'subscription_past_due', 'order_refunded'] as const)(
    'is not taken for an absent Polar: %s',
    async (kind) => {
      const wrong = async () => {
        throw new TypeError('a mistake')
      }
      const { detailsOf } = world({ product: wrong, openOrder: wrong, payment: wrong })
      await expect(detailsOf(decided(kind))).rejects.toThrow(TypeError)
    },
  )
})
