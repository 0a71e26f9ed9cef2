// The details of a failed charge: the amount, the card, the reason, the next attempt, the access.

import { describe, expect, test } from 'vitest'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import {
  absent,
  CARD,
  NEXT_CHARGE,
  openOrder,
  organization,
  PAST_DUE,
  type Parts,
  refusing,
  world,
} from './answers.ts'
import { decided } from './decided.ts'

const none = async () => ({ count: 0, card: null })

describe('a failed charge', () => {
  const message = decided('subscription_past_due')
  const pastDue = async (change: Partial<Parts['polar']>, others = {}) =>
    (await world(change, others).inTheEnd(message)).details

  test.each([
    ['a time of grace', organization(14), { until: '2026-11-24T12:00:00.000Z' }],
    ['a time of grace that is over', organization(2), null],
    ['no grace at all', organization(0), 'paused'],
    ['a merchant who is not for us to know', refusing.organization, null],
  ])('says of the access what follows from %s', async (_, ours, access) => {
    expect(await pastDue({ organization: ours })).toMatchObject({ access })
  })

  test.each([
    ['the card that was charged', {}, CARD],
    [
      'the default card, where no payment names one',
      { payment: refusing.payment },
      { brand: 'amex', last4: '0005' },
    ],
    ['no card, where none is for us to know', refusing, null],
  ])('names %s', async (_, polar, card) => {
    expect(await pastDue(polar)).toMatchObject({ card })
  })

  test.each([
    ['why it was declined', {}, 'insufficient_funds'],
    ['that there is no card to charge', { payment: async () => null, methods: none }, 'no_method'],
    [
      'nothing of a method that is no card',
      { payment: async () => null, methods: async () => ({ count: 1, card: null }) },
      null,
    ],
    [
      'nothing where it is not for us to know whether one was charged',
      { payment: refusing.payment, methods: none },
      null,
    ],
    ['nothing where the cards are not for us to know', refusing, null],
    ['why it was declined though the card is gone since', { methods: none }, 'insufficient_funds'],
  ])('says %s', async (_, polar, decline) => {
    expect(await pastDue(polar)).toMatchObject({ decline })
  })

  const noPromise: [string, Partial<Parts['polar']>, object][] = [
    [
      'there is no card',
      { payment: async () => null, methods: none },
      { decline: 'no_method', card: null },
    ],
    [
      'none was charged, though the customer has one',
      { payment: async () => null },
      { decline: null, card: null },
    ],
    [
      'the merchant’s renewals are suspended',
      { organization: async () => ({ ...(await organization(14)()), renews: false }) },
      { decline: 'insufficient_funds', card: CARD },
    ],
    ['Polar’s date has passed', { openOrder: openOrder('2026-11-20T11:00:00Z') }, { card: CARD }],
  ]
  test.each(noPromise)('promises no attempt where %s', async (_, polar, rest) => {
    expect(await pastDue(polar)).toMatchObject({ nextChargeAt: null, ...rest })
  })

  const declinedFor = (declineReason: string): Partial<Parts['polar']> => ({
    payment: async () => ({ card: CARD, declineReason }),
  })

  test.each([
    ['a soft decline', {}, 'retried'],
    ['a decline for good', declinedFor('do_not_honor'), 'not_retried'],
    ['no card on file', { payment: async () => null, methods: none }, 'no_card'],
    ['a bank that asks', declinedFor('authentication_required'), 'authentication'],
    [
      'a bank that asked in vain',
      declinedFor('payment_intent_authentication_failure'),
      'authentication',
    ],
    ['a reason that is not for us to know', refusing, 'retried'],
  ])('takes the course of %s', async (_, polar, course) => {
    expect(await pastDue(polar)).toMatchObject({ course })
  })

  test('names the deadline as the next attempt where the bank said no for good', async () => {
    expect(await pastDue(declinedFor('do_not_honor'))).toMatchObject({
      ...{ decline: 'declined', card: CARD, nextChargeAt: message.content.deadline },
    })
  })

  test('waits until Polar has written when it tries again', async () => {
    let looks = 0
    const order: Parts['polar']['openOrder'] = async (id) =>
      openOrder(++looks > 2 ? NEXT_CHARGE : null)().then((one) => (id ? one : null))
    const { details, after } = await world({ openOrder: order }).inTheEnd(message)
    expect(details).toEqual(PAST_DUE)
    expect(after).toBe(10 * SECOND)
  })

  test('names no next try where Polar writes none within a minute', async () => {
    const { details, after } = await world({ openOrder: openOrder(null) }).inTheEnd(message)
    expect(details).toEqual({ ...PAST_DUE, nextChargeAt: null })
    expect(after).toBe(60 * SECOND)
  })

  test('waits for a budget that is spent, and for three minutes at most', async () => {
    const spent = async () => {
      throw new PolarUnavailableError('spent', Number.MAX_SAFE_INTEGER)
    }
    const { detailsOf, clock } = world({ openOrder: spent })
    expect(await detailsOf(message)).toEqual({ retryAt: Number.MAX_SAFE_INTEGER })
    clock.advance(3 * MINUTE)
    expect(await detailsOf(message)).toMatchObject({ details: { amount: null } })
  })

  test.each([
    ['refuses', refusing],
    ['stays away', absent],
  ])('names what the events say is due, where Polar %s', async (_, polar) => {
    const due = { value: 1900, currency: 'eur' }
    const known = { due: async () => due, price: async () => null }
    expect(await pastDue(polar, { known })).toEqual({
      ...{ card: null, decline: null, nextChargeAt: null, access: null },
      ...{ amount: due, course: 'retried' },
    })
  })
})
