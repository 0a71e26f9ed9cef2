// The details of a reminder of a failed payment: what is owed, and which course it takes.

import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/messages/message.ts'
import { DAY } from '../../src/runtime/clock.ts'
import { CARD, NEXT_CHARGE, organization, type Parts, refusing, world } from './answers.ts'
import { decided, PLANNED } from './decided.ts'

const pastDueAt = new Date(PLANNED - 3 * DAY).toISOString()
const deadline = new Date(PLANNED + 18 * DAY).toISOString()
const { plan } = decided('subscription_past_due').content
const message = {
  ...{ ...decided('subscription_past_due'), kind: 'payment_reminder' },
  content: { plan, pastDueAt, deadline, step: 1 },
} as Message

const detailsOf = async (change: Partial<Parts['polar']> = {}, others = {}) =>
  (await world(change, others).inTheEnd(message)).details

const failed = (...reasons: string[]) => ({
  failures: async () =>
    reasons.map((declineReason) => ({ card: CARD, declineReason, isOwn: true })),
})

const openUntil = (...attempts: (string | null)[]) => ({
  openOrders: async () =>
    attempts.map((nextAttemptAt, index) => ({
      ...{ id: `order-${index}`, number: `ACME-${index}`, due: 2900, currency: 'usd' },
      nextAttemptAt,
    })),
})

const nobody = async () => ({ count: 0, card: null })

describe('the course', () => {
  test.each([
    ['a soft decline', failed('insufficient_funds'), 'retried', NEXT_CHARGE],
    ['a hard first decline', failed('do_not_honor'), 'not_retried', deadline],
    [
      'a hard decline after a soft one',
      failed('do_not_honor', 'generic_decline'),
      'retried',
      NEXT_CHARGE,
    ],
    [
      'a soft decline after a hard one',
      failed('generic_decline', 'do_not_honor'),
      'not_retried',
      deadline,
    ],
    [
      'a bank that asks the customer',
      failed('authentication_required'),
      'authentication',
      NEXT_CHARGE,
    ],
    ['no card at all', { failures: async () => [], methods: nobody }, 'no_card', null],
    ['payments that may not be read', { failures: refusing.failures }, 'retried', NEXT_CHARGE],
    ['a date that has passed', openUntil(pastDueAt), 'retried', null],
  ] as const)('of %s', async (_, polar, course, nextChargeAt) => {
    expect(await detailsOf(polar as Partial<Parts['polar']>)).toMatchObject({
      course,
      nextChargeAt,
    })
  })

  test('is not decided by what the customer has tried', async () => {
    const own = { card: CARD, declineReason: 'generic_decline', isOwn: true }
    const tried = { card: CARD, declineReason: 'expired_card', isOwn: false }
    expect(await detailsOf({ failures: async () => [tried, own, tried] })).toMatchObject({
      ...{ course: 'retried', decline: 'expired_card' },
    })
  })

  test('names no attempt while Polar has suspended the merchant', async () => {
    const suspended = async () => {
      const ours = await organization(14)()
      return ours && { ...ours, renews: false }
    }
    expect(await detailsOf({ organization: suspended })).toMatchObject({ nextChargeAt: null })
  })
})

describe('the amounts', () => {
  test('are those of all open orders, with the next attempt of any', async () => {
    const later = new Date(Date.parse(NEXT_CHARGE) + DAY).toISOString()
    expect(await detailsOf(openUntil(later, NEXT_CHARGE))).toMatchObject({
      owed: [
        { number: 'ACME-0', value: 2900, currency: 'usd' },
        { number: 'ACME-1', value: 2900, currency: 'usd' },
      ],
      nextChargeAt: NEXT_CHARGE,
    })
  })

  test.each([
    ['known from events', { value: 1900, currency: 'usd' }],
    ['left out where nothing is known', null],
  ])('are %s where orders may not be read', async (_, due) => {
    const known = { due: async () => due, price: async () => null }
    const owed = due ? [{ ...due, number: null }] : []
    expect(await detailsOf(refusing, { known })).toMatchObject({ owed, nextChargeAt: null })
  })
})
