// Histories of subscriptions over weeks: what happens on which day, and the exact emails that the customer gets.

import { beforeAll, describe, expect, test } from 'vitest'
import { kindIn } from '../../src/deliveries/store.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { storesOn } from '../support/deliveries.ts'
import { dayOf, type Expected, type History, play, playIn } from '../support/histories.ts'
import {
  addsDecliningCard,
  cancels,
  cancelsAtOnce,
  cardWorks,
  changesCard,
  fails,
  failsWithoutCard,
  pays,
  periodMoves,
  renewals,
  uncancels,
} from '../support/history-steps.ts'
import { inspect } from '../support/mailed.ts'
import { startTestSystem } from '../support/system.ts'

/** The first renewal fails at once, since funds are missing. */
const failing = (...later: History['happens'][number][]): History['happens'] => [
  [0, fails()],
  ...later,
]

const weekly = () => ({ product: { recurring_interval: 'week' as const } })
const onTrial = () => ({ product: { recurring_interval: 'month' as const, trialDays: 14 } })

/** A yearly plan that renews in so many days. */
const yearlyFor = (days: number) => (now: number) => ({
  product: { recurring_interval: 'year' as const },
  subscription: { current_period_end: new Date(now + days * DAY).toISOString() },
})

const BEGUN: Expected = ['subscription_confirmation', 0]
const FAILED: Expected = ['subscription_past_due', 0]

const RETRIED = 'We will try the payment again on'

/** The steps of a failed payment, whose texts say how to go on. */
const remindedTo = (says: string, last = says): Expected[] => [
  ['payment_reminder', 3, says],
  ['payment_reminder', 6, says],
  ['payment_reminder', 13, says],
  ['payment_final_notice', 19, last],
]

const soft: History = {
  happens: failing(),
  emails: [BEGUN, FAILED, ...remindedTo(RETRIED, ''), ['subscription_revoked', 21]],
}

/** The first of two orders that is paid is a renewal; the last brings the subscription back. */
const paidOneByOne = {
  begins: weekly,
  days: 12,
  emails: [
    ...[BEGUN, FAILED, ...remindedTo(RETRIED).slice(0, 2)],
    ['subscription_cycled', 8],
    ['payment_recovered', 9],
  ] satisfies Expected[],
}

const unpaid: Record<string, History> = {
  'funds are missing, to the end': soft,
  'the bank declines for good, to the end': {
    happens: [[0, fails('do_not_honor')]],
    emails: [
      ...[BEGUN, FAILED],
      ...remindedTo('We won’t charge this payment method again', ''),
      ['subscription_revoked', 21],
    ],
    never: 'We will try',
  },
  'there is no card, to the end': {
    happens: [[0, failsWithoutCard]],
    emails: [BEGUN, FAILED, ...remindedTo('Add payment method'), ['subscription_revoked', 23]],
    never: 'We will try',
  },
  'the bank asks the customer, to the end': {
    happens: [[0, fails('authentication_required')]],
    emails: [BEGUN, FAILED, ...remindedTo('Confirm payment'), ['subscription_revoked', 21]],
  },
  'the card works again after the second reminder': {
    happens: failing([6.5, cardWorks]),
    emails: [BEGUN, FAILED, ...remindedTo(RETRIED).slice(0, 2), ['payment_recovered', 7]],
  },
  'the customer adds another card after the second reminder': {
    happens: failing([8, changesCard]),
    emails: [BEGUN, FAILED, ...remindedTo(RETRIED).slice(0, 2), ['payment_recovered', 8]],
  },
  'the customer adds a card that is declined as well': {
    happens: failing([8, addsDecliningCard]),
    emails: [BEGUN, FAILED, ...remindedTo(RETRIED, ''), ['subscription_revoked', 21]],
  },
  'there is no card, until the customer adds one after the first reminder': {
    happens: [
      [0, failsWithoutCard],
      [4, changesCard],
    ],
    emails: [BEGUN, FAILED, ['payment_reminder', 3], ['payment_recovered', 4]],
  },
  'the customer cancels for the end of the period after the first reminder': {
    happens: failing([4, cancels]),
    emails: [
      ...[BEGUN, FAILED, ['payment_reminder', 3] as Expected],
      ['subscription_cancellation', 4],
      ['subscription_revoked', 21],
    ],
  },
  'the customer cancels at once after the first reminder': {
    happens: failing([4, cancelsAtOnce]),
    emails: [BEGUN, FAILED, ['payment_reminder', 3], ['subscription_revoked', 4]],
  },
  'of two open orders the newer is paid first': {
    ...paidOneByOne,
    happens: failing([8, pays('newest')], [9, pays('oldest')]),
  },
  'of two open orders the older is paid first': {
    ...paidOneByOne,
    happens: failing([8, pays('oldest')], [9, pays('newest')]),
  },
  'a weekly plan goes on failing': {
    ...{ begins: weekly, happens: failing() },
    emails: [BEGUN, FAILED, ...remindedTo(RETRIED, ''), ['subscription_revoked', 21]],
  },
}

const ahead = {
  'a trial is cancelled, and kept after all': {
    begins: onTrial,
    happens: [
      [5, cancels],
      [7, uncancels],
    ],
    days: 16,
    emails: [
      ['trial_started', 0],
      ['subscription_cancellation', 5],
      ['subscription_uncanceled', 7],
      ['subscription_trial_conversion_reminder', 11],
      ['subscription_cycled_after_trial', 14],
    ],
  },
  'a trial is cancelled, and ends': {
    ...{ begins: onTrial, happens: [[5, cancels]], days: 16 },
    emails: [
      ['trial_started', 0],
      ['subscription_cancellation', 5],
      ['subscription_revoked', 14],
    ],
  },
  'the period of a yearly plan moves before its reminder': {
    ...{ begins: yearlyFor(10), happens: [[1, periodMoves(13)]], days: 16 },
    emails: [BEGUN, ['subscription_renewal_reminder', 7], ['subscription_cycled', 14]],
  },
  'the period of a yearly plan moves after its reminder': {
    ...{ begins: yearlyFor(10), happens: [[4, periodMoves(16)]], days: 22 },
    emails: [
      BEGUN,
      ['subscription_renewal_reminder', 3],
      ['subscription_renewal_reminder', 13],
      ['subscription_cycled', 20],
    ],
  },
} satisfies Record<string, History>

const suspended: History = {
  happens: failing([2.5, renewals(false)], [4.5, renewals(true)]),
  emails: [
    ...[BEGUN, FAILED],
    ['payment_reminder', 4, RETRIED],
    ['payment_reminder', 6, RETRIED],
    ['payment_reminder', 13, RETRIED],
    ['payment_final_notice', 19],
    ['subscription_revoked', 21],
  ],
}

const together: Record<string, History> = { ...unpaid, ...ahead }

/** Weeks of customers, on a busy machine. */
const SLOW = 4 * MINUTE

let played: Awaited<ReturnType<typeof play>> = []

const check = (history: History, mails: (typeof played)[number] = []) => {
  const { emails, never } = history
  expect(mails.map(({ kind, day }) => [kind, day])).toEqual(
    emails.map(([kind, day]) => [kind, day]),
  )
  for (const [n, [, , says = '']] of emails.entries()) expect(mails[n]?.text).toContain(says)
  if (never) for (const { text } of mails) expect(text).not.toContain(never)
}

describe('exactly these emails, each on its day, where', () => {
  beforeAll(async () => {
    played = await play(Object.values(together))
  }, SLOW)

  test.each(Object.entries(together))('%s', (name, history) => {
    check(history, played[Object.keys(together).indexOf(name)])
  })

  test('Polar suspends the merchant for a while', { timeout: SLOW }, async () => {
    const [mails] = await play([suspended])
    check(suspended, mails)
  })

  // A webhook whose clock is five minutes off is refused.
  test.each([
    ['ahead of', 4 * MINUTE],
    ['behind', -4 * MINUTE],
  ])('the clock of Polar is %s the clock of Postern', { timeout: SLOW }, async (_, polarAhead) => {
    const histories: History[] = [
      soft,
      ahead['the period of a yearly plan moves after its reminder'],
      ahead['a trial is cancelled, and kept after all'],
    ]
    const each = await play(histories, { polarAhead })
    for (const [n, history] of histories.entries()) check(history, each[n])
  })
})

test('shadow mode rehearses the same emails on the same days', { timeout: SLOW }, async () => {
  const system = await startTestSystem({
    environment: { SEND_MODE: 'shadow', QUIET_HOURS: 'off' },
  })
  const startedAt = system.clock.now()
  await playIn(system, [soft])
  const rehearsed: Expected[] = []
  const { list, deliveries } = storesOn(inspect(system))
  for await (const { id, record } of list.labelled('not_sent:shadow')) {
    const { delivery } = (await deliveries.load(id)) ?? {}
    if (delivery?.state !== 'not_sent') throw new Error('not as it is listed')
    rehearsed.push([kindIn(record), dayOf(delivery.at, startedAt)])
  }
  expect(rehearsed).toEqual(soft.emails.map(([kind, day]) => [kind, day]))
  expect(system.resendWorld.requests()).toBe(0)
})
