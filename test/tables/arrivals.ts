// Events of histories as Polar makes them, and the emails that they lead to when they arrive at other times: late, twice, in
// another order. An email is composed as soon as it is decided.

import { applyEvent } from '../../src/customers/apply-event.ts'
import { type CustomerState, newCustomer } from '../../src/customers/state.ts'
import { plan } from '../../src/events/plan.ts'
import { createStaleCheck } from '../../src/messages/is-stale.ts'
import type { Message } from '../../src/messages/message.ts'
import { type Event, readEvent } from '../../src/polar/event.ts'
import { createCards } from '../../src/sandbox/polar/cards.ts'
import { createStamp } from '../../src/sandbox/polar/instants.ts'
import { createScripts } from '../../src/sandbox/polar/scenarios.ts'
import { organization } from '../../src/sandbox/polar/shapes/organization.ts'
import type { PolarEvent } from '../../src/sandbox/polar/shapes/rows.ts'
import { createWorld } from '../../src/sandbox/polar/world.ts'
import { ORGANIZATION } from '../../src/sandbox/system.ts'
import { nowhere } from './decided.ts'

const START = Date.parse('2026-11-04T10:00:00Z')

/** An event, and when it happened, in milliseconds. */
export type Told = { event: Event; at: number }

/** An event on its way: `after` milliseconds later, under this webhook-id. */
export type Arrival = { told: Told; at: number; id: string }

const createPolar = () => {
  let now = START
  const clock = { now: () => now }
  const stamp = createStamp(clock)
  const world = createWorld(organization(ORGANIZATION, stamp()), stamp)
  const script = createScripts(world, createCards(world, stamp), stamp)
  const told: Told[] = []
  const tell = (event: PolarEvent) => {
    const at = Date.parse(event.timestamp)
    const read = readEvent({ id: '', body: JSON.stringify(event), receivedAt: at })
    if ('about' in read && read.about !== 'refund' && read.about !== 'something else')
      told.push({ event: read, at })
  }
  return {
    script,
    world,
    told,
    pass: (ms: number) => {
      now += ms
    },
    /** Keeps the events of a script. */
    play: <S extends { events: PolarEvent[]; afterwards?: () => void }>(played: S): S => {
      for (const event of played.events) tell(event)
      played.afterwards?.()
      return played
    },
  }
}

export type Polar = ReturnType<typeof createPolar>

/** The events of a history. */
export const toldIn = (history: (polar: Polar) => void): Told[] => {
  const polar = createPolar()
  history(polar)
  return polar.told
}

/** An email that was decided: why it was not sent, or `null` if it was. */
export type Email = { kind: string; fact: string; notSent: string | null }

/** Plays events in the order in which they arrive. */
export const emailsOf = async (arrivals: readonly Arrival[]): Promise<Email[]> => {
  let state: CustomerState = newCustomer
  let now = 0
  const load = async () => ({ state, customer: nowhere, own: null })
  const whyStale = createStaleCheck({ load }, { now: () => now })
  const emails = new Map<string, Email>()
  for (const { told, at, id } of arrivals.toSorted((one, other) => one.at - other.at)) {
    now = at
    const event = { ...told.event, id, receivedAt: at }
    state = applyEvent(state, event)
    const decided = plan(event, state, { liveSince: 0, isOff: () => false })
    const planned = 'message' in decided ? [decided.message, ...(decided.also ?? [])] : []
    for (const message of planned) {
      const { kind, fact } = message
      const key = `${kind} ${fact}`
      if (emails.has(key)) continue
      const recipient = { customerId: message.customer.id }
      const notSent = await whyStale({ ...message, plannedAt: at, recipient } as unknown as Message)
      emails.set(key, { kind, fact, notSent })
    }
  }
  return [...emails.values()]
}
