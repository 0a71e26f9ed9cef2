// Messages as they were decided, for what is asked about them later; a clock that stands still until it is moved; and Polar
// when it is away.

import type { Loaded } from '../../src/customers/store.ts'
import type { Message } from '../../src/messages/message.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { play } from './build.ts'
import { type EventKind, stories } from './kinds.ts'

export const PLANNED = Date.parse('2026-11-20T12:00:00Z')

const RECIPIENT = {
  customerId: '9dfb369b-ab13-4fae-a276-55daa05f1119',
  memberId: null,
  address: 'mara.lindqvist@example.com',
  name: null,
  locale: null,
}

/** The id of every message here. */
export const MESSAGE = `msg_${'m'.repeat(44)}`

/** The last message that these bodies lead to, decided at `PLANNED`. */
export const decidedBy = (bodies: readonly string[]): Message => {
  const planned = play(bodies).messages.at(-1)
  if (!planned) throw new Error('nothing is mailed about these')
  const { customer: _, ...message } = planned
  const kept = {
    ...{ id: MESSAGE, plannedAt: PLANNED, recipient: RECIPIENT },
    ...{ eventId: 'event-1', eventType: 'order.paid', receivedAt: PLANNED },
  }
  return { ...kept, ...message } as Message // kind and content come from one row of the plan and fit
}

/** The message of the story of a kind. */
export const decided = <K extends EventKind>(kind: K): Extract<Message, { kind: K }> => {
  const { before, says } = stories[kind]
  return decidedBy([...before, says]) as Extract<Message, { kind: K }>
}

/** A record that nothing is written to. */
export const nowhere = { key: '', expected: null }

/** A customer store with the state after these bodies. */
export const knowing = (bodies: readonly string[]) => {
  const { state } = play(bodies)
  return { load: async (): Promise<Loaded> => ({ state, customer: nowhere, own: null }) }
}

export const stoppedClock = (at = PLANNED) => {
  let time = at
  return {
    now: () => time,
    advance: (ms: number) => {
      time += ms
    },
  }
}

export const away = async (): Promise<never> => {
  throw new PolarUnavailableError('Polar: away')
}
