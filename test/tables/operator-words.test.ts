// An operator reads this of a message and its recipient: why there is no email, and the language.

import { expect, test } from 'vitest'
import { chosen } from '../../src/cli/choices.ts'
import type { Delivery, HistoryEntry, State } from '../../src/deliveries/delivery.ts'
import { MESSAGE_STATES } from '../../src/operator/message-list.ts'
import { reasonSays } from '../../src/operator/reason.ts'
import { sayWith } from '../../src/operator/says.ts'
import { languageName } from '../../src/operator/words.ts'
import type { PauseState } from '../../src/resend/pause.ts'

const reasonOf = (delivery: Delivery, pause: PauseState = null) =>
  sayWith(reasonSays(delivery, pause), (at) => `[${at}]`)

const waiting: State = { state: 'waiting', generation: 1, notBefore: 0 }
const accepted = (is: 'bounced' | 'suppressed' | 'delivered', says?: string): State => ({
  ...{ state: 'accepted', at: 0, providerId: 'an id' },
  reported: { is, at: 0, ...(says && { says }) },
})
const failedBefore: HistoryEntry = { at: 0, what: 'retry_scheduled', because: 'timeout' }

test.each<[string, State, readonly HistoryEntry[], RegExp | null]>([
  ['that was not sent', { state: 'not_sent', at: 0, because: 'shadow' }, [], /SEND_MODE is shadow/],
  ['that is held', { state: 'held', at: 0, because: 'too_many', generation: 1 }, [], /too many/],
  [
    'that failed',
    { state: 'failed', at: 0, because: 'bad (422)' },
    [],
    /^Refused .*: bad \(422\)$/,
  ],
  ['that waits for its first attempt', waiting, [], null],
  ['that waits after an attempt', waiting, [failedBefore], /attempt failed: timeout$/],
  ['that is tried again', waiting, [failedBefore, { at: 1, what: 'repeated' }], null],
  ['that Resend dropped', accepted('suppressed'), [], /Resend’s own list/],
  ['that bounced', accepted('bounced'), [failedBefore], null],
  [
    'that bounced with a reason',
    accepted('bounced', 'no mailbox'),
    [],
    /^Resend says: no mailbox$/,
  ],
  ['that arrived', accepted('delivered'), [], null],
])('a message %s has the reason for that', (_, state, history, reason) => {
  const said = reasonOf({ ...state, history })
  if (reason === null) expect(said).toBe('')
  else expect(said).toMatch(reason)
})

test.each<[State, string]>([
  [accepted('bounced'), 'Sent again as msg_2 at [7].'],
  [
    { state: 'not_sent', at: 0, because: 'suppressed' },
    'Its address was suppressed. Sent again as msg_2 at [7].',
  ],
])('a message in %j that was sent again names the new one', (state, said) => {
  const delivery: Delivery = { ...state, history: [], sentAgain: { at: 7, as: 'msg_2' } }
  expect(reasonOf(delivery)).toBe(said)
})

test.each<[State, readonly HistoryEntry[], PauseState, string | null]>([
  [waiting, [], { held: 'command' }, 'All mail is on hold.'],
  [
    waiting,
    [failedBefore],
    { held: 'gap' },
    'All mail is on hold. The last attempt failed: timeout',
  ],
  [waiting, [], { until: 1, because: 'quota' }, 'Mail is paused. The quota at Resend is used up.'],
  [accepted('delivered'), [], { held: 'command' }, null],
])(
  'a message in %j, after %j, while mail is in %j, says why it waits',
  (state, history, pause, reason) => {
    const said = reasonOf({ ...state, history }, pause)
    if (reason === null) expect(said).toBe('')
    else expect(said.startsWith(reason)).toBe(true)
  },
)

test.each<[string, string]>([
  ['not_sent', 'not_sent'],
  ['Not sent', 'not_sent'],
  ['not-received', 'not_received'],
  ['marked as spam', 'complained'],
  ['Dropped_by-Resend', 'undelivered'],
])('an operator who types %j means %s', (typed, state) => {
  expect(chosen(typed, MESSAGE_STATES, 'a state')).toBe(state)
})

test.each([
  ['de', 'German'],
  ['pt-BR', 'Brazilian Portuguese'],
  ['no language', 'no language'],
])('the language “%s” is called “%s”', (language, name) => {
  expect(languageName(language)).toBe(name)
})
