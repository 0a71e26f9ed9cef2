// How a delivery is listed in the index, and the outcomes that are counted by day.

import { describe, expect, test } from 'vitest'
import type { State } from '../../src/deliveries/delivery.ts'
import {
  DELIVERY_LABELS,
  labelsAt,
  labelsOf,
  outcomesOf,
  progressOf,
} from '../../src/deliveries/labels.ts'
import type { Report } from '../../src/resend/report.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')

const accepted = (is?: Report['is']): State => ({
  ...{ state: 'accepted', at: AT, providerId: 're_1' },
  ...(is && { reported: { is, at: AT } }),
})
const waiting: State = { state: 'waiting', generation: 0, notBefore: 0 }
const sending: State = {
  ...{ state: 'sending', generation: 1, attempts: 1, firstAttemptAt: AT, retryAt: AT },
}
const batched: State = { state: 'batched', generation: 1, claimedAt: AT, batch: 'bat_1' }
const unconfirmed: State = {
  ...{ state: 'unconfirmed', generation: 1, firstAttemptAt: AT, lastAttemptAt: AT },
}
const held: State = { state: 'held', at: AT, because: 'too_many', generation: 1 }
const failed: State = { state: 'failed', at: AT, because: 'refused' }
const stale: State = { state: 'not_sent', at: AT, because: 'stale' }

describe('a delivery is listed under', () => {
  test.each<[string, State, string[]]>([
    ['waiting', waiting, ['delivery:waiting']],
    ['waiting while it is sent', sending, ['delivery:waiting']],
    ['waiting while its batch is sent', batched, ['delivery:waiting']],
    ['unconfirmed', unconfirmed, ['delivery:unconfirmed']],
    ['held', held, ['delivery:held']],
    ['failed', failed, ['delivery:failed']],
    ['not sent, and the reason', stale, ['delivery:not_sent', 'not_sent:stale']],
    ['accepted', accepted(), ['delivery:accepted']],
    ['accepted once Resend has sent it', accepted('sent'), ['delivery:accepted']],
    ['delayed', accepted('delayed'), ['delivery:delayed']],
    ['delivered', accepted('delivered'), ['delivery:delivered']],
    ['bounced', accepted('bounced'), ['delivery:bounced']],
    ['complained', accepted('complained'), ['delivery:complained']],
    ['undelivered', accepted('failed'), ['delivery:undelivered']],
    ['undelivered where Resend refused', accepted('suppressed'), ['delivery:undelivered']],
  ])('%s', (_, state, labels) => {
    expect(labelsOf(state)).toEqual(labels)
    for (const label of labels) expect(DELIVERY_LABELS).toContain(label)
  })

  test.each<[State, string[]]>([
    [failed, ['sent_again:failed']],
    [stale, ['sent_again:not_sent', 'not_sent:stale']],
    [accepted(), ['sent_again:accepted']],
    [accepted('delayed'), ['sent_again:delayed']],
    [accepted('delivered'), ['sent_again:delivered']],
    [accepted('bounced'), ['sent_again:bounced']],
    [accepted('complained'), ['sent_again:complained']],
    [accepted('failed'), ['sent_again:undelivered']],
  ])('its end in another list once it was sent again: %j', (state, labels) => {
    expect(labelsOf({ ...state, sentAgain: { at: AT, as: 'msg_2' } })).toEqual(labels)
    for (const label of labels) expect(DELIVERY_LABELS).toContain(label)
    expect(labelsAt(progressOf(state))).toContain(labels[0])
  })
})

describe('a change is counted as', () => {
  test.each<[string, State, State, string[]]>([
    ['nothing when it is claimed', waiting, sending, []],
    ['nothing when it goes back', batched, waiting, []],
    ['nothing when nobody can tell', sending, unconfirmed, []],
    ['accepted', sending, accepted(), ['accepted']],
    ['delivered', accepted('sent'), accepted('delivered'), ['delivered']],
    ['both where the report is faster', sending, accepted('delivered'), ['accepted', 'delivered']],
    ['accepted once, though two reports come', accepted(), accepted('sent'), []],
    ['bounced after delivered', accepted('delivered'), accepted('bounced'), ['bounced']],
    ['not sent, with the reason', waiting, stale, ['not_sent:stale']],
    ['held', waiting, held, ['held']],
    ['failed', sending, failed, ['failed']],
  ])('%s', (_, before, after, outcomes) => {
    expect(outcomesOf(before, after)).toEqual(outcomes)
  })
})
