// What an operator reads of a message and its recipient: why there is no email, and the language.

import { expect, test } from 'vitest'
import type { Delivery, HistoryEntry, State } from '../../src/deliveries/delivery.ts'
import { reasonOf } from '../../src/operator/reason.ts'
import { languageName } from '../../src/operator/words.ts'

const waiting: State = { state: 'waiting', generation: 1, notBefore: 0 }
const accepted = (is: 'bounced' | 'suppressed' | 'delivered'): State => ({
  ...{ state: 'accepted', at: 0, providerId: 'an id' },
  reported: { is, at: 0 },
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
  ['that arrived', accepted('delivered'), [], null],
])('a message %s has the reason for that', (_, state, history, reason) => {
  const delivery: Delivery = { ...state, history }
  if (reason === null) expect(reasonOf(delivery)).toBeNull()
  else expect(reasonOf(delivery)).toMatch(reason)
})

test.each([
  ['de', 'German'],
  ['pt-BR', 'Brazilian Portuguese'],
  ['no language', 'no language'],
])('the language “%s” is called “%s”', (language, name) => {
  expect(languageName(language)).toBe(name)
})
