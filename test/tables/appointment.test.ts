// When the next reminder of a subscription is due, by Polar's rules.

import { describe, expect, test } from 'vitest'
import { newSnapshot, newSubscription, type Snapshot } from '../../src/customers/state.ts'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { type Appointment, appointmentOf } from '../../src/schedule/appointment.ts'

const policy = { renewal: 7 * DAY, trial: 3 * DAY, isOff: () => false }

const RENEWS = '2027-03-01T12:00:00.000Z'
/** So long before the renewal. */
const ahead = (ms: number) => new Date(Date.parse(RENEWS) - ms).toISOString()

const yearly: Snapshot = {
  ...newSnapshot,
  ...{ status: 'active', interval: 'year', intervalCount: 1, renewsAt: RENEWS },
}

const trialOf = (length: number): Snapshot => ({
  ...newSnapshot,
  ...{ status: 'trialing', interval: 'month', intervalCount: 1, renewsAt: RENEWS },
  trialStartedAt: ahead(length),
})

const of = (snapshot: Snapshot, rest: Partial<typeof newSubscription> = {}, given = policy) =>
  appointmentOf({ ...newSubscription, snapshot, ...rest }, given)

const isoOf = (appointment: Appointment | null) =>
  appointment && new Date(appointment.at).toISOString()

describe('a renewal', () => {
  test('is reminded of a week before, with its day', () => {
    expect(of(yearly)).toEqual({
      ...{ kind: 'subscription_renewal_reminder', until: RENEWS },
      at: Date.parse(ahead(7 * DAY)),
    })
  })

  test.each([
    ['year', 1, true],
    ['year', 2, true],
    ['month', 6, true],
    ['month', 5, false],
    ['month', 1, false],
    ['week', 25, true],
    ['week', 24, false],
    ['day', 180, true],
    ['day', 179, false],
  ] as const)('of every %s × %i: %s', (interval, intervalCount, isReminded) => {
    expect(of({ ...yearly, interval, intervalCount }) !== null).toBe(isReminded)
  })

  test.each([
    ['is cancelled, or pauses', { ...yearly, renewsAt: null }, {}],
    ['is past due', { ...yearly, status: 'past_due' }, {}],
    ['is paused', { ...yearly, status: 'paused' }, {}],
    ['is over', { ...yearly, status: 'canceled' }, {}],
    ['has an interval that nobody knows', { ...yearly, interval: null }, {}],
    ['is free', yearly, { free: true }],
    ['was reminded of', yearly, { reminded: RENEWS }],
  ])('is not reminded of where the subscription %s', (_, snapshot, rest) => {
    expect(of(snapshot, rest)).toBeNull()
  })

  test('is reminded of again once it has moved', () => {
    expect(of(yearly, { reminded: ahead(365 * DAY) })).not.toBeNull()
  })

  test('is reminded of as the settings say', () => {
    expect(isoOf(of(yearly, {}, { ...policy, renewal: 14 * DAY }))).toBe(ahead(14 * DAY))
    expect(of(yearly, {}, { ...policy, isOff: () => true })).toBeNull()
  })
})

describe('the end of a trial', () => {
  test.each([
    ['30 days', 30 * DAY, 3 * DAY],
    ['7 days', 7 * DAY, 3 * DAY],
    ['4 days', 4 * DAY, 3 * DAY],
    ['3 days: not on its first', 3 * DAY, 2 * DAY],
    ['2 days', 2 * DAY, DAY],
    ['1 day: not in its first half', DAY, 12 * HOUR],
  ])('of %s is reminded of in time', (_, length, lead) => {
    expect(of(trialOf(length))).toMatchObject({
      ...{ kind: 'subscription_trial_conversion_reminder', until: RENEWS },
      at: Date.parse(ahead(lead)),
    })
  })

  test('of less than a day is not reminded of', () => {
    expect(of(trialOf(DAY - 1))).toBeNull()
  })

  test('is not reminded of where nothing follows, or where that is free', () => {
    expect(of({ ...trialOf(7 * DAY), renewsAt: null })).toBeNull()
    expect(of(trialOf(7 * DAY), { free: true })).toBeNull()
  })
})

test('a subscription that no snapshot is known of has no reminder', () => {
  expect(appointmentOf(newSubscription, policy)).toBeNull()
})
