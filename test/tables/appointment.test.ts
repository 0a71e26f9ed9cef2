// When the next reminder of a subscription is due, by Polar's rules.

import { describe, expect, test } from 'vitest'
import { newSnapshot, newSubscription, type Snapshot } from '../../src/customers/state.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import {
  type Appointment,
  appointmentOf,
  type ReminderPolicy,
} from '../../src/schedule/appointment.ts'

const dunning = { reminders: [3, 6, 13], finalNotice: 2 }
const policy: ReminderPolicy = {
  ...{ renewal: 7 * DAY, trial: 3 * DAY, dunning, isOff: () => false },
}

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
      ...{ kind: 'subscription_renewal_reminder', until: RENEWS, name: RENEWS },
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

describe('a failed payment', () => {
  const FAILED = '2027-03-01T12:00:00.000Z'
  const since = (ms: number) => Date.parse(FAILED) + ms
  const pastDue: Snapshot = { ...newSnapshot, status: 'past_due', renewsAt: RENEWS }
  const episodes = [{ pastDueAt: FAILED, overAt: null }]
  const next = (rest: Partial<typeof newSubscription> = {}, now?: number, given = policy) =>
    appointmentOf({ ...newSubscription, snapshot: pastDue, episodes, ...rest }, given, now)
  const done = (step: number, at: number) => ({ reminded: `${FAILED}/${step}`, remindedAt: at })
  const END = since(21 * DAY + MINUTE)

  test('is reminded of after 3, 6 and 13 days, and for the last time two days before the end', () => {
    const seen: unknown[] = []
    let rest = {}
    for (let step = 1; step < 6; step++) {
      const one = next(rest)
      if (!one) break
      seen.push([one.kind, (one.at - since(0)) / DAY, one.until])
      rest = done(step, one.at)
    }
    const end = new Date(END).toISOString()
    expect(seen).toEqual([
      ['payment_reminder', 3, end],
      ['payment_reminder', 6, end],
      ['payment_reminder', 13, end],
      ['payment_final_notice', 19 + MINUTE / DAY, end],
    ])
  })

  test.each([
    ['it was cancelled', { canceledAt: FAILED }],
    ['it is active again', { snapshot: { ...pastDue, status: 'active' } }],
    ['it is over', { snapshot: { ...pastDue, status: 'canceled' } }],
    ['nobody knows since when', { episodes: [] }],
    ['its final notice was sent', done(4, since(19 * DAY))],
  ])('is not reminded of where %s', (_, rest) => {
    expect(next(rest)).toBeNull()
  })

  test('is reminded of from the first step on where a later period fails', () => {
    const earlier = { pastDueAt: '2027-01-01T12:00:00.000Z', overAt: null }
    expect(
      next({ episodes: [...episodes, earlier], reminded: `${earlier.pastDueAt}/4` }),
    ).toMatchObject({ name: `${FAILED}/1` })
  })

  test('has only the last of the reminders that were missed', () => {
    expect(next({}, since(7 * DAY))).toMatchObject({ name: `${FAILED}/2` })
    expect(next({}, since(20 * DAY))).toMatchObject({ kind: 'payment_final_notice' })
  })

  test('has no two reminders within twenty hours', () => {
    const late = since(6 * DAY - HOUR)
    expect(next(done(1, late))).toMatchObject({ name: `${FAILED}/2`, at: late + 20 * HOUR })
  })

  test('has no reminder that comes close to the final notice, or after it', () => {
    const given = { ...policy, dunning: { reminders: [3, 18, 20], finalNotice: 3 } }
    expect(next(done(1, since(3 * DAY)), undefined, given)).toMatchObject({
      kind: 'payment_final_notice',
      name: `${FAILED}/2`,
    })
  })

  test('is reminded of as the settings say', () => {
    const given: ReminderPolicy = { ...policy, isOff: (kind) => kind === 'payment_reminder' }
    expect(next({}, undefined, given)).toMatchObject({ kind: 'payment_final_notice' })
    expect(next({}, undefined, { ...policy, isOff: () => true })).toBeNull()
  })
})
