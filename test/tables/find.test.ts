// npm run find ends with the commands that help, by the state of what was found, and says what has suppressed an address.

import { expect, test } from 'vitest'
import { createFind } from '../../src/cli/timeline.ts'
import { newCustomer } from '../../src/customers/state.ts'
import type { Delivery, State } from '../../src/deliveries/delivery.ts'
import type { StoredEvent } from '../../src/events/record.ts'
import type { Listed } from '../../src/records/list.ts'
import type { PauseState } from '../../src/resend/pause.ts'
import type { Suppression } from '../../src/suppressions/store.ts'
import { inState } from '../support/deliveries.ts'
import { PLANNED } from './decided.ts'

const message = {
  ...{ kind: 'subscription_cycled', fact: 'order/1/renewal', eventId: null },
  ...{ eventType: 'order.paid', receivedAt: PLANNED, plannedAt: PLANNED },
  recipient: { customerId: 'a', address: 'ann@example.com' },
}

const listed = (id: string, state: State, sentAgain?: Delivery['sentAgain']) => {
  const delivery = { ...inState(state), ...(sentAgain && { sentAgain }) }
  return { id, record: { parts: { message, delivery } } } as unknown as Listed
}

const event = (ignored: string) =>
  ({
    ...{ id: 'event_1', type: 'order.paid', receivedAt: PLANNED, interpretedAt: PLANNED },
    outcome: { ignored, because: 'why' },
  }) as StoredEvent

type Found = {
  messages?: Listed[]
  events?: StoredEvent[]
  suppression?: Suppression
  isKept?: boolean
  pause?: PauseState
}

const printed = async (found: Found) => {
  const { messages = [], events = [], suppression, isKept = false, pause = null } = found
  const find = createFind({
    search: async () => ({ messages, events }),
    events: { load: async () => null },
    deliveries: { frozen: async () => (isKept ? ({} as never) : null) },
    suppressions: { isSuppressed: async () => suppression ?? null },
    customers: { load: async () => ({ state: newCustomer }) as never },
    pauseState: async () => pause,
  })
  const { lines } = await find('whatever')
  const from = lines.indexOf('Commands that help:')
  const help =
    from < 0 ? [] : lines.slice(from + 1).map((line) => /npm run (.*?) {2}/.exec(line)?.[1])
  return { lines, help }
}

const waiting: State = { state: 'waiting', generation: 0, notBefore: 0 }
const held: State = { state: 'held', at: PLANNED, because: 'too_many', generation: 0 }
const accepted: State = { state: 'accepted', at: PLANNED, providerId: 're_1' }
const notSent: State = { state: 'not_sent', at: PLANNED, because: 'suppressed' }
const suppression: Suppression = {
  ...{ because: 'complained', at: PLANNED },
  origin: { message: 'msg_first', provider: 're_0' },
}

test.each<[string, Found, string[]]>([
  ['waits', { messages: [listed('msg_1', waiting)] }, ['held']],
  ['is held', { messages: [listed('msg_1', held)] }, ['release -- msg_1']],
  [
    'was sent and is kept',
    { messages: [listed('msg_1', accepted)], isKept: true },
    ['resend -- msg_1 --same', 'resend -- msg_1'],
  ],
  ['was sent and is not kept', { messages: [listed('msg_1', accepted)] }, ['resend -- msg_1']],
  [
    'was not sent to a suppressed address',
    { messages: [listed('msg_1', notSent)], suppression },
    ['suppressions', 'release -- --suppression <address>', 'resend -- msg_1'],
  ],
  [
    'was not sent, and was sent again',
    {
      messages: [listed('msg_1', notSent, { at: PLANNED, as: 'msg_2' })],
      ...{ suppression, isKept: true },
    },
    ['find -- msg_2'],
  ],
  [
    'is one of several',
    { messages: [listed('msg_1', held), listed('msg_2', held), listed('msg_3', waiting)] },
    ['release -- <message>', 'held'],
  ],
  [
    'is an event of a kind that was off',
    { events: [event('switched_off')] },
    ['replay -- event_1'],
  ],
  ['is an event that leads to no email', { events: [event('not_mapped')] }, []],
])('what %s has the commands that help', async (_, found, expected) => {
  expect((await printed(found)).help).toEqual(expected)
})

test('what waits while all mail is on hold says so', async () => {
  const found = { messages: [listed('msg_1', waiting)], pause: { held: 'command' as const } }
  expect((await printed(found)).lines).toContain('  It waits. All mail is on hold.')
})

test('what has suppressed an address is named, in the words of the console', async () => {
  const { lines } = await printed({ messages: [listed('msg_1', notSent)], suppression })
  expect(lines).toContain('msg_1  Renewal receipt  Not sent')
  expect(lines.join('\n')).toMatch(
    /\n {2}Its address is suppressed since \S+ \S+ UTC: Marked as spam, by msg_first\.\n/,
  )
})
