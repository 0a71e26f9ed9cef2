// Events for the tables: Polar's payloads from the fixtures, each with what a row changes in it, and the fold that plays
// several of them to one customer's state.

import { readdirSync, readFileSync } from 'node:fs'
import { type Event, readEvent } from '../../src/events/event.ts'
import { type Known, learn, nothingKnown } from '../../src/events/known.ts'
import { type Plan, plan } from '../../src/events/plan.ts'

export type Fields = { [field: string]: unknown }
type Envelope = { type: string; timestamp: string; data: Fields }

const folder = new URL('../fixtures/', import.meta.url)

export const fixtureNames = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))

export const fixture = (name: string): Envelope =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects are merged field by field; anything else replaces what was there. */
const merged = (base: Fields, change: Fields): Fields => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(change).map(([field, value]) => {
      const before = base[field]
      return [field, isFields(before) && isFields(value) ? merged(before, value) : value]
    }),
  ),
})

/** The raw body of a fixture's event with some of its data changed. */
export const body = (name: string, data: Fields = {}, envelope: Fields = {}): string => {
  const base = fixture(name)
  return JSON.stringify({ ...base, ...envelope, data: merged(base.data, data) })
}

/** An event about the subscription of the fixtures: it happened `at`, which is also when its object changed. */
export const subscriptionTold = (type: string, at: string, data: Fields = {}): string =>
  body('subscription.cycled', { modified_at: at, ...data }, { type, timestamp: at })

/** An event about a renewal of that subscription, 29.00 USD unless told otherwise. */
export const orderTold = (type: string, at: string, data: Fields = {}): string =>
  body('order.paid', { modified_at: at, ...data }, { type, timestamp: at })

/** Received long after everything in the fixtures. */
const RECEIVED = Date.parse('2027-06-01T00:00:00Z')

export const read = (raw: string): Event => {
  const event = readEvent(raw, RECEIVED)
  if ('unreadable' in event) throw new Error(event.unreadable)
  return event
}

/** The kind of the message, or the reason why there is none and what it is because of. */
export const outcome = (decided: Plan): string =>
  'message' in decided ? decided.message.kind : `${decided.ignored}: ${decided.because}`

/** Plays raw events in this order: what was decided about each, and what is known in the end. */
export const play = (bodies: readonly string[], { liveSince = 0 } = {}) => {
  let known: Known = nothingKnown
  const plans = bodies.map((raw) => {
    const event = readEvent(raw, RECEIVED)
    if ('unreadable' in event) return { ignored: 'unreadable', because: event.unreadable } as const
    known = learn(known, event)
    return plan(event, known, liveSince)
  })
  const messages = plans.flatMap((decided) => ('message' in decided ? [decided.message] : []))
  const outcomes = plans.map(outcome)
  return { known, messages, outcomes, last: outcomes.at(-1) }
}

/** Every order in which the items can come. */
export const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
      )
