// Events for the tables: Polar's payloads from the fixtures, each with what a row changes in it, and the fold that plays
// several of them to one customer's state.

import { readdirSync, readFileSync } from 'node:fs'
import { applyEvent } from '../../src/customers/apply-event.ts'
import { type CustomerState, newCustomer } from '../../src/customers/state.ts'
import { type Plan, plan } from '../../src/events/plan.ts'
import { type Event, readEvent, readOrder } from '../../src/polar/event.ts'

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

/** The order of the refund in the fixtures, as Polar answers when it is asked. */
const refunded = () => readOrder(fixture('order.refunded').data, RECEIVED)

/** The parsed form of a body, kept: the same few are played in very many orders. */
const payload = new Map<string, ReturnType<typeof readEvent>>()

const tell = (raw: string, id: string): ReturnType<typeof readEvent> => {
  const found = payload.get(raw) ?? readEvent({ id, body: raw, receivedAt: RECEIVED })
  if (payload.size < 1_000) payload.set(raw, found)
  return 'unreadable' in found ? found : { ...found, id }
}

const wholeOf = (found: ReturnType<typeof readEvent>): Event | null => {
  if ('unreadable' in found) throw new Error(found.unreadable)
  if (found.about === 'something else') return null
  if (found.about !== 'refund') return found
  const order = refunded()
  if ('unreadable' in order) throw new Error(order.unreadable)
  return { ...found, order, customer: order.customer }
}

/** An event, whole; its webhook-id is its own unless one is given. */
export const read = (raw: string, id: string = crypto.randomUUID()): Event | null =>
  wholeOf(tell(raw, id))

/** The kind of the message, or the reason why there is none and what it is because of. */
export const outcome = (decided: Plan): string =>
  'message' in decided ? decided.message.kind : `${decided.ignored}: ${decided.because}`

/**
 * Plays raw events in this order, each under a webhook-id of its own: what was decided about each, and what is known in the
 * end. `again` learns each a second time under its first webhook-id, as after a crash: right away, or once all else is known.
 */
export const play = (
  bodies: readonly string[],
  { liveSince = 0, isOff = (_kind: string): boolean => false, freshSince = (): number => 0 } = {},
) => {
  let state: CustomerState = newCustomer
  const policy = { liveSince, isOff, freshSince }
  const decide = (raw: string): { decided: Plan; again: (from?: CustomerState) => Plan } => {
    const id = crypto.randomUUID()
    const said = tell(raw, id)
    const nothing = (decided: Plan) => ({ decided, again: () => decided })
    if ('unreadable' in said) return nothing({ ignored: 'unreadable', because: said.unreadable })
    const event = wholeOf(said)
    if (!event) return nothing({ ignored: 'not_mapped', because: said.type })
    const after = applyEvent(state, event)
    state = after
    return {
      decided: plan(event, after, policy),
      again: (from = after) => plan(event, applyEvent(from, event), policy),
    }
  }
  const steps = bodies.map(decide)
  const plans = steps.map(({ decided }) => decided)
  const messages = plans.flatMap((decided) =>
    'message' in decided ? [decided.message, ...(decided.also ?? [])] : [],
  )
  const outcomes = plans.map(outcome)
  return {
    state,
    plans,
    messages,
    outcomes,
    last: outcomes.at(-1),
    again: (when: 'right away' | 'in the end') =>
      steps.map(({ again }) => (when === 'right away' ? again() : again(state))),
  }
}

/** The business facts that are mailed, with their kinds: what a customer gets, however often it is decided. */
export const facts = (bodies: readonly string[]): string[] =>
  [...new Set(play(bodies).messages.map(({ kind, fact }) => `${kind} ${fact}`))].toSorted()

/** The kinds of these facts. */
export const kindsOf = (bodies: readonly string[]): string[] =>
  facts(bodies).map((fact) => fact.split(' ')[0] ?? '')

/** Every order in which the items can come. */
export const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
      )

/** Every order in which the items can come, once or, as two endpoints tell them, twice. */
export const arrivals = <T>(items: readonly T[]): T[][] =>
  permutations(items).flatMap((order) => [
    order,
    order.flatMap((item) => [item, item]),
    [...order, ...order],
    [...order, ...order.toReversed()],
  ])
